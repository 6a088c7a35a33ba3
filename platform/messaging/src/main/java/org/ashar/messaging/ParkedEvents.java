package org.ashar.messaging;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/** Records of one generation that could not be applied, each under its place on its topic. */
final class ParkedEvents {

    private final MongoCollection<Document> documents;
    private final Clock clock;

    ParkedEvents(MongoCollection<Document> documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    MongoCollection<Document> documents() {
        return documents;
    }

    void declareIndexes() {
        documents.createIndex(Indexes.ascending("stream", "seq"));
    }

    /** The writes that park these; an event already parked from elsewhere is not parked again. */
    List<WriteModel<Document>> writes(List<Parking> parkings) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        Set<String> sameEvents = new HashSet<>();
        for (Parking parking : parkings) {
            String position = StoredRecord.position(parking.raw());
            PublishedEvent event = parking.event();
            if (event != null && parking.digest() != 0) {
                String same = event.id() + " " + parking.digest();
                if (!sameEvents.add(same) || isParkedElsewhere(event, parking.digest(), position)) {
                    continue;
                }
            }
            writes.add(
                    new ReplaceOneModel<>(
                            Filters.eq("_id", position),
                            document(position, parking),
                            new ReplaceOptions().upsert(true)));
        }
        return writes;
    }

    private boolean isParkedElsewhere(PublishedEvent event, long digest, String position) {
        for (Document other : at(event.subject(), event.sequence())) {
            if (other.getLong("digest") == digest && !position.equals(other.getString("_id"))) {
                return true;
            }
        }
        return false;
    }

    private Document document(String position, Parking parking) {
        Document document =
                new Document("_id", position)
                        .append("reason", parking.reason())
                        .append("detail", parking.detail())
                        .append("parkedAt", clock.instant().toString())
                        .append("blocking", parking.blocking())
                        .append("record", StoredRecord.toStore(parking.raw()));
        PublishedEvent event = parking.event();
        if (event != null) {
            document.append("event", event.id()).append("type", event.type());
            // What is foreign has no place in a stream.
            if (parking.digest() != 0) {
                document.append("stream", event.subject().toString())
                        .append("seq", event.sequence())
                        .append("time", event.time().toString())
                        .append("digest", parking.digest());
            }
        }
        return document;
    }

    /** When the event at {@code sequence} happened, where it is parked. */
    Optional<Instant> timeAt(StreamId stream, long sequence) {
        return at(stream, sequence).stream()
                .map(parked -> Instant.parse(parked.getString("time")))
                .findFirst();
    }

    /** Those of these streams of which any are parked. */
    List<String> streamsAmong(List<String> streams) {
        return documents
                .distinct("stream", Filters.in("stream", streams), String.class)
                .into(new ArrayList<>());
    }

    private List<Document> at(StreamId stream, long sequence) {
        return documents
                .find(
                        Filters.and(
                                Filters.eq("stream", stream.toString()),
                                Filters.eq("seq", sequence)))
                .projection(Projections.include("time", "digest"))
                .limit(100)
                .into(new ArrayList<>());
    }

    /**
     * Lets those of a stream go that have been applied up to {@code sequence}, told by their
     * digests; others under an applied sequence stay, to be looked at, and block nothing.
     */
    void applied(StreamId stream, long sequence, LongFunction<OptionalLong> digestAt) {
        for (Document parked :
                documents
                        .find(
                                Filters.and(
                                        Filters.eq("stream", stream.toString()),
                                        Filters.lte("seq", sequence)))
                        .projection(Projections.include("seq", "digest", "blocking"))) {
            OptionalLong applied = digestAt.apply(parked.getLong("seq"));
            if (applied.isPresent() && applied.getAsLong() == parked.getLong("digest")) {
                documents.deleteOne(Filters.eq("_id", parked.getString("_id")));
            } else if (parked.getBoolean("blocking")) {
                documents.updateOne(
                        Filters.eq("_id", parked.getString("_id")), Updates.set("blocking", false));
            }
        }
    }

    void remove(String id) {
        documents.deleteOne(Filters.eq("_id", id));
    }

    /** What {@link StoredRecord} kept of it. */
    Optional<Document> record(String id) {
        return Optional.ofNullable(documents.find(Filters.eq("_id", id)).first())
                .map(parked -> parked.get("record", Document.class));
    }

    List<ParkedEvent> list(String after, int limit) {
        List<ParkedEvent> list = new ArrayList<>();
        for (Document parked :
                documents
                        .find(Filters.gt("_id", after))
                        .projection(Projections.exclude("record"))
                        .sort(Sorts.ascending("_id"))
                        .limit(limit)) {
            list.add(
                    new ParkedEvent(
                            parked.getString("_id"),
                            parked.getString("reason"),
                            parked.getString("detail"),
                            Instant.parse(parked.getString("parkedAt")),
                            parked.getString("event"),
                            parked.getString("type"),
                            parked.getBoolean("blocking")));
        }
        return list;
    }

    long count() {
        return documents.estimatedDocumentCount();
    }
}
