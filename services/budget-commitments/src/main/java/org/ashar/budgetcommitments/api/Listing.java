package org.ashar.budgetcommitments.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.eventstore.StoreUnavailableException;
import org.ashar.kernel.StreamId;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Query;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Pages of current documents in the order of a day, then of the id. What an index serves is asked
 * of the store; whatever else is wished is looked for among those, {@value #MOST_LOOKED_AT} at most
 * for one page: it may be short, or empty, though another one follows.
 */
final class Listing {

    static final int MOST_LOOKED_AT = 2_000;

    private static final int AT_ONCE = 500;
    private static final Pattern CURSOR =
            Pattern.compile("((?:[0-9]{4}-[0-9]{2}-[0-9]{2})?)\\.([a-z2-7]{26})");
    private static final String ID = "_id";
    private static final String SUMMARY = "s";

    /** By which field of the summary, and which way. */
    record Order(String field, boolean newestFirst) {
        private String path() {
            return SUMMARY + "." + field;
        }
    }

    /**
     * What is wished.
     *
     * @param indexed what an index serves, together with the order
     * @param rest what else holds of a summary
     */
    record Wish(Bson indexed, Predicate<Document> rest) {}

    private record Position(String day, String id) {}

    private final MongoCollection<Document> currents;
    private final String streamType;

    Listing(MongoCollection<Document> currents, String streamType) {
        this.currents = currents;
        this.streamType = streamType;
    }

    Page<Document> page(Wish wish, Order order, Paging paging, Query query) {
        @Nullable Position from = position(paging, query);
        try {
            return page(wish, order, paging, from);
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be listed", e);
        }
    }

    /** Whether a text holds {@code part} in any language, whatever its case. */
    static Predicate<Document> holds(String part) {
        String sought = part.toLowerCase(Locale.ROOT);
        return summary -> text(summary, "text").contains(sought);
    }

    /** Whether a period overlaps what begins on {@code day}. */
    static Predicate<Document> endsSince(LocalDate day) {
        return summary -> text(summary, "end").compareTo(day.toString()) >= 0;
    }

    /** Whether a period overlaps what ends on {@code day}. */
    static Predicate<Document> startsBy(LocalDate day) {
        return summary ->
                summary.containsKey("start")
                        && text(summary, "start").compareTo(day.toString()) <= 0;
    }

    static Predicate<Document> is(String field, Object value) {
        return summary -> value.equals(summary.get(field));
    }

    /** The text of a summary's field; nothing where it has none. */
    static String text(Document summary, String field) {
        String text = summary.getString(field);
        return text == null ? "" : text;
    }

    /** A cell; what is absent is empty. */
    static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private Page<Document> page(Wish wish, Order order, Paging paging, @Nullable Position from) {
        List<String> found = new ArrayList<>();
        @Nullable Position at = from;
        int looked = 0;
        while (looked < MOST_LOOKED_AT) {
            int some = looked == 0 ? paging.toFetch() : Math.min(AT_ONCE, MOST_LOOKED_AT - looked);
            List<Document> candidates = candidates(wish.indexed(), order, at, some);
            for (Document candidate : candidates) {
                Document summary = candidate.get(SUMMARY, Document.class);
                if (wish.rest().test(summary)) {
                    if (found.size() == paging.limit() && at != null) {
                        return new Page<>(documents(found), cursor(at));
                    }
                    found.add(candidate.getString(ID));
                }
                at = new Position(text(summary, order.field()), candidate.getString(ID));
            }
            if (candidates.size() < some) {
                return new Page<>(documents(found), null);
            }
            looked += some;
        }
        return new Page<>(documents(found), at == null ? null : cursor(at));
    }

    private List<Document> documents(List<String> ids) {
        Map<String, Document> found = new HashMap<>();
        if (!ids.isEmpty()) {
            currents.find(in(ID, ids)).forEach(one -> found.put(one.getString(ID), one));
        }
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private List<Document> candidates(
            Bson indexed, Order order, @Nullable Position after, int limit) {
        Bson byDay =
                order.newestFirst() ? descending(order.path(), ID) : ascending(order.path(), ID);
        if (after == null) {
            return summaries(indexed, byDay, limit);
        }
        List<Document> found =
                summaries(
                        and(
                                indexed,
                                eq(order.path(), after.day()),
                                order.newestFirst() ? lt(ID, after.id()) : gt(ID, after.id())),
                        order.newestFirst() ? descending(ID) : ascending(ID),
                        limit);
        if (found.size() < limit) {
            found.addAll(
                    summaries(
                            and(
                                    indexed,
                                    order.newestFirst()
                                            ? lt(order.path(), after.day())
                                            : gt(order.path(), after.day())),
                            byDay,
                            limit - found.size()));
        }
        return found;
    }

    private List<Document> summaries(Bson filter, Bson sort, int limit) {
        return currents.find(filter)
                .projection(include(SUMMARY))
                .sort(sort)
                .limit(limit)
                .into(new ArrayList<>());
    }

    private @Nullable Position position(Paging paging, Query query) {
        if (paging.after() == null) {
            return null;
        }
        Matcher cursor = CURSOR.matcher(paging.after());
        if (!cursor.matches() || !StreamId.isId(cursor.group(2))) {
            throw query.badCursor();
        }
        return new Position(cursor.group(1), new StreamId(streamType, cursor.group(2)).toString());
    }

    private static String cursor(Position at) {
        return at.day() + "." + at.id().substring(at.id().indexOf('/') + 1);
    }
}
