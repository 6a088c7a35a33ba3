package org.ashar.messaging;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The one document that says which generation of a view is read, which is being built and which are
 * waiting to be dropped. Each change is one guarded replacement, so whatever dies in between, the
 * next to come finds one clear state.
 */
final class Generations {

    /** The generation a view begins with. */
    static final int FIRST = 1;

    /** The format of what was kept before formats were numbered. */
    private static final int UNNUMBERED = 1;

    /**
     * The document.
     *
     * @param revision counts changes; guards them
     * @param format of the active generation, as {@link ViewDefinition} counts
     */
    record State(
            long revision,
            int active,
            int format,
            @Nullable Building building,
            List<Retired> retired) {

        /** The generation after all that were ever begun. */
        int next() {
            int greatest = building == null ? active : Math.max(active, building.generation());
            return greatest + 1;
        }

        /** The format that is read, or soon will be. */
        int coming() {
            return building == null ? format : building.format();
        }

        /** The state in which it is known up to where {@code built} must come. */
        State capturing(Building built, Map<TopicPartition, Long> ends) {
            Building captured =
                    new Building(built.generation(), built.format(), built.startedAt(), ends);
            return new State(revision + 1, active, format, captured, retired);
        }

        /** The state in which {@code built} is read. */
        State reading(Building built, Instant now) {
            List<Retired> given = new ArrayList<>(retired);
            given.add(new Retired(active, now));
            return new State(revision + 1, built.generation(), built.format(), null, given);
        }

        /** The state in which {@code dropped} is gone. */
        State without(Retired dropped) {
            List<Retired> left = retired.stream().filter(r -> !r.equals(dropped)).toList();
            return new State(revision + 1, active, format, building, left);
        }

        /** The state in which a new generation is built, and no other one. */
        State rebuilding(int inFormat, Instant now) {
            List<Retired> given = new ArrayList<>(retired);
            if (building != null) {
                given.add(new Retired(building.generation(), now));
            }
            Building begun = new Building(next(), inFormat, now, null);
            return new State(revision + 1, active, format, begun, given);
        }
    }

    /** A generation under construction; {@code ends} null until the end offsets are captured. */
    record Building(
            int generation,
            int format,
            Instant startedAt,
            @Nullable Map<TopicPartition, Long> ends) {}

    /** A generation that readers may still be reading. */
    record Retired(int generation, Instant since) {}

    private final MongoCollection<Document> documents;
    private final String view;

    Generations(MongoDatabase database, String view) {
        this.documents =
                database.getCollection("view_generations")
                        .withReadConcern(ReadConcern.MAJORITY)
                        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.view = view;
    }

    Optional<State> read() {
        return Optional.ofNullable(documents.find(Filters.eq("_id", view)).first())
                .map(Generations::fromStore);
    }

    /** The state; the first generation, in this format, is active when there was none. */
    State readOrBegin(int format) {
        Optional<State> found = read();
        if (found.isPresent()) {
            return found.get();
        }
        State first = new State(1, FIRST, format, null, List.of());
        try {
            documents.insertOne(toStore(first));
            return first;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return read().orElseThrow(() -> e);
        }
    }

    /** Writes {@code after} where {@code before} is still what there is; whether it was. */
    boolean replace(State before, State after) {
        return documents
                        .replaceOne(
                                Filters.and(
                                        Filters.eq("_id", view),
                                        Filters.eq("revision", before.revision())),
                                toStore(after))
                        .getMatchedCount()
                == 1;
    }

    private Document toStore(State state) {
        Document stored =
                new Document("_id", view)
                        .append("revision", state.revision())
                        .append("active", state.active())
                        .append("format", state.format());
        Building building = state.building();
        if (building != null) {
            Document b =
                    new Document("generation", building.generation())
                            .append("format", building.format())
                            .append("startedAt", Date.from(building.startedAt()));
            Map<TopicPartition, Long> ends = building.ends();
            if (ends != null) {
                List<Document> list = new ArrayList<>();
                ends.forEach(
                        (partition, end) ->
                                list.add(
                                        new Document("topic", partition.topic())
                                                .append("partition", partition.partition())
                                                .append("end", end)));
                b.append("ends", list);
            }
            stored.append("building", b);
        }
        return stored.append(
                "retired",
                state.retired().stream()
                        .map(
                                r ->
                                        new Document("generation", r.generation())
                                                .append("since", Date.from(r.since())))
                        .toList());
    }

    private static State fromStore(Document stored) {
        Document b = stored.get("building", Document.class);
        Building building = null;
        if (b != null) {
            List<Document> list = b.getList("ends", Document.class);
            Map<TopicPartition, Long> ends = null;
            if (list != null) {
                ends = new HashMap<>();
                for (Document end : list) {
                    ends.put(
                            new TopicPartition(end.getString("topic"), end.getInteger("partition")),
                            end.getLong("end"));
                }
            }
            building =
                    new Building(
                            b.getInteger("generation"),
                            b.getInteger("format", UNNUMBERED),
                            b.getDate("startedAt").toInstant(),
                            ends);
        }
        return new State(
                stored.getLong("revision"),
                stored.getInteger("active"),
                stored.getInteger("format", UNNUMBERED),
                building,
                stored.getList("retired", Document.class).stream()
                        .map(
                                r ->
                                        new Retired(
                                                r.getInteger("generation"),
                                                r.getDate("since").toInstant()))
                        .toList());
    }
}
