package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import org.ashar.messaging.EventEnvelope;
import org.jspecify.annotations.Nullable;

/** When events were recorded. */
final class Times {

    private Times() {}

    static Instant recorded(EventEnvelope event) {
        return event.recordedTime() == null ? event.time() : event.recordedTime();
    }

    /** When the last event was recorded that says another time: it belongs to a demonstration. */
    static @Nullable Instant demonstrated(@Nullable Instant before, EventEnvelope event) {
        return event.recordedTime() == null ? before : event.recordedTime();
    }

    static Instant later(Instant one, EventEnvelope event) {
        return later(one, recorded(event));
    }

    static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
