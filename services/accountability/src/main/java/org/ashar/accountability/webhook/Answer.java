package org.ashar.accountability.webhook;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of one delivery. */
public sealed interface Answer {

    /** It was sent, or would have been. */
    sealed interface Tried extends Answer {}

    /** The receiver has it. */
    record Accepted(int status) implements Tried {}

    /** The receiver wants nothing more, for ever (410). */
    record Gone() implements Tried {}

    /**
     * It is to be tried again.
     *
     * @param status where the receiver answered
     * @param notBefore how long the receiver asks to be left alone
     */
    record Failed(Cause cause, @Nullable Integer status, Duration notBefore) implements Tried {

        static Failed of(Cause cause) {
            return new Failed(cause, null, Duration.ZERO);
        }
    }

    /** It was not sent, for want of room here; which says nothing of the receiver. */
    record NotTried() implements Answer {}

    /** Why a delivery failed. */
    enum Cause {
        /** The receiver answered with another status than 2xx; a redirect is not followed. */
        STATUS,
        /** It took too long. */
        TIMEOUT,
        /** No connection, or one that broke. */
        NO_CONNECTION,
        /** No connection that the host's certificate vouches for. */
        TLS,
        /** The host's name leads nowhere. */
        HOST_UNKNOWN,
        /** The host's name leads to where no request may go. */
        ADDRESS_NOT_PUBLIC,
        /** It cannot be signed: the key was sealed with another secret of the installation. */
        SECRET_UNREADABLE,
        /** What is no HTTP answer, or one with too much before its body. */
        MALFORMED_ANSWER;

        /** As it is written in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
