package org.ashar.accountability.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, set forward or back by a test. */
final class MovedClock extends Clock {

    private volatile Duration by = Duration.ZERO;

    void move(Duration further) {
        by = by.plus(further);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks a clock of instants for a zone");
    }
}
