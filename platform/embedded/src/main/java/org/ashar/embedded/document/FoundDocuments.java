package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import org.ashar.embedded.document.QueryRun.Found;
import org.jspecify.annotations.Nullable;

/** What a query finds: in the order of an index where one has it, else sorted in memory. */
final class FoundDocuments implements Iterator<Found> {
    private static final long SORT_LIMIT = 64L << 20;
    private static final int TOO_MUCH = 292;
    private static final int BAD_VALUE = 2;

    private final Iterator<Found> found;
    private long left;

    private FoundDocuments(Iterator<Found> found, long limit) {
        this.found = found;
        this.left = limit;
    }

    static Iterator<Found> of(
            CollectionStore stored,
            BiPredicate<Document, Document> matches,
            Document filter,
            @Nullable Document sort,
            int skip,
            int limit) {
        Document order = checked(sort);
        long wanted = limit > 0 ? (long) limit : Long.MAX_VALUE;
        QueryPlan plan = QueryPlanner.plan(stored.spec(), filter, order, limit > 0);
        Iterator<Found> all = stored.run(plan, document -> matches.test(document, filter));
        if (order != null && !plan.ordered()) {
            all = sorted(all, order, limit > 0 ? skip + wanted : Long.MAX_VALUE);
        }
        for (int skipped = 0; skipped < skip && all.hasNext(); skipped++) {
            all.next();
        }
        return new FoundDocuments(all, wanted);
    }

    private static @Nullable Document checked(@Nullable Document sort) {
        if (sort == null || sort.isEmpty()) {
            return null;
        }
        for (Map.Entry<String, Object> order : sort.entrySet()) {
            if (!(order.getValue() instanceof Number direction)
                    || Math.abs(direction.doubleValue()) != 1) {
                throw new MongoServerError(BAD_VALUE, "BadValue", "a sort order is 1 or -1");
            }
            if (order.getKey().equals("$natural")) {
                throw new MongoServerError(
                        BAD_VALUE, "BadValue", "there is no natural order to sort by");
            }
        }
        return sort;
    }

    private record Placed(Found found, long place) {}

    /** The first {@code wanted} in order, holding no more than those in memory. */
    private static Iterator<Found> sorted(Iterator<Found> all, Document order, long wanted) {
        DocumentComparator documents = new DocumentComparator(order);
        Comparator<Placed> comparator =
                Comparator.<Placed, Document>comparing(placed -> placed.found.document(), documents)
                        .thenComparingLong(Placed::place);
        PriorityQueue<Placed> best = new PriorityQueue<>(Collections.reverseOrder(comparator));
        long bytes = 0;
        for (long place = 0; all.hasNext(); place++) {
            Placed next = new Placed(all.next(), place);
            best.add(next);
            bytes += next.found.size();
            if (best.size() > wanted) {
                bytes -= best.remove().found.size();
            }
            if (bytes > SORT_LIMIT) {
                throw new MongoServerError(
                        TOO_MUCH,
                        "QueryExceededMemoryLimitNoDiskUseAllowed",
                        "sorting needs more than 64 MiB: narrow the filter or declare an index");
            }
        }
        List<Found> sorted = new ArrayList<>();
        while (!best.isEmpty()) {
            sorted.add(best.remove().found);
        }
        return sorted.reversed().iterator();
    }

    @Override
    public boolean hasNext() {
        return left > 0 && found.hasNext();
    }

    @Override
    public Found next() {
        if (left <= 0) {
            throw new NoSuchElementException();
        }
        left--;
        return found.next();
    }
}
