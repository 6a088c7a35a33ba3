package org.ashar.messaging;

import java.util.Map;
import org.ashar.kernel.StreamId;

/**
 * One line of a growing list, as read.
 *
 * @param stream the stream of the event that it comes from
 * @param sequence that event's sequence
 * @param fields the flat fields; Integer reads back as Long, LocalDate as ISO text
 * @param body the content
 * @param <T> the content
 */
public record LineEntry<T>(StreamId stream, long sequence, Map<String, Object> fields, T body) {}
