package org.ashar.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be applied.
 *
 * @param id {@code <topic>:<partition>:<offset>}, the same in every generation
 * @param reason stable code, {@code event.…}
 * @param detail for operators, in English; never the event's content
 * @param parkedAt when
 * @param eventId the event's own id, where its headers could be read
 * @param eventType its type, where its headers could be read
 * @param blocking whether its stream stands still behind it
 */
public record ParkedEvent(
        String id,
        String reason,
        String detail,
        Instant parkedAt,
        @Nullable String eventId,
        @Nullable String eventType,
        boolean blocking) {}
