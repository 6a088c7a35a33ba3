package org.ashar.eventstore;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.ashar.kernel.StreamId;

/**
 * One service's commits, current documents and relay, in that service's own database.
 *
 * <p>Guarantees: see {@link CommandHandler} and {@link Relay}. What breaks them: a server that
 * acknowledges majority writes with journal before they are on disk; another writer of these
 * collections. The caller owns the client of {@code database} and gives it time limits (server
 * selection, sockets): a call here waits as long as they let it.
 */
public final class EventStore implements AutoCloseable {

    private static final int REPUBLISH_PAGE = 100;
    private static final Duration REPUBLISH_LIMIT = Duration.ofSeconds(30);

    private final MongoDatabase database;
    private final EventStoreSettings settings;
    private final Outlet outlet;
    private final CommitLog log;
    private final Relay relay;
    private final Map<String, CurrentDocuments<?, ?>> types = new ConcurrentHashMap<>();

    private EventStore(
            MongoDatabase database, EventStoreSettings settings, Clock clock, Outlet outlet) {
        this.database = database;
        this.settings = settings;
        this.outlet = outlet;
        this.log = new CommitLog(database);
        this.relay = new Relay(settings, log, types::get, outlet, clock);
    }

    /**
     * Opens the store of a service, makes its indexes and starts its relay. Kafka need not be
     * there. Throws {@link StoreUnavailableException} when the store is not.
     */
    public static EventStore open(
            MongoDatabase database, EventStoreSettings settings, Clock clock) {
        return open(database, settings, clock, new KafkaOutlet(settings));
    }

    static EventStore open(
            MongoDatabase database, EventStoreSettings settings, Clock clock, Outlet outlet) {
        EventStore store = new EventStore(database, settings, clock, outlet);
        store.log.createIndexes();
        store.relay.start();
        return store;
    }

    /**
     * Takes charge of one kind of aggregate; to be called once for each stream type. Commits of a
     * type nobody took charge of stay pending.
     */
    public <C, S, E> CommandHandler<C, S, E> handler(AggregateType<C, S, E> type) {
        CurrentDocuments<S, E> currents = new CurrentDocuments<>(type, database, log.reader());
        if (types.putIfAbsent(type.streamType(), currents) != null) {
            throw new IllegalStateException("two handlers for " + type.streamType());
        }
        currents.createIndexes();
        relay.adopt(currents);
        Composer<S, E> composer = new Composer<>(type, settings.installation(), settings.service());
        return new CommandHandler<>(type, log, currents, composer, relay);
    }

    /** Reads commits. */
    public CommitReader commits() {
        return log.reader();
    }

    /** The relay to Kafka. */
    public Relay relay() {
        return relay;
    }

    /**
     * Sends a stream's published events again, from the first, as they were committed; returns how
     * many. For operators: consumers drop what they have seen. Throws {@link
     * StoreUnavailableException} when the store or the broker does not answer; it can be repeated.
     */
    public long republish(StreamId stream) {
        outlet.prepare();
        try (Producer<String, byte[]> producer = outlet.producer()) {
            String topic = KafkaCloudEvents.topic(settings.service());
            long sent = 0;
            long version = 0;
            List<Commit> page;
            do {
                page = log.reader().page(stream, version, REPUBLISH_PAGE);
                List<Future<RecordMetadata>> futures = new ArrayList<>();
                for (Commit commit : page) {
                    for (PublishedEvent event : commit.published()) {
                        futures.add(producer.send(KafkaCloudEvents.toRecord(topic, event)));
                    }
                    version = commit.to();
                }
                producer.flush();
                awaitAll(futures);
                sent += futures.size();
            } while (page.size() == REPUBLISH_PAGE);
            return sent;
        }
    }

    /** Stops the relay within a few seconds; what it has not sent stays pending. */
    @Override
    public void close() {
        relay.close();
    }

    private static void awaitAll(List<Future<RecordMetadata>> futures) {
        try {
            for (Future<RecordMetadata> future : futures) {
                future.get(REPUBLISH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreUnavailableException("the broker did not take all events", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while sending again", e);
        }
    }
}
