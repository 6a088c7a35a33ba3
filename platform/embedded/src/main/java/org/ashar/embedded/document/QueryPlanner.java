package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ashar.embedded.document.QueryPlan.Range;
import org.ashar.embedded.sorted.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Chooses where to read a query's candidates: by {@code _id}; else from the index of whose keys the
 * filter binds most (equality on a prefix, then one {@code $in} or range); else from an index that
 * has the wanted order, where only the first few are wanted; else all documents.
 */
final class QueryPlanner {
    private static final String ID = "_id";
    private static final int MOST_RANGES = 10_000;

    private final CollectionSpec collection;
    private final Map<String, Condition> conditions;
    private final List<Map.Entry<String, Object>> sort;

    private QueryPlanner(CollectionSpec collection, Document filter, @Nullable Document sort) {
        this.collection = collection;
        this.conditions = Conditions.of(filter);
        this.sort = sort == null ? List.of() : List.copyOf(sort.entrySet());
    }

    static QueryPlan plan(
            CollectionSpec collection,
            Document filter,
            @Nullable Document sort,
            boolean fewWanted) {
        return new QueryPlanner(collection, filter, sort).choose(fewWanted);
    }

    private QueryPlan choose(boolean fewWanted) {
        Condition id = conditions.get(ID);
        if (id != null && id.values() != null) {
            boolean ordered = sort.isEmpty() || id.values().size() == 1 || sortsByIdAlone();
            byte[] prefix = new Bytes(4).putInt(collection.id()).toArray();
            List<byte[]> keys = id.values().stream().map(value -> join(prefix, value)).toList();
            return new QueryPlan(null, List.of(), keys, ordered);
        }
        Candidate best = byId(id);
        for (IndexSpec index : collection.indexes()) {
            Candidate candidate = consider(index);
            boolean better =
                    candidate.rank > best.rank
                            || candidate.rank == best.rank
                                    && candidate.plan.ordered()
                                    && !best.plan.ordered()
                                    && (candidate.rank > 0 || fewWanted);
            if (better) {
                best = candidate;
            }
        }
        return best.plan;
    }

    private record Candidate(int rank, QueryPlan plan) {}

    private boolean sortsByIdAlone() {
        return sort.size() == 1 && sort.getFirst().getKey().equals(ID) && ascends(sort.getFirst());
    }

    private static boolean ascends(Map.Entry<String, Object> order) {
        return order.getValue() instanceof Number direction && direction.intValue() > 0;
    }

    private Candidate byId(@Nullable Condition id) {
        boolean ordered = sort.isEmpty() || sortsByIdAlone();
        byte[] prefix = new Bytes(4).putInt(collection.id()).toArray();
        if (id == null) {
            return new Candidate(0, new QueryPlan(null, List.of(whole(prefix)), null, ordered));
        }
        Range range = new Range(join(prefix, id.low()), Bytes.afterPrefix(join(prefix, id.high())));
        return new Candidate(2, new QueryPlan(null, List.of(range), null, ordered));
    }

    private Candidate consider(IndexSpec index) {
        Bytes prefix = new Bytes(64).putInt(index.id());
        boolean excludesMissing = !index.sparse();
        int bound = 0;
        while (bound < index.keys().size()) {
            IndexSpec.Key key = index.keys().get(bound);
            Condition condition = conditions.get(key.path().text());
            if (condition == null || condition.values() == null || condition.values().size() != 1) {
                break;
            }
            append(prefix, condition.values().getFirst(), key.ascending());
            excludesMissing |= !condition.matchesNull();
            bound++;
        }
        byte[] equal = prefix.toArray();
        List<Range> ranges = List.of(whole(equal));
        int rank = 4 * bound;
        boolean several = false;
        if (bound < index.keys().size()) {
            IndexSpec.Key key = index.keys().get(bound);
            Condition condition = conditions.get(key.path().text());
            if (condition != null) {
                List<byte[]> values = condition.values();
                if (values == null) {
                    Condition wanted = index.multikey() ? condition.ofElements() : condition;
                    ranges = List.of(range(equal, wanted, key.ascending()));
                    rank += 2;
                    excludesMissing = true;
                } else if (values.size() <= MOST_RANGES) {
                    ranges = each(equal, values, key.ascending());
                    rank += 3;
                    several = true;
                    excludesMissing |= !condition.matchesNull();
                }
            }
        }
        if (!excludesMissing) {
            return new Candidate(-1, new QueryPlan(index, List.of(), null, false));
        }
        boolean ordered = sort.isEmpty() || !several && !index.multikey() && ordered(index, bound);
        boolean whole = bound + (several ? 1 : 0) == index.keys().size();
        List<byte[]> exact =
                index.unique() && whole ? ranges.stream().map(Range::from).toList() : null;
        return new Candidate(rank, new QueryPlan(index, ranges, exact, ordered));
    }

    /** Whether the entries after the first {@code bound} keys come as the query sorts. */
    private boolean ordered(IndexSpec index, int bound) {
        int next = bound;
        for (Map.Entry<String, Object> order : sort) {
            String field = order.getKey();
            boolean fixed =
                    index.keys().subList(0, bound).stream()
                            .anyMatch(key -> key.path().text().equals(field));
            if (fixed) {
                continue;
            }
            if (next == index.keys().size()) {
                return field.equals(ID) && ascends(order);
            }
            IndexSpec.Key key = index.keys().get(next++);
            if (!key.path().text().equals(field) || key.ascending() != ascends(order)) {
                return false;
            }
        }
        return true;
    }

    private static List<Range> each(byte[] equal, List<byte[]> values, boolean ascending) {
        List<Range> ranges = new ArrayList<>();
        for (byte[] value : ascending ? values : values.reversed()) {
            Bytes prefix = new Bytes(64).put(equal);
            append(prefix, value, ascending);
            ranges.add(whole(prefix.toArray()));
        }
        return ranges;
    }

    private static Range range(byte[] equal, Condition condition, boolean ascending) {
        byte[] first = ascending ? condition.low() : condition.high();
        byte[] last = ascending ? condition.high() : condition.low();
        Bytes from = new Bytes(64).put(equal);
        append(from, first, ascending);
        Bytes to = new Bytes(64).put(equal);
        append(to, last, ascending);
        return new Range(from.toArray(), Bytes.afterPrefix(to.toArray()));
    }

    private static void append(Bytes out, byte[] value, boolean ascending) {
        int start = out.size();
        out.put(value);
        if (!ascending) {
            out.complement(start);
        }
    }

    private static Range whole(byte[] prefix) {
        return new Range(prefix, Bytes.afterPrefix(prefix));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return new Bytes(first.length + second.length).put(first).put(second).toArray();
    }
}
