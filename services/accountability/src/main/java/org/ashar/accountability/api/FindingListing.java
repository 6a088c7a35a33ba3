package org.ashar.accountability.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Pages of current documents in the order of their ids. One field, which an index serves, is asked
 * of the store; whatever else is wished is looked for among those, {@value #MOST_LOOKED_AT} at most
 * for one page: it may be short, or empty, though another one follows.
 */
final class FindingListing {

    static final int MOST_LOOKED_AT = 2_000;

    private static final int AT_ONCE = 500;
    private static final String ID = "_id";
    private static final String SUMMARY = "s";

    private final MongoCollection<Document> currents;

    FindingListing(MongoCollection<Document> currents) {
        this.currents = currents;
    }

    /**
     * What is wished.
     *
     * @param fields of the summary, with their values; the first one narrows best
     * @param rest what else holds of a summary
     */
    record Wish(List<Map.Entry<String, String>> fields, Predicate<Document> rest) {
        Wish {
            fields = List.copyOf(fields);
        }

        private Bson indexed(String after) {
            Bson further = gt(ID, after);
            return fields.isEmpty()
                    ? further
                    : and(
                            eq(
                                    SUMMARY + "." + fields.getFirst().getKey(),
                                    fields.getFirst().getValue()),
                            further);
        }

        private boolean holds(Document summary) {
            return fields.stream()
                            .allMatch(field -> field.getValue().equals(summary.get(field.getKey())))
                    && rest.test(summary);
        }
    }

    /**
     * The page behind {@code after}.
     *
     * @return whose cursor is an id as the store has it
     */
    Page<Document> page(Wish wish, Paging paging, String after) {
        List<String> found = new ArrayList<>();
        String at = after;
        for (int looked = 0; looked < MOST_LOOKED_AT; ) {
            int some = looked == 0 ? paging.toFetch() : Math.min(AT_ONCE, MOST_LOOKED_AT - looked);
            List<Document> candidates = candidates(wish.indexed(at), some);
            for (Document candidate : candidates) {
                if (wish.holds(candidate.get(SUMMARY, Document.class))) {
                    if (found.size() == paging.limit()) {
                        return new Page<>(documents(found), at);
                    }
                    found.add(candidate.getString(ID));
                }
                at = candidate.getString(ID);
            }
            if (candidates.size() < some) {
                return new Page<>(documents(found), null);
            }
            looked += some;
        }
        return new Page<>(documents(found), at);
    }

    private List<Document> candidates(Bson filter, int limit) {
        return currents.find(filter)
                .projection(include(SUMMARY))
                .sort(ascending(ID))
                .limit(limit)
                .into(new ArrayList<>());
    }

    private List<Document> documents(List<String> ids) {
        Map<String, Document> found = new HashMap<>();
        if (!ids.isEmpty()) {
            currents.find(in(ID, ids)).forEach(one -> found.put(one.getString(ID), one));
        }
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
