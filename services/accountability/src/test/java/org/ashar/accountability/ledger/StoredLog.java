package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;

/** A log as it lies in the store, for tests of processes that write it. */
public final class StoredLog {

    private final MongoDatabase database;
    private final LedgerStore store;

    public StoredLog(MongoDatabase database) {
        this.database = database;
        this.store = new LedgerStore(database);
    }

    /**
     * A batch that is staged and may win, or that has won and is not published.
     *
     * @param published how long the log is meanwhile
     * @param writer who has the lease
     */
    public record Begun(String batch, long published, String writer) {}

    /** The batch that somebody is in the middle of; empty where none is under way. */
    public Optional<Begun> begun() {
        Head head = store.head();
        long published = store.published(1);
        Document staged =
                database.getCollection("batches").find(Filters.gte("at", head.size())).first();
        if (staged == null && head.size() <= published) {
            return Optional.empty();
        }
        String batch = staged == null ? head.batch() : staged.getString("_id");
        return Optional.of(new Begun(batch, published, writer()));
    }

    /** Every checkpoint that was ever signed and kept. */
    public List<byte[]> checkpoints() {
        return database.getCollection("checkpoints")
                .find()
                .map(kept -> kept.getString("note").getBytes(UTF_8))
                .into(new ArrayList<>());
    }

    /** Who has the lease. */
    public String writer() {
        return Objects.requireNonNull(
                        database.getCollection("log")
                                .find(Filters.eq("_id", Lease.SEQUENCER))
                                .first())
                .getString("holder");
    }
}
