package org.ashar.messaging;

import java.time.Instant;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event beside its content.
 *
 * @param stream the stream it belongs to
 * @param id {@code <stream>@<sequence>}
 * @param type full name with version, {@code org.ashar.<service>.<fact>.v<n>}
 * @param sequence its place among the stream's published events, from 1 without a gap
 * @param time when the command counts as given
 * @param recordedTime when it was recorded, where that differs
 */
public record EventEnvelope(
        StreamId stream,
        String id,
        String type,
        long sequence,
        Instant time,
        @Nullable Instant recordedTime) {}
