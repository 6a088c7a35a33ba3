package org.ashar.eventstore;

import java.util.List;
import org.ashar.kernel.StreamId;

/** Reads commits, with majority. */
@SuppressWarnings("DoNotCallSuggester")
public final class CommitReader {

    CommitReader() {}

    /**
     * A stream's commits whose {@code from} is above {@code afterVersion}, upward, at most {@code
     * limit}.
     */
    public List<Commit> page(StreamId stream, long afterVersion, int limit) {
        throw new UnsupportedOperationException();
    }
}
