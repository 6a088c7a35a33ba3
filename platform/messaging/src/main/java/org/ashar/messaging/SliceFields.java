package org.ashar.messaging;

import java.util.Map;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * The flat fields of one stream's slice, without its content: cheap enough to read by thousands.
 *
 * @param stream the stream
 * @param sequence the last event applied: what the fields rest on
 * @param incomplete set where events are known that the slice lacks
 * @param fields the flat fields; Integer reads back as Long, LocalDate as ISO text
 */
public record SliceFields(
        StreamId stream,
        long sequence,
        @Nullable Incomplete incomplete,
        Map<String, Object> fields) {}
