package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import org.ashar.kernel.Actor;
import org.ashar.messaging.EventEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * When and in which office something was done. The person's pseudonym stays in the event.
 *
 * @param recordedAt where that differs: the event belongs to a demonstration or an import
 */
public record Given(Instant at, @Nullable Instant recordedAt, String role, String organisation) {

    static Given of(EventEnvelope event, Actor by) {
        return new Given(event.time(), event.recordedTime(), by.role(), by.organisation());
    }
}
