package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.StoredRecord;
import org.bson.Document;

/**
 * Records that are not in the log: held until the event before them is logged, or parked because
 * they never can be as they are. Both are durable when a method returns.
 */
final class Waiting {

    private final MongoCollection<Document> held;
    private final MongoCollection<Document> parked;
    private final Clock clock;

    Waiting(MongoDatabase database, Clock clock) {
        MongoDatabase durable = Durable.of(database);
        this.held = durable.getCollection("held");
        this.parked = durable.getCollection("parked");
        this.clock = clock;
    }

    /** Holds an event under its id, in the place of the same one held before. */
    void hold(Incoming incoming) {
        held.replaceOne(
                Filters.eq("_id", incoming.entry().id()),
                new Document("_id", incoming.entry().id())
                        .append("stream", incoming.entry().stream().toString())
                        .append("seq", incoming.entry().sequence())
                        .append("record", StoredRecord.toStore(incoming.raw())),
                new ReplaceOptions().upsert(true));
    }

    /** The records held under these ids. */
    List<ConsumerRecord<String, byte[]>> held(Collection<String> ids) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (Document one : held.find(Filters.in("_id", ids))) {
            records.add(StoredRecord.fromStore(one.get("record", Document.class)));
        }
        return records;
    }

    /** Lets those go that are logged or parked. */
    void release(Collection<String> ids) {
        if (!ids.isEmpty()) {
            held.deleteMany(Filters.in("_id", ids));
        }
    }

    /** The sequences that are held, by stream. */
    Map<StreamId, NavigableSet<Long>> sequences() {
        Map<StreamId, NavigableSet<Long>> sequences = new HashMap<>();
        for (Document one : held.find().projection(Projections.include("stream", "seq"))) {
            sequences
                    .computeIfAbsent(
                            StreamId.parse(one.getString("stream")).orThrow(), _ -> new TreeSet<>())
                    .add(one.getLong("seq"));
        }
        return sequences;
    }

    /** Keeps a record that cannot be logged, under its place on its topic. */
    void park(ConsumerRecord<String, byte[]> raw, String reason, String detail) {
        String position = StoredRecord.position(raw);
        parked.replaceOne(
                Filters.eq("_id", position),
                new Document("_id", position)
                        .append("reason", reason)
                        .append("detail", detail)
                        .append("parkedAt", clock.instant().toString())
                        .append("record", StoredRecord.toStore(raw)),
                new ReplaceOptions().upsert(true));
    }
}
