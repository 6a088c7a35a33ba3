package org.ashar.eventstore;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import org.ashar.kernel.StreamId;

/** One service's commits, current documents and relay. */
@SuppressWarnings("DoNotCallSuggester")
public final class EventStore implements AutoCloseable {

    private EventStore() {}

    /** Opens the store of a service and starts its relay; Kafka need not be there. */
    public static EventStore open(
            MongoDatabase database, EventStoreSettings settings, Clock clock) {
        throw new UnsupportedOperationException();
    }

    /** Takes charge of one kind of aggregate. Call once for each stream type. */
    public <C, S, E> CommandHandler<C, S, E> handler(AggregateType<C, S, E> type) {
        throw new UnsupportedOperationException();
    }

    /** Reads commits. */
    public CommitReader commits() {
        throw new UnsupportedOperationException();
    }

    /** The relay to Kafka. */
    public Relay relay() {
        throw new UnsupportedOperationException();
    }

    /** Sends a stream's published events again, from the first, as they are; how many there are. */
    public long republish(StreamId stream) {
        throw new UnsupportedOperationException();
    }

    /** Stops the relay after at most a few seconds; what it has not sent stays pending. */
    @Override
    public void close() {}
}
