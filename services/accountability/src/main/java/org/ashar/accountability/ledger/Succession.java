package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ashar.tlog.NoteKey;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a ledger, one after the other. Each has one name and one key for ever; where a key is
 * lost or known to others, a new log goes on with the same entries at the same indexes, and what
 * the one before signed stays as it is.
 */
final class Succession {

    private static final String IDENTITY = "identity";
    private static final String PAST = "past-";

    private final LedgerStore store;
    private final MongoCollection<Document> logs;

    private record Present(int log, NoteKey key) {}

    Succession(MongoDatabase database, LedgerStore store) {
        this.store = store;
        this.logs = Durable.of(database).getCollection("log");
    }

    /**
     * The key of the log that is written now: that of the first call, or of the last succession.
     *
     * @param origin the name of a new log
     * @param succeeds the key of the log that a new one is to follow, if it is the present one
     *     still; throws {@link IllegalStateException} where another key than the log's is given
     *     without it
     */
    LogKey key(String origin, byte[] seed, @Nullable String succeeds) {
        if (logs.find(Filters.eq("_id", IDENTITY)).first() == null) {
            String vkey = LogKey.of(origin, seed, 1).vkey();
            Durable.isNew(() -> logs.insertOne(new Document("_id", IDENTITY).append("vkey", vkey)));
        }
        Present present = present();
        if (present.key().vkey().equals(succeeds)) {
            succeed(present, LogKey.of(origin, seed, present.log() + 1));
            present = present();
        }
        LogKey key = LogKey.of(present.key().name(), seed, present.log());
        if (!key.publicKey().equals(present.key())) {
            throw new IllegalStateException(
                    "the ledger is signed with "
                            + present.key().vkey()
                            + ", and the seed is another key's: bring its own back (in a data folder"
                            + " keys/ledger-seed), or let a new log succeed it (docs/keys.md)");
        }
        return key;
    }

    /** The key of a log that was succeeded. */
    NoteKey past(int log) {
        return key(read(PAST + log));
    }

    /** The name of the first log, which stays whatever log goes on. */
    String firstName() {
        Present present = present();
        return (present.log() == 1 ? present.key() : past(1)).name();
    }

    private Present present() {
        Document identity = read(IDENTITY);
        return new Present(identity.getInteger("log", 1), key(identity));
    }

    private Document read(String id) {
        return Objects.requireNonNull(logs.find(Filters.eq("_id", id)).first());
    }

    private static NoteKey key(Document stored) {
        return NoteKey.parse(stored.getString("vkey")).orThrow();
    }

    /** Each step may be done again, and is, where the process ends between two of them. */
    private void succeed(Present before, LogKey after) {
        if (before.key().name().equals(after.origin())
                || IntStream.range(1, before.log())
                        .anyMatch(log -> past(log).name().equals(after.origin()))) {
            throw new IllegalStateException(
                    "a log that succeeds another needs a name of its own, not " + after.origin());
        }
        Head head = store.head();
        if (head.size() == 0) {
            throw new IllegalStateException("a log without entries needs no successor");
        }
        Durable.isNew(
                () ->
                        logs.insertOne(
                                new Document("_id", PAST + before.log())
                                        .append("vkey", before.key().vkey())));
        if (head.log() == before.log()
                && !store.handOver(head, after.log())
                && store.head().log() != after.log()) {
            throw new IllegalStateException(
                    before.key().vkey() + " is still written: stop every process first");
        }
        logs.replaceOne(
                Filters.and(Filters.eq("_id", IDENTITY), Filters.eq("vkey", before.key().vkey())),
                new Document("_id", IDENTITY)
                        .append("vkey", after.vkey())
                        .append("log", after.log()));
        if (present().key().equals(after.publicKey())) { // else another key won, which signs alone
            store.finish(store.head(), after);
        }
    }
}
