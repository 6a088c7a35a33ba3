package org.ashar.messaging;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;

/** Keeps a view. */
@SuppressWarnings("DoNotCallSuggester")
public final class ViewRunner implements AutoCloseable {

    private final ViewReader reader;

    /** Nothing happens before {@link #start}. */
    public ViewRunner(
            MongoDatabase database, ViewDefinition view, ViewSettings settings, Clock clock) {
        this.reader = new ViewReader(database, view);
    }

    /** Begins to keep the view, in the background; store and broker need not be there yet. */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Reads what is kept. */
    public ViewReader reader() {
        return reader;
    }

    /** How the view is doing; answers at once. */
    public ViewStatus status() {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins a rebuild from the first event, in the background and across restarts; one that is
     * going on goes on. The generation being built.
     */
    public int rebuild() {
        throw new UnsupportedOperationException();
    }

    /** The parked events by id, at most {@code limit}, behind {@code after} ("" for the first). */
    public List<ParkedEvent> parked(String after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** Tries a parked event again, with the present code, and then those that wait behind it. */
    public ReplayOutcome replay(String id) {
        throw new UnsupportedOperationException();
    }

    /** Stops within {@link ViewSettings#stopWithin}; what was not applied is applied next time. */
    public void stop() {
        throw new UnsupportedOperationException();
    }

    /** {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
