package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.TopicGuard;

/** A log for tests of what follows it: events are logged without a broker. */
public final class LedgerStand {

    private static final String ORIGIN = "ledger.example.org/ledger";

    private final Records records = new Records();
    private final MongoDatabase database;
    private final LogKey key;
    private final LedgerStore store;
    private final Ledger ledger;
    private final Sequencer sequencer;
    private long sequence;

    public LedgerStand(MongoDatabase database) {
        this(database, new byte[32]);
    }

    /** A log under the key of this seed. */
    public LedgerStand(MongoDatabase database, byte[] seed) {
        this(database, new Succession(database, new LedgerStore(database)).key(ORIGIN, seed, null));
    }

    private LedgerStand(MongoDatabase database, LogKey key) {
        this.database = database;
        this.key = key;
        store = new LedgerStore(database);
        ledger = new Ledger(store, key, new Succession(database, store).firstName());
        sequencer = sequencer(ledger::published);
        sequencer.begin();
    }

    /** A log that goes on from here under another key; this one's process has not heard of it. */
    public LedgerStand succeeded() {
        byte[] seed = new byte[32];
        seed[0] = 1;
        LedgerStand next =
                new LedgerStand(
                        database,
                        new Succession(database, store)
                                .key("new.example.org/ledger", seed, key.vkey()));
        next.sequence = sequence;
        return next;
    }

    /** The log as it is read. */
    public Ledger ledger() {
        return ledger;
    }

    /** Writes it alone: who waits for as long as an hour only watches it grow. */
    public LedgerStand alone() {
        if (!new Lease(database, Lease.SEQUENCER, Duration.ofHours(1)).isMine()) {
            throw new IllegalStateException("another process writes the log");
        }
        return this;
    }

    /** Logs so many events, of one stream. */
    public void append(int count) {
        sequencer.take(
                IntStream.range(0, count)
                        .mapToObj(_ -> next("{\"step\":" + sequence + "}"))
                        .toList());
    }

    /** Logs an event with these data. */
    public void append(String data) {
        sequencer.take(List.of(next(data)));
    }

    /** Logs the first event of another stream. */
    public void append(StreamId stream, String fact, String data) {
        sequencer.take(List.of(records.event(stream, 1, fact, data.getBytes(UTF_8))));
    }

    /**
     * Logs an event with these data that no published checkpoint covers: what a process leaves that
     * dies then.
     */
    public void appendUnpublished(String data) {
        long size = ledger.size();
        Sequencer dying = sequencer(_ -> {});
        dying.begin();
        dying.take(List.of(next(data)));
        setPublished(size);
    }

    /** Publishes it, as the next process does. */
    public void publish() {
        setPublished(store.head().size());
        ledger.size();
        sequencer.begin();
    }

    private void setPublished(long size) {
        database.getCollection("log")
                .updateOne(Filters.eq("_id", "published"), Updates.set("size", size));
    }

    private Sequencer sequencer(LongConsumer published) {
        return new Sequencer(
                store,
                new Waiting(database, Clock.systemUTC()),
                key,
                new TopicGuard(Records.INSTALLATION, List.of(Records.SERVICE)),
                1_000,
                published);
    }

    private ConsumerRecord<String, byte[]> next(String data) {
        return records.event(1, ++sequence, data);
    }
}
