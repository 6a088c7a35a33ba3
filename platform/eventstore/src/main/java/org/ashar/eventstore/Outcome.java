package org.ashar.eventstore;

import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;

/**
 * What became of a command. The same command given again has the same {@link Done}, whatever
 * happened to the stream since; refusals are not remembered.
 */
public sealed interface Outcome {

    /** It took effect, once; {@code version} is the stream's version just after it. */
    record Done(StreamId stream, long version) implements Outcome {}

    /** It does not hold; nothing happened. */
    record Refused(Refusal refusal) implements Outcome {}

    /** The stream is at {@code version}, not where the caller thought; nothing happened. */
    record Stale(long version) implements Outcome {}

    /**
     * The same command id took effect on this stream with another content; nothing happened now.
     */
    record KeyReused() implements Outcome {}
}
