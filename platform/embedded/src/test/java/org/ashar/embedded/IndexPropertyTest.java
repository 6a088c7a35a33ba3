package org.ashar.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random documents, changes, filters and sorts: with indexes in the way the store answers as a
 * plain list does. Memory is so small that most of it is in files.
 */
final class IndexPropertyTest {
    private static final EmbeddedStoreOptions TINY =
            new EmbeddedStoreOptions(8 << 10, 32 << 10, true);
    private static final List<String> SORTABLE = List.of("n", "s", "at", "in.x", "_id");

    @TempDir Path folder;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<Integer, Document> model = new TreeMap<>();

    private record Condition(Bson filter, Predicate<Document> oracle) {}

    @Test
    void indexes_never_change_an_answer() throws Exception {
        System.out.println("IndexPropertyTest seed " + seed);
        for (int session = 0; session < 4; session++) {
            try (EmbeddedStore store = EmbeddedStore.open(folder, TINY);
                    MongoClient client = MongoClients.create(store.uri())) {
                MongoCollection<Document> collection =
                        client.getDatabase("test").getCollection("docs");
                if (session == 0) {
                    createIndexes(collection);
                } else if (session == 2) {
                    collection.dropIndexes();
                    createIndexes(collection);
                }
                for (int step = 0; step < 400; step++) {
                    if (random.nextInt(3) == 0) {
                        query(collection);
                    } else {
                        change(collection);
                    }
                }
            }
        }
    }

    private static void createIndexes(MongoCollection<Document> collection) {
        collection.createIndex(new Document("n", 1).append("s", 1));
        collection.createIndex(new Document("s", 1).append("at", -1));
        collection.createIndex(new Document("at", -1).append("n", 1));
        collection.createIndex(new Document("tags", 1).append("n", -1));
        collection.createIndex(new Document("in.x", 1));
        collection.createIndex(new Document("opt", 1), new IndexOptions().sparse(true));
        collection.createIndex(new Document("u", 1), new IndexOptions().unique(true).sparse(true));
        collection.createIndex(
                new Document("n", -1).append("u", 1), new IndexOptions().sparse(true));
    }

    private void change(MongoCollection<Document> collection) {
        int id = random.nextInt(300);
        switch (random.nextInt(6)) {
            case 0 -> {
                collection.deleteOne(Filters.eq("_id", id));
                model.remove(id);
            }
            case 1 -> {
                @Nullable String text = text();
                Bson update = text == null ? Updates.unset("s") : Updates.set("s", text);
                collection.updateOne(Filters.eq("_id", id), update);
                Document before = model.get(id);
                if (before != null && text == null) {
                    before.remove("s");
                } else if (before != null) {
                    before.put("s", text);
                }
            }
            case 2 -> replace(collection, id, document(id));
            default -> insert(collection, id, document(id));
        }
    }

    private boolean collides(Document document) {
        return document.containsKey("u")
                && model.values().stream()
                        .anyMatch(
                                other ->
                                        !Objects.equals(other.get("_id"), document.get("_id"))
                                                && Objects.equals(
                                                        document.get("u"), other.get("u")));
    }

    private void insert(MongoCollection<Document> collection, int id, Document document) {
        boolean refused = model.containsKey(id) || collides(document);
        try {
            collection.insertOne(new Document(document));
            assertThat(refused).as("seed %d: %s", seed, document).isFalse();
            model.put(id, document);
        } catch (MongoWriteException e) {
            assertThat(refused).as("seed %d: %s", seed, e.getMessage()).isTrue();
            assertThat(e.getCode()).isEqualTo(11000);
        }
    }

    private void replace(MongoCollection<Document> collection, int id, Document document) {
        boolean refused = model.containsKey(id) && collides(document);
        try {
            collection.replaceOne(Filters.eq("_id", id), document);
            assertThat(refused).as("seed %d: %s", seed, document).isFalse();
            model.computeIfPresent(id, (_, _) -> document);
        } catch (MongoWriteException e) {
            assertThat(refused).as("seed %d: %s", seed, e.getMessage()).isTrue();
        }
    }

    private Document document(int id) {
        Document document = new Document("_id", id);
        Object number = number();
        if (number != null) {
            document.append("n", number);
        }
        String text = text();
        if (text != null) {
            document.append("s", text);
        }
        if (random.nextBoolean()) {
            document.append("at", random.nextInt(5) == 0 ? null : date());
        }
        if (random.nextBoolean()) {
            List<Object> tags = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                tags.add(random.nextInt(6));
            }
            document.append("tags", tags);
        }
        if (random.nextBoolean()) {
            document.append("in", new Document("x", random.nextInt(5)));
        }
        if (random.nextInt(4) == 0) {
            document.append("opt", "id" + id);
        }
        if (random.nextInt(3) == 0) {
            document.append("u", random.nextInt(1000));
        }
        return document;
    }

    private @Nullable Object number() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> (long) random.nextInt(8) - 4;
            case 2 -> random.nextInt(16) / 2.0 - 4;
            default -> random.nextInt(8) - 4;
        };
    }

    private @Nullable String text() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "a\u0000b";
            case 3 -> "қыш" + random.nextInt(3);
            default -> "ab".substring(random.nextInt(2)) + random.nextInt(4);
        };
    }

    private Instant date() {
        return Instant.ofEpochSecond(random.nextBoolean() ? 1_700_000_000L : -100_000_000L)
                .plusSeconds(random.nextInt(6));
    }

    private void query(MongoCollection<Document> collection) {
        List<Condition> conditions =
                Stream.generate(this::condition).limit(random.nextInt(4)).toList();
        Bson filter =
                conditions.isEmpty()
                        ? new Document()
                        : Filters.and(conditions.stream().map(Condition::filter).toList());
        Document sort = new Document();
        for (int i = random.nextInt(3); i > 0; i--) {
            sort.append(
                    SORTABLE.get(random.nextInt(SORTABLE.size())), random.nextBoolean() ? 1 : -1);
        }
        sort.append("_id", sort.getInteger("_id", 1));
        int skip = random.nextInt(4) == 0 ? random.nextInt(5) : 0;
        int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
        List<Object> expected =
                model.values().stream()
                        .filter(
                                document ->
                                        conditions.stream().allMatch(c -> c.oracle.test(document)))
                        .sorted(comparator(sort))
                        .skip(skip)
                        .limit(limit == 0 ? Long.MAX_VALUE : limit)
                        .map(document -> document.get("_id"))
                        .toList();

        List<Object> found =
                collection
                        .find(filter)
                        .sort(sort)
                        .skip(skip)
                        .limit(limit)
                        .batchSize(1 + random.nextInt(50))
                        .map(document -> document.get("_id"))
                        .into(new ArrayList<>());

        assertThat(found)
                .as("seed %d: %s sort %s", seed, filter.toBsonDocument(), sort)
                .isEqualTo(expected);
        if (skip == 0 && limit == 0) {
            assertThat(collection.countDocuments(filter)).isEqualTo(expected.size());
        }
    }

    private static Comparator<Document> comparator(Document sort) {
        Comparator<Document> comparator = (_, _) -> 0;
        for (Map.Entry<String, Object> order : sort.entrySet()) {
            Comparator<Document> next =
                    (a, b) -> compare(value(a, order.getKey()), value(b, order.getKey()));
            comparator =
                    comparator.thenComparing(order.getValue().equals(1) ? next : next.reversed());
        }
        return comparator;
    }

    private static @Nullable Object value(Document document, String field) {
        return field.equals("in.x")
                ? document.get("in", new Document()).get("x")
                : document.get(field);
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return switch (a) {
            case Number number -> Double.compare(number.doubleValue(), ((Number) b).doubleValue());
            case String text -> text.compareTo((String) b);
            case Instant time -> time.compareTo((Instant) b);
            default -> throw new IllegalStateException("not sorted by: " + a);
        };
    }

    private Condition condition() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> comparison("n", Objects.requireNonNullElse(number(), 0));
            case 2 -> comparison("s", Objects.requireNonNullElse(text(), "b"));
            case 3 -> comparison("at", date());
            case 4 -> comparison("in.x", random.nextInt(5));
            case 5 -> isNull(random.nextBoolean() ? "at" : "opt");
            case 6 -> oneOf();
            case 7 -> tag();
            default -> prefix();
        };
    }

    private Condition comparison(String field, Object bound) {
        return switch (random.nextInt(5)) {
            case 0 -> new Condition(Filters.gt(field, bound), is(field, bound, order -> order > 0));
            case 1 ->
                    new Condition(Filters.gte(field, bound), is(field, bound, order -> order >= 0));
            case 2 -> new Condition(Filters.lt(field, bound), is(field, bound, order -> order < 0));
            case 3 ->
                    new Condition(Filters.lte(field, bound), is(field, bound, order -> order <= 0));
            default ->
                    new Condition(Filters.eq(field, bound), is(field, bound, order -> order == 0));
        };
    }

    private static Predicate<Document> is(String field, Object bound, Predicate<Integer> order) {
        return document -> {
            Object value = value(document, field);
            return value != null && order.test(compare(value, bound));
        };
    }

    private static Condition isNull(String field) {
        return new Condition(Filters.eq(field, null), document -> document.get(field) == null);
    }

    private Condition oneOf() {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            values.add(Objects.requireNonNullElse(number(), 1));
        }
        return new Condition(
                Filters.in("n", values),
                document -> {
                    Object value = document.get("n");
                    return value != null
                            && values.stream().anyMatch(other -> compare(value, other) == 0);
                });
    }

    private Condition tag() {
        int tag = random.nextInt(6);
        return new Condition(
                Filters.eq("tags", tag),
                document -> document.get("tags") instanceof List<?> tags && tags.contains(tag));
    }

    private Condition prefix() {
        String field = random.nextBoolean() ? "s" : "opt";
        String prefix = List.of("", "a", "ab", "қ", "id1").get(random.nextInt(5));
        return new Condition(
                Filters.regex(field, "^" + prefix),
                document -> document.get(field) instanceof String text && text.startsWith(prefix));
    }
}
