package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.ParkedEvent;
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
        Document document =
                new Document("_id", position)
                        .append("reason", reason)
                        .append("detail", detail)
                        .append("parkedAt", clock.instant().toString())
                        .append("record", StoredRecord.toStore(raw));
        if (KafkaCloudEvents.fromRecord(raw)
                instanceof Checked.Valid<PublishedEvent>(PublishedEvent event)) {
            document.append("event", event.id()).append("type", event.type());
        }
        parked.replaceOne(Filters.eq("_id", position), document, new ReplaceOptions().upsert(true));
    }

    /** What is parked behind an id, in the order of the ids. */
    List<ParkedEvent> parked(String after, int limit) {
        return parked.find(Filters.gt("_id", after))
                .projection(Projections.exclude("record"))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .map(
                        one ->
                                new ParkedEvent(
                                        one.getString("_id"),
                                        one.getString("reason"),
                                        one.getString("detail"),
                                        Instant.parse(one.getString("parkedAt")),
                                        one.getString("event"),
                                        one.getString("type"),
                                        isUnreadable(one.getString("reason"))))
                .into(new ArrayList<>());
    }

    /** The ids of events that are parked because they had no canonical form. */
    Set<String> unreadable() {
        Set<String> ids = new HashSet<>();
        for (Document one : parked.find().projection(Projections.include("event", "reason"))) {
            if (one.containsKey("event") && isUnreadable(one.getString("reason"))) {
                ids.add(one.getString("event"));
            }
        }
        return ids;
    }

    /** Lets those go that were unreadable and are in the log now. */
    void unpark(Collection<String> events) {
        List<String> positions = new ArrayList<>();
        for (Document one :
                parked.find(Filters.in("event", events))
                        .projection(Projections.include("reason"))) {
            if (isUnreadable(one.getString("reason"))) {
                positions.add(one.getString("_id"));
            }
        }
        parked.deleteMany(Filters.in("_id", positions));
    }

    private static boolean isUnreadable(String reason) {
        return reason.startsWith("json.");
    }

    /** How many events are held. */
    long heldCount() {
        return held.estimatedDocumentCount();
    }

    /** How many records are parked. */
    long parkedCount() {
        return parked.estimatedDocumentCount();
    }
}
