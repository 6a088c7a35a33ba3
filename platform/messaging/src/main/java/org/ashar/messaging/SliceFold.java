package org.ashar.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Folds a stream's events into its slice.
 *
 * <p>Called in the stream's order, once for each event of a known type, without a gap: whoever
 * implements it need not think of duplicates or lateness. It must be pure, must not change {@code
 * before} (a batch in which something cannot be written is folded again from it), and must not
 * throw on an event that was read: an event on which it throws is parked, and its stream stands
 * still there.
 *
 * @param <D> the slice's content
 */
@FunctionalInterface
public interface SliceFold<D> {

    /** The slice after the event; {@code before} is null until a known event has come. */
    D apply(@Nullable D before, EventEnvelope event, Object payload);
}
