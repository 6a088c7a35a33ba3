package org.ashar.messaging;

import java.util.List;

/**
 * The lines that one event adds to growing lists.
 *
 * <p>It sees the event alone, so that the lines of an event that comes again can be written again,
 * byte for byte, whatever has happened since. It must be pure; what it throws parks the event.
 */
@FunctionalInterface
public interface LineFold {

    /** A stream whose events add no lines. */
    LineFold NONE = (event, payload) -> List.of();

    /** The lines of this event, often none. */
    List<Line> lines(EventEnvelope event, Object payload);
}
