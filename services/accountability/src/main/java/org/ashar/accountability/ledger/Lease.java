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
 * Who writes the log at present. A hint that spares the others the work, and no more: what keeps
 * two from forking the log is its head. No clock of one machine is held against another's: whoever
 * writes counts on, and who sees the count stand still for long enough takes its place. For one
 * thread.
 */
final class Lease {

    private static final String ID = "sequencer";
    private static final String HOLDER = "holder";
    private static final String BEAT = "beat";
    private static final String NOBODY = "";

    private final MongoCollection<Document> log;
    private final String self = UUID.randomUUID().toString();
    private final Duration patience;
    private @Nullable Document seen;
    private long seenAt;

    /**
     * @param patience how long another's count stands still before its place is taken
     */
    Lease(MongoDatabase database, Duration patience) {
        this.log = Durable.of(database).getCollection("log");
        this.patience = patience;
    }

    /**
     * Whether this process is to write; counts on where it is. To be asked a few times within
     * {@code patience}.
     */
    boolean isMine() {
        Document stored = log.find(Filters.eq("_id", ID)).first();
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
    void release() {
        log.updateOne(
                Filters.and(Filters.eq("_id", ID), Filters.eq(HOLDER, self)),
                Updates.set(HOLDER, NOBODY));
    }

    private static Bson as(Document stored) {
        return Filters.and(
                Filters.eq("_id", ID),
                Filters.eq(HOLDER, stored.getString(HOLDER)),
                Filters.eq(BEAT, stored.getLong(BEAT)));
    }

    private static Document lease(String holder, long beat) {
        return new Document("_id", ID).append(HOLDER, holder).append(BEAT, beat);
    }
}
