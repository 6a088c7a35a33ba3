package org.ashar.accountability.webhook;

import java.time.Instant;

/** How a subscription stands. Its state is the reason why events are delivered or not. */
public sealed interface SubscriptionState {

    /** Since when it stands so. */
    Instant since();

    /** Whether events are delivered, or tried to be. */
    default boolean isRunning() {
        return switch (this) {
            case Active _, Failing _ -> true;
            case Paused _, Disabled _ -> false;
        };
    }

    /** The receiver took what it was given last. */
    record Active(Instant since) implements SubscriptionState {}

    /** The receiver has not taken the next event yet; it is tried again, ever more seldom. */
    record Failing(Instant since) implements SubscriptionState {}

    /** Nothing is delivered until somebody resumes it. */
    record Paused(Instant since, PausedBy by) implements SubscriptionState {}

    /** Nothing is delivered again, for ever. */
    record Disabled(Instant since, DisabledBy by) implements SubscriptionState {}

    /** What paused it. */
    enum PausedBy {
        OWNER,
        /** It failed for so long that it was given up. */
        FAILURES
    }

    /** What disabled it. */
    enum DisabledBy {
        OWNER,
        /** The receiver answered that it is gone (410). */
        RECEIVER
    }
}
