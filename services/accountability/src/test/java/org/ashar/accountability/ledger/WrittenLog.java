package org.ashar.accountability.ledger;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.ashar.messaging.TopicGuard;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;

/** A log on a store that tests in other packages can write to. */
public final class WrittenLog {

    public static final String ORIGIN = "ledger.example.org/ledger";

    private final Records records = new Records();
    private final Ledger ledger;
    private final Sequencer sequencer;
    private int streams;

    /** Goes on with the log that is in the database. */
    public WrittenLog(MongoDatabase database) {
        LedgerStore store = new LedgerStore(database);
        LogKey key = new LogKey(NoteSigner.of(ORIGIN, Kind.ED25519, new byte[32]));
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
