package org.ashar.budgetcommitments.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.eventstore.StoreUnavailableException;
import org.ashar.kernel.StreamId;
import org.ashar.web.Answers;
import org.ashar.web.Csv;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Query;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Pages of current documents in the order of a day, then of the id. */
final class Listing {

    private static final Pattern CURSOR =
            Pattern.compile("((?:[0-9]{4}-[0-9]{2}-[0-9]{2})?)\\.([a-z2-7]{26})");
    private static final String ID = "_id";

    /** By which field, and which way. */
    record Order(String field, boolean newestFirst) {}

    private Listing() {}

    static Page<Document> page(
            MongoCollection<Document> currents,
            String streamType,
            Bson filter,
            Order order,
            Paging paging,
            Query query) {
        try {
            return Page.of(
                    fetch(currents, streamType, filter, order, paging, query),
                    paging,
                    document -> cursor(document, order));
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be listed", e);
        }
    }

    /** Texts that hold {@code part} in any language, whatever its case. */
    static Bson holds(String part) {
        return regex("s.text", Pattern.quote(part.toLowerCase(Locale.ROOT)));
    }

    /** A page as CSV; where to go on is in the header {@code Next-After}. */
    static ResponseEntity<byte[]> csv(Csv table, String fileName, @Nullable String next) {
        ResponseEntity<byte[]> answer = Answers.csv(table, fileName);
        return next == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .header("Next-After", next)
                        .body(answer.getBody());
    }

    /** A cell; what is absent is empty. */
    static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static List<Document> fetch(
            MongoCollection<Document> currents,
            String streamType,
            Bson filter,
            Order order,
            Paging paging,
            Query query) {
        Bson sort =
                order.newestFirst() ? descending(order.field(), ID) : ascending(order.field(), ID);
        if (paging.after() == null) {
            return currents.find(filter).sort(sort).limit(paging.toFetch()).into(new ArrayList<>());
        }
        Matcher cursor = CURSOR.matcher(paging.after());
        if (!cursor.matches() || !StreamId.isId(cursor.group(2))) {
            throw query.badCursor();
        }
        String day = cursor.group(1);
        String id = new StreamId(streamType, cursor.group(2)).toString();
        List<Document> found =
                currents.find(
                                and(
                                        filter,
                                        eq(order.field(), day),
                                        order.newestFirst() ? lt(ID, id) : gt(ID, id)))
                        .sort(order.newestFirst() ? descending(ID) : ascending(ID))
                        .limit(paging.toFetch())
                        .into(new ArrayList<>());
        if (found.size() < paging.toFetch()) {
            currents.find(
                            and(
                                    filter,
                                    order.newestFirst()
                                            ? lt(order.field(), day)
                                            : gt(order.field(), day)))
                    .sort(sort)
                    .limit(paging.toFetch() - found.size())
                    .into(found);
        }
        return found;
    }

    private static String cursor(Document document, Order order) {
        Document summary = document.get("s", Document.class);
        String id = document.getString(ID);
        return summary.getString(order.field().substring(2))
                + "."
                + id.substring(id.indexOf('/') + 1);
    }
}
