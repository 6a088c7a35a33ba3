/**
 * Commits, current documents and the relay to Kafka.
 *
 * <p>A command costs one insert of one document, the commit: domain events, answer, idempotency key
 * and the published events as final bytes, in one atomic write that is also the outbox row. The
 * current document is a cache of the fold that commits heal; the relay sends what was committed, in
 * order a stream, as often as it takes.
 */
@NullMarked
package org.ashar.eventstore;

import org.jspecify.annotations.NullMarked;
