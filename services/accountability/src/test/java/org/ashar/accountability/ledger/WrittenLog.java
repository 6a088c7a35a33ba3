package org.ashar.accountability.ledger;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.ashar.messaging.TopicGuard;

/** A log on a store that tests in other packages can write to. */
public final class WrittenLog {

    public static final String ORIGIN = "ledger.example.org/ledger";

    private final Records records = new Records();
    private final LedgerStore store;
    private final Succession succession;
    private final Ledger ledger;
    private final Sequencer sequencer;
    private int streams;

    /** Goes on with the log that is in the database. */
    public WrittenLog(MongoDatabase database) {
        store = new LedgerStore(database);
        succession = new Succession(database, store);
        LogKey key = succession.key(ORIGIN, new byte[32], null);
        ledger = new Ledger(store, key);
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

    /** The logs that were succeeded: none. */
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
