package org.ashar.accountability.ledger;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.application.ReadinessStateHealthIndicator;

/**
 * A process whose log has been succeeded is not ready: what it serves is no longer the ledger. One
 * that cannot append for now is, since it can be read.
 */
final class LedgerReadiness extends ReadinessStateHealthIndicator {

    private final LedgerFeed feed;

    LedgerReadiness(ApplicationAvailability availability, LedgerFeed feed) {
        super(availability);
        this.feed = feed;
    }

    @Override
    protected AvailabilityState getState(ApplicationAvailability availability) {
        return feed.isOver() ? ReadinessState.REFUSING_TRAFFIC : super.getState(availability);
    }
}
