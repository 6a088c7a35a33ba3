package org.ashar.messaging;

import java.util.Map;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What a view holds of one stream.
 *
 * @param stream the stream
 * @param sequence the last event applied: what the content rests on
 * @param incomplete set where events are known that the content lacks
 * @param body the folded content
 * @param fields the flat fields
 * @param <D> the content
 */
public record Slice<D>(
        StreamId stream,
        long sequence,
        @Nullable Incomplete incomplete,
        D body,
        Map<String, Object> fields) {}
