package org.ashar.accountability.ledger;

import java.time.Duration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.application.ReadinessStateHealthIndicator;

/** A process that cannot go on with the log is not ready, whatever else it can do. */
final class LedgerReadiness extends ReadinessStateHealthIndicator {

    /** What fails for less may go away by itself: the store or the broker starts anew. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LedgerFeed feed;

    LedgerReadiness(ApplicationAvailability availability, LedgerFeed feed) {
        super(availability);
        this.feed = feed;
    }

    @Override
    protected AvailabilityState getState(ApplicationAvailability availability) {
        return feed.isStuck(PATIENCE)
                ? ReadinessState.REFUSING_TRAFFIC
                : super.getState(availability);
    }
}
