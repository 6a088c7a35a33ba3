package org.ashar.accountability.ledger;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.ashar.messaging.TopicGuard;
import org.jspecify.annotations.Nullable;

/** A log on a store that tests in other packages can write to. */
public final class WrittenLog {

    public static final String ORIGIN = "ledger.example.org/ledger";

    private final Records records = new Records();
    private final MongoDatabase database;
    private final LedgerStore store;
    private final Succession succession;
    private final Ledger ledger;
    private final Sequencer sequencer;
    private int streams;

    /** Goes on with the log that is in the database. */
    public WrittenLog(MongoDatabase database) {
        this(database, 0, null);
    }

    private WrittenLog(MongoDatabase database, int seed, @Nullable String succeeds) {
        this.database = database;
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        store = new LedgerStore(database);
        succession = new Succession(database, store);
        LogKey key = succession.key(seed == 0 ? ORIGIN : seed + "." + ORIGIN, bytes, succeeds);
        ledger = new Ledger(store, key, succession.firstName());
        sequencer =
                new Sequencer(
                        store,
                        new Waiting(database, Clock.systemUTC()),
                        key,
                        new TopicGuard(Records.INSTALLATION, List.of(Records.SERVICE)),
                        10,
                        ledger::published);
        sequencer.begin();
    }

    /** A log that goes on from this one. */
    public WrittenLog succeeded() {
        return new WrittenLog(database, 1, ledger.key().vkey());
    }

    /** The logs that were succeeded. */
    public PastLogs past() {
        return new PastLogs(succession, store, ledger);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Appends so many events, at most 256, with one checkpoint; the size of the log. */
    public long append(int events) {
        int from = streams;
        streams += events;
        sequencer.take(IntStream.range(from, streams).mapToObj(s -> records.event(s, 1)).toList());
        return ledger.size();
    }
}
