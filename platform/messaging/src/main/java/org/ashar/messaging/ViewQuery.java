package org.ashar.messaging;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ashar.kernel.StreamId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What to find among slices or lines, in which order, and how many. Immutable: each call answers a
 * new query. Conditions are all to be met. Answers come by key unless sorted; rows without the
 * field sorted by come first, or last when descending.
 *
 * <p>Finding is cheap, also far down a long list, where a declared {@link ViewIndex} begins with
 * the fields fixed by {@link #equal} and {@link #in}, followed by the one that ranges or sorts, and
 * descends where the query does.
 */
public final class ViewQuery {

    /** Rows in one page, at most. */
    public static final int MAX_PAGE = 200;

    private final List<Bson> conditions;
    private final @Nullable String sort;
    private final boolean descending;
    private final @Nullable Cursor after;
    private final int limit;

    private ViewQuery(
            List<Bson> conditions,
            @Nullable String sort,
            boolean descending,
            @Nullable Cursor after,
            int limit) {
        this.conditions = List.copyOf(conditions);
        this.sort = sort;
        this.descending = descending;
        this.after = after;
        this.limit = limit;
    }

    /** Everything, by key, 50 a page. */
    public static ViewQuery all() {
        return new ViewQuery(List.of(), null, false, null, 50);
    }

    /** Whose field is {@code value}, or holds it where the field is a list. */
    public ViewQuery equal(String field, Object value) {
        return with(Filters.eq(stored(field), FieldValues.toStore(value)));
    }

    /** Whose field is one of {@code values}. */
    public ViewQuery in(String field, Collection<?> values) {
        return with(
                Filters.in(
                        stored(field), values.stream().map(v -> FieldValues.toStore(v)).toList()));
    }

    /** Whose field is {@code low} or more and less than {@code high}; null means no bound. */
    public ViewQuery between(String field, @Nullable Object low, @Nullable Object high) {
        ViewQuery query = this;
        if (low != null) {
            query = query.with(Filters.gte(stored(field), FieldValues.toStore(low)));
        }
        if (high != null) {
            query = query.with(Filters.lt(stored(field), FieldValues.toStore(high)));
        }
        return query;
    }

    /** Which come from this stream's events; for lines. */
    public ViewQuery ofStream(StreamId stream) {
        // Their keys begin with the stream and "@", behind which "A" comes next.
        return with(Filters.gte("_id", stream + "@")).with(Filters.lt("_id", stream + "A"));
    }

    /** Smallest first. */
    public ViewQuery sortedBy(String field) {
        return new ViewQuery(conditions, stored(field), false, after, limit);
    }

    /** Greatest first. */
    public ViewQuery sortedDescendingBy(String field) {
        return new ViewQuery(conditions, stored(field), true, after, limit);
    }

    /** The page behind {@code cursor}; null means the first. */
    public ViewQuery after(@Nullable Cursor cursor) {
        return new ViewQuery(conditions, sort, descending, cursor, limit);
    }

    /** At most {@code rows} rows, 1 to {@value #MAX_PAGE}. */
    public ViewQuery limit(int rows) {
        if (rows < 1 || rows > MAX_PAGE) {
            throw new IllegalArgumentException("a page of " + rows);
        }
        return new ViewQuery(conditions, sort, descending, after, rows);
    }

    int limit() {
        return limit;
    }

    /** The field a page's cursor keeps, without its prefix; null when rows come by key. */
    @Nullable String sortField() {
        return sort == null ? null : sort.substring(2);
    }

    /** The conditions alone. */
    Bson filter() {
        // A stream of which no known event has come has a slice without a body.
        return conditions.isEmpty() ? Filters.exists("body") : Filters.and(conditions);
    }

    /**
     * The conditions, and beyond the cursor: in parts that follow each other, each of them one
     * stretch of an index in the query's order.
     */
    List<Bson> pageFilters() {
        if (after == null) {
            return List.of(filter());
        }
        Bson behindKey = beyond("_id", after.key());
        if (sort == null) {
            return List.of(Filters.and(filter(), behindKey));
        }
        Object value = after.value();
        List<Bson> parts = new ArrayList<>();
        parts.add(Filters.and(filter(), Filters.eq(sort, value), behindKey));
        if (value != null) {
            parts.add(Filters.and(filter(), beyond(sort, value)));
        }
        // A row without the field stands before all others, and behind them when descending.
        if (descending && value != null) {
            parts.add(Filters.and(filter(), Filters.eq(sort, null)));
        } else if (!descending && value == null) {
            parts.add(Filters.and(filter(), Filters.ne(sort, null)));
        }
        return parts;
    }

    Bson order() {
        if (sort == null) {
            return Sorts.ascending("_id");
        }
        return descending ? Sorts.descending(sort, "_id") : Sorts.ascending(sort, "_id");
    }

    private Bson beyond(String key, Object value) {
        return descending ? Filters.lt(key, value) : Filters.gt(key, value);
    }

    private ViewQuery with(Bson condition) {
        List<Bson> more = new ArrayList<>(conditions);
        more.add(condition);
        return new ViewQuery(more, sort, descending, after, limit);
    }

    private static String stored(String field) {
        return "f." + Names.field(field);
    }
}
