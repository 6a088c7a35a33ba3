package org.ashar.messaging;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Reads a view's active generation. An answer comes from one generation, also while the view is
 * switched to another. All methods throw {@link com.mongodb.MongoException} when the store does not
 * answer. Safe for many threads; needs no runner in the same process.
 */
public final class ViewReader {

    /**
     * How long the active generation is remembered; a retired one is kept for longer ({@link
     * ViewSettings#retireAfter}).
     */
    static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final MongoDatabase database;
    private final ViewDefinition view;
    private final Generations generations;
    private volatile @Nullable Known known;

    /** Reads {@code view} from the database of the service that keeps it. */
    public ViewReader(MongoDatabase database, ViewDefinition view) {
        this.database = database.withReadConcern(ReadConcern.MAJORITY);
        this.view = view;
        this.generations = new Generations(database, view.name());
    }

    /** The slice of one stream; empty when no known event of it has come. */
    public <D> Optional<Slice<D>> slice(SliceDefinition<D> of, StreamId stream) {
        return Optional.ofNullable(slices(of, List.of(stream)).get(stream));
    }

    /** The slices of these streams, as far as known; at most {@value ViewQuery#MAX_PAGE}. */
    public <D> Map<StreamId, Slice<D>> slices(SliceDefinition<D> of, Collection<StreamId> streams) {
        if (streams.size() > ViewQuery.MAX_PAGE) {
            throw new IllegalArgumentException(streams.size() + " slices at once");
        }
        List<String> keys = streams.stream().map(StreamId::toString).toList();
        return consistently(
                generation -> {
                    Map<StreamId, Slice<D>> found = new HashMap<>();
                    for (Document stored :
                            collection(of, generation).find(Filters.in("_id", keys))) {
                        if (stored.containsKey("body")) {
                            Slice<D> slice = readSlice(of, stored);
                            found.put(slice.stream(), slice);
                        }
                    }
                    return found;
                });
    }

    /** One page of slices. */
    public <D> Page<Slice<D>> find(SliceDefinition<D> of, ViewQuery query) {
        return consistently(
                generation ->
                        page(collection(of, generation), query, stored -> readSlice(of, stored)));
    }

    /** How many slices meet the query's conditions, whatever its page. */
    public long count(SliceDefinition<?> of, ViewQuery query) {
        return consistently(
                generation -> collection(of, generation).countDocuments(query.filter()));
    }

    /**
     * The flat fields of all slices that meet the query's conditions, in its order, whatever its
     * page, but at most {@code most}: the caller says what it can bear and, when it gets as many,
     * that there may be more.
     */
    public List<SliceFields> fields(SliceDefinition<?> of, ViewQuery query, int most) {
        return consistently(
                generation -> {
                    List<SliceFields> found = new ArrayList<>();
                    for (Document stored :
                            collection(of, generation)
                                    .find(query.filter())
                                    .projection(Projections.exclude("body", "d"))
                                    .sort(query.order())
                                    .limit(most)) {
                        found.add(
                                new SliceFields(
                                        StreamId.parse(stored.getString("_id")).orThrow(),
                                        stored.getLong("seq"),
                                        StoredSlice.incomplete(stored),
                                        FieldValues.fromStore(stored.get("f", Document.class))));
                    }
                    return found;
                });
    }

    /** One page of lines. */
    public <T> Page<LineEntry<T>> lines(LineDefinition<T> of, ViewQuery query) {
        return consistently(
                generation ->
                        page(
                                collection(of.collection(), generation),
                                query,
                                stored ->
                                        new LineEntry<>(
                                                StreamId.parse(stored.getString("stream"))
                                                        .orThrow(),
                                                stored.getLong("seq"),
                                                FieldValues.fromStore(
                                                        stored.get("f", Document.class)),
                                                read(stored, of.type()))));
    }

    /** How many lines meet the query's conditions, whatever its page. */
    public long countLines(LineDefinition<?> of, ViewQuery query) {
        return consistently(
                generation ->
                        collection(of.collection(), generation).countDocuments(query.filter()));
    }

    /**
     * What a stream's slice lacks; empty when it lacks nothing that is known of. Also answers for a
     * stream that {@link #slice} does not find because its first event could not be read.
     */
    public Optional<Incomplete> incomplete(SliceDefinition<?> of, StreamId stream) {
        return consistently(
                generation ->
                        Optional.ofNullable(
                                        collection(of, generation)
                                                .find(Filters.eq("_id", stream.toString()))
                                                .projection(Projections.include("since"))
                                                .first())
                                .map(StoredSlice::incomplete));
    }

    /** Looks the active generation up again at the next read. */
    void forget() {
        known = null;
    }

    private <D> MongoCollection<Document> collection(SliceDefinition<D> of, int generation) {
        return collection(of.collection(), generation);
    }

    private MongoCollection<Document> collection(String name, int generation) {
        return database.getCollection(GenerationNames.collection(view.name(), name, generation));
    }

    private <R> Page<R> page(
            MongoCollection<Document> collection, ViewQuery query, Function<Document, R> read) {
        List<Document> found = new ArrayList<>();
        for (Bson filter : query.pageFilters()) {
            int left = query.limit() + 1 - found.size();
            if (left > 0) {
                collection.find(filter).sort(query.order()).limit(left).into(found);
            }
        }
        boolean more = found.size() > query.limit();
        List<Document> rows = more ? found.subList(0, query.limit()) : found;
        return new Page<>(
                rows.stream().map(read).toList(), more ? cursor(query, rows.getLast()) : null);
    }

    private static Cursor cursor(ViewQuery query, Document last) {
        String sort = query.sortField();
        Document fields = last.get("f", Document.class);
        Object value = sort == null || fields == null ? null : fields.get(sort);
        return new Cursor(value, last.getString("_id"));
    }

    private static <D> Slice<D> readSlice(SliceDefinition<D> of, Document stored) {
        return new Slice<>(
                StreamId.parse(stored.getString("_id")).orThrow(),
                stored.getLong("seq"),
                StoredSlice.incomplete(stored),
                read(stored, of.type()),
                FieldValues.fromStore(stored.get("f", Document.class)));
    }

    private static <T> T read(Document stored, Class<T> type) {
        return AsharJson.lenient().readValue(stored.getString("body"), type);
    }

    /** Repeats a reading during which the view was switched: the old collections may be gone. */
    private <R> R consistently(IntFunction<R> reading) {
        int generation = active();
        R result = reading.apply(generation);
        int now = active();
        while (now != generation) {
            generation = now;
            result = reading.apply(generation);
            now = active();
        }
        return result;
    }

    private int active() {
        Known remembered = known;
        long now = System.nanoTime();
        if (remembered != null && now - remembered.atNanos() < REMEMBERED.toNanos()) {
            return remembered.generation();
        }
        int generation =
                generations.read().map(Generations.State::active).orElse(Generations.FIRST);
        known = new Known(generation, now);
        return generation;
    }

    private record Known(int generation, long atNanos) {}
}
