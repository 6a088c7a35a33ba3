package org.ashar.messaging;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/**
 * Events of one generation that wait for an earlier one of their stream, each under its stream and
 * sequence: held twice, it is held once.
 */
final class HeldEvents {

    private final MongoCollection<Document> documents;

    HeldEvents(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    /** Sorts as the stream does. */
    static String key(StreamId stream, long sequence) {
        String digits = Long.toString(sequence);
        return stream + "@" + "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }

    MongoCollection<Document> documents() {
        return documents;
    }

    void declareIndexes() {
        documents.createIndex(Indexes.ascending("stream", "seq"));
        documents.createIndex(Indexes.ascending("topic", "partition"));
    }

    WriteModel<Document> write(Incoming incoming) {
        StreamId stream = incoming.event().subject();
        long sequence = incoming.event().sequence();
        Document document =
                new Document("_id", key(stream, sequence))
                        .append("stream", stream.toString())
                        .append("seq", sequence)
                        .append("topic", incoming.raw().topic())
                        .append("partition", incoming.raw().partition())
                        .append("time", incoming.event().time().toString())
                        .append("digest", incoming.digest())
                        .append("record", StoredRecord.toStore(incoming.raw()));
        return new ReplaceOneModel<>(
                Filters.eq("_id", document.getString("_id")),
                document,
                new ReplaceOptions().upsert(true));
    }

    /** Of these keys, those that are held, with their digests. */
    Map<String, Long> digests(Collection<String> keys) {
        Map<String, Long> found = new HashMap<>();
        for (Document held :
                documents.find(Filters.in("_id", keys)).projection(Projections.include("digest"))) {
            found.put(held.getString("_id"), held.getLong("digest"));
        }
        return found;
    }

    long count(TopicPartition partition) {
        return documents.countDocuments(
                Filters.and(
                        Filters.eq("topic", partition.topic()),
                        Filters.eq("partition", partition.partition())));
    }

    long count() {
        return documents.estimatedDocumentCount();
    }

    /** Those that follow each other directly behind {@code sequence}, at most {@code limit}. */
    List<ConsumerRecord<String, byte[]>> following(StreamId stream, long sequence, int limit) {
        List<String> keys =
                LongStream.rangeClosed(sequence + 1, sequence + limit)
                        .mapToObj(s -> key(stream, s))
                        .toList();
        Map<String, Document> found = new HashMap<>();
        documents.find(Filters.in("_id", keys)).forEach(d -> found.put(d.getString("_id"), d));
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (String key : keys) {
            Document held = found.get(key);
            if (held == null) {
                break;
            }
            records.add(StoredRecord.fromStore(held.get("record", Document.class)));
        }
        return records;
    }

    /** When the first one held behind {@code sequence} happened. */
    Optional<Instant> firstTimeBehind(StreamId stream, long sequence) {
        return Optional.ofNullable(
                        documents
                                .find(
                                        Filters.and(
                                                Filters.eq("stream", stream.toString()),
                                                Filters.gt("seq", sequence)))
                                .projection(Projections.include("time"))
                                .sort(Sorts.ascending("seq"))
                                .first())
                .map(held -> Instant.parse(held.getString("time")));
    }

    /** Those of these streams of which any are held. */
    List<String> streamsAmong(List<String> streams) {
        return documents
                .distinct("stream", Filters.in("stream", streams), String.class)
                .into(new ArrayList<>());
    }

    /** Lets those go that are parked now. */
    void parked(Collection<String> keys) {
        if (!keys.isEmpty()) {
            documents.deleteMany(Filters.in("_id", keys));
        }
    }

    /** Lets those go that are applied up to {@code sequence}. */
    void applied(StreamId stream, long sequence) {
        documents.deleteMany(
                Filters.and(Filters.eq("stream", stream.toString()), Filters.lte("seq", sequence)));
    }
}
