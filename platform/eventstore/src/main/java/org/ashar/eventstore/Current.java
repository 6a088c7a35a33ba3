package org.ashar.eventstore;

import org.ashar.kernel.StreamId;
import org.bson.Document;

/**
 * An aggregate as of its last event.
 *
 * @param stream which one
 * @param version sequence of its last domain event; its ETag
 * @param state the fold of its events
 * @param summary the flat fields of {@link AggregateType#summary}
 */
public record Current<S>(StreamId stream, long version, S state, Document summary) {}
