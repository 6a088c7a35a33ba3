package org.ashar.messaging;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.eventstore.Duplicates;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/** The collections of one generation of a view. */
final class GenerationStore {

    private static final WriteConcern ACKNOWLEDGED = WriteConcern.MAJORITY;
    private static final WriteConcern JOURNALED = WriteConcern.MAJORITY.withJournal(true);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private static final Pattern NUMBERED = Pattern.compile(".*_g(\\d{1,9})");

    private final MongoDatabase database;
    private final ViewDefinition view;
    private final int generation;
    private final HeldEvents held;
    private final ParkedEvents parked;

    GenerationStore(MongoDatabase database, ViewDefinition view, int generation, Clock clock) {
        this.database =
                database.withReadConcern(ReadConcern.MAJORITY).withWriteConcern(ACKNOWLEDGED);
        this.view = view;
        this.generation = generation;
        this.held = new HeldEvents(collection("held"));
        this.parked = new ParkedEvents(collection("parked"), clock);
    }

    HeldEvents held() {
        return held;
    }

    ParkedEvents parked() {
        return parked;
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(GenerationNames.collection(view.name(), name, generation));
    }

    void declareIndexes() {
        held.declareIndexes();
        parked.declareIndexes();
        for (SliceDefinition<?> slice : view.slices()) {
            declare(collection(slice.collection()), slice.indexes());
        }
        for (LineDefinition<?> line : view.lineDefinitions()) {
            declare(collection(line.collection()), line.indexes());
        }
    }

    /** The key comes last, so that a page's order needs no sorting. */
    private static void declare(MongoCollection<Document> collection, List<ViewIndex> indexes) {
        for (ViewIndex index : indexes) {
            List<String> fields = index.fields().stream().map(field -> "f." + field).toList();
            List<String> fixed = fields.subList(0, fields.size() - 1);
            List<String> sorted = List.of(fields.getLast(), "_id");
            collection.createIndex(
                    Indexes.compoundIndex(
                            Indexes.ascending(fixed),
                            index.descends()
                                    ? Indexes.descending(sorted)
                                    : Indexes.ascending(sorted)));
        }
    }

    /** Drops all that belongs to the generation; repeatable. */
    void drop() {
        view.slices().forEach(slice -> collection(slice.collection()).drop());
        view.lineDefinitions().forEach(line -> collection(line.collection()).drop());
        held.documents().drop();
        parked.documents().drop();
    }

    /** Generations before {@code active} of which collections are left. */
    static Set<Integer> leftovers(MongoDatabase database, ViewDefinition view, int active) {
        Set<String> names = new HashSet<>(Set.of("held", "parked"));
        view.slices().forEach(slice -> names.add(slice.collection()));
        view.lineDefinitions().forEach(line -> names.add(line.collection()));
        Set<Integer> found = new TreeSet<>();
        for (String collection : database.listCollectionNames()) {
            Matcher parts = NUMBERED.matcher(collection);
            if (parts.matches()) {
                int generation = Integer.parseInt(parts.group(1));
                if (generation < active
                        && names.stream()
                                .map(n -> GenerationNames.collection(view.name(), n, generation))
                                .anyMatch(collection::equals)) {
                    found.add(generation);
                }
            }
        }
        return found;
    }

    /** The slices of these streams; for a stream unheard of, an empty one. */
    <D> Map<StreamId, StoredSlice<D>> slices(SliceKind<D> kind, Collection<StreamId> streams) {
        Map<StreamId, StoredSlice<D>> slices = new HashMap<>();
        streams.forEach(stream -> slices.put(stream, StoredSlice.none(stream)));
        List<String> keys = streams.stream().map(StreamId::toString).toList();
        for (Document stored :
                collection(kind.definition().collection()).find(Filters.in("_id", keys))) {
            StoredSlice<D> slice = StoredSlice.read(kind.definition(), stored);
            slices.put(slice.stream(), slice);
        }
        return slices;
    }

    /**
     * Writes in order, collection by collection. Slices and the last write wait for the journal,
     * and by that for all before them. Answers whether all was done: it stops where a guarded write
     * did not find what it was guarded by, or another wrote the same document at the same time.
     */
    boolean write(List<Write> writes) {
        List<Write> some = writes.stream().filter(w -> !w.models().isEmpty()).toList();
        for (Write write : some) {
            boolean journaled = write.guarded() || write.equals(some.getLast());
            if (!carryOut(write, journaled ? JOURNALED : ACKNOWLEDGED)) {
                return false;
            }
        }
        return true;
    }

    private static boolean carryOut(Write write, WriteConcern concern) {
        try {
            BulkWriteResult result =
                    write.collection()
                            .withWriteConcern(concern)
                            .bulkWrite(write.models(), UNORDERED);
            return !write.guarded() || result.getMatchedCount() == write.replacements();
        } catch (MongoBulkWriteException e) {
            if (!Duplicates.alone(e)) {
                throw e;
            }
            boolean inserted = write.replacements() < write.models().size();
            return !write.guarded()
                    && inserted
                    && carryOut(write.again(e.getWriteErrors()), concern);
        }
    }

    /**
     * Writes to one collection.
     *
     * @param guarded whether replacements must find a document, and insertions none; else what is
     *     inserted replaces what an earlier attempt left
     */
    record Write(
            MongoCollection<Document> collection,
            List<WriteModel<Document>> models,
            boolean guarded) {

        long replacements() {
            return models.stream().filter(model -> !(model instanceof InsertOneModel)).count();
        }

        /** What met a document of its key, once more: as a replacement it meets none. */
        Write again(List<BulkWriteError> met) {
            List<WriteModel<Document>> rest = new ArrayList<>();
            for (BulkWriteError error : met) {
                WriteModel<Document> model = models.get(error.getIndex());
                rest.add(
                        model instanceof InsertOneModel<Document> insertion
                                ? replacement(insertion.getDocument())
                                : model);
            }
            return new Write(collection, rest, guarded);
        }

        private static WriteModel<Document> replacement(Document document) {
            return new ReplaceOneModel<>(
                    Filters.eq("_id", document.getString("_id")),
                    document,
                    new ReplaceOptions().upsert(true));
        }
    }
}
