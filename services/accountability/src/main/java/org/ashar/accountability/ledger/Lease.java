package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Who does a work at present that one is to do. A hint that spares the others the work, and no
 * more: what keeps two from spoiling it is to lie in the work itself, as the log's head does. No
 * clock of one machine is held against another's: whoever works counts on, and who sees the count
 * stand still for long enough takes its place. For one thread.
 */
public final class Lease {

    /** Who writes the log. */
    static final String SEQUENCER = "sequencer";

    private static final String HOLDER = "holder";
    private static final String BEAT = "beat";
    private static final String NOBODY = "";

    private final MongoCollection<Document> log;
    private final String id;
    private final String self = UUID.randomUUID().toString();
    private final Duration patience;
    private @Nullable Document seen;
    private long seenAt;

    /**
     * @param id of the work
     * @param patience how long another's count stands still before its place is taken
     */
    public Lease(MongoDatabase database, String id, Duration patience) {
        this.log = Durable.of(database).getCollection("log");
        this.id = id;
        this.patience = patience;
    }

    /**
     * Whether this process is to do it; counts on where it is. To be asked a few times within
     * {@code patience}.
     */
    public boolean isMine() {
        Document stored = log.find(Filters.eq("_id", id)).first();
        if (stored == null) {
            return Durable.isNew(() -> log.insertOne(lease(self, 0)));
        }
        String holder = stored.getString(HOLDER);
        if (!stored.equals(seen)) {
            seen = stored;
            seenAt = System.nanoTime();
        }
        boolean isOver = holder.equals(NOBODY) || System.nanoTime() - seenAt >= patience.toNanos();
        return (holder.equals(self) || isOver)
                && log.replaceOne(as(stored), lease(self, stored.getLong(BEAT) + 1))
                                .getMatchedCount()
                        == 1;
    }

    /** Lets another one take it at once. */
    public void release() {
        log.updateOne(
                Filters.and(Filters.eq("_id", id), Filters.eq(HOLDER, self)),
                Updates.set(HOLDER, NOBODY));
    }

    private Bson as(Document stored) {
        return Filters.and(
                Filters.eq("_id", id),
                Filters.eq(HOLDER, stored.getString(HOLDER)),
                Filters.eq(BEAT, stored.getLong(BEAT)));
    }

    private Document lease(String holder, long beat) {
        return new Document("_id", id).append(HOLDER, holder).append(BEAT, beat);
    }
}
