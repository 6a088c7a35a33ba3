package org.ashar.accountability.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as the subscriber may read of it. It holds nothing that the receiver said but its
 * status.
 *
 * @param number of the attempt
 * @param index of the entry; null for a test
 * @param outcome {@code delivered}, {@code gone}, {@code not-tried} or an {@link Answer.Cause}
 * @param status where the receiver answered
 */
public record Delivery(
        long number,
        Instant at,
        @Nullable Long index,
        String outcome,
        @Nullable Integer status,
        long millis) {

    static Delivery of(
            long number, Instant at, @Nullable Long index, Answer answer, Duration took) {
        return new Delivery(number, at, index, outcome(answer), status(answer), took.toMillis());
    }

    static String outcome(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _ -> "delivered";
            case Answer.Gone _ -> "gone";
            case Answer.Failed failed -> told(failed.cause()).word();
            case Answer.NotTried _ -> "not-tried";
        };
    }

    /** Which names are known within is not for subscribers to find out. */
    private static Answer.Cause told(Answer.Cause cause) {
        return cause == Answer.Cause.HOST_UNKNOWN ? Answer.Cause.ADDRESS_NOT_PUBLIC : cause;
    }

    private static @Nullable Integer status(Answer answer) {
        return switch (answer) {
            case Answer.Accepted(int status) -> status;
            case Answer.Gone _ -> 410;
            case Answer.Failed failed -> failed.status();
            case Answer.NotTried _ -> null;
        };
    }
}
