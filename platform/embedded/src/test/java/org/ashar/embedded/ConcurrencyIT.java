package org.ashar.embedded;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Updates.inc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once: one winner, no answer before its time, nobody held up by another. */
final class ConcurrencyIT {
    private static final int CLIENTS = 16;

    @TempDir Path folder;
    private EmbeddedStore store;
    private MongoClient client;
    private MongoCollection<Document> lazy;
    private MongoCollection<Document> lasting;

    @BeforeEach
    void open() throws IOException {
        store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
        client = MongoClients.create(store.uri());
        lazy = client.getDatabase("test").getCollection("docs").withWriteConcern(WriteConcern.W1);
        lasting =
                lazy.withWriteConcern(WriteConcern.MAJORITY).withReadConcern(ReadConcern.MAJORITY);
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    private <T> List<T> atOnce(Callable<T> work) throws Exception {
        List<T> outcomes = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(executor.submit(work));
            }
            for (Future<T> one : running) {
                outcomes.add(one.get(2, TimeUnit.MINUTES));
            }
        }
        return outcomes;
    }

    @Test
    void of_those_who_insert_the_same_one_wins() throws Exception {
        lasting.createIndex(
                new Document("stream", 1).append("from", 1), new IndexOptions().unique(true));
        for (int round = 0; round < 30; round++) {
            int from = round;
            List<Boolean> won =
                    atOnce(
                            () -> {
                                try {
                                    lasting.insertOne(
                                            new Document("stream", "s").append("from", from));
                                    return true;
                                } catch (MongoWriteException e) {
                                    assertThat(e.getCode()).isEqualTo(11000);
                                    return false;
                                }
                            });
            assertThat(won).filteredOn(each -> each).hasSize(1);
        }
        assertThat(lasting.countDocuments()).isEqualTo(30);
    }

    @Test
    void no_increment_is_lost() throws Exception {
        lasting.insertOne(new Document("_id", "sum").append("n", 0));
        atOnce(
                () -> {
                    for (int i = 0; i < 50; i++) {
                        lazy.updateOne(eq("_id", "sum"), inc("n", 1));
                    }
                    return 0;
                });
        assertThat(lasting.find(eq("_id", "sum")).first()).containsEntry("n", CLIENTS * 50);
    }

    /** Nobody waits for the first write, so without waiting itself the read would be too early. */
    @Test
    void a_majority_read_is_answered_when_what_it_may_have_seen_is_on_disk() {
        lasting.createIndex(new Document("key", 1), new IndexOptions().unique(true));
        for (int i = 0; i < 20; i++) {
            int key = i;
            assertThat(
                            flushesDuring(
                                    () ->
                                            lazy.insertOne(
                                                    new Document("_id", key).append("key", key)),
                                    () -> lasting.find(eq("_id", key)).first()))
                    .isPositive();
            assertThat(
                            flushesDuring(
                                    () -> lazy.deleteOne(eq("_id", key)),
                                    () -> lasting.find(eq("_id", key)).first()))
                    .as("an empty answer tells something too")
                    .isPositive();
            lazy.insertOne(new Document("_id", key).append("key", key));
            assertThat(
                            flushesDuring(
                                    () -> lazy.updateOne(eq("_id", key), inc("seen", 1)),
                                    () ->
                                            assertThatThrownBy(
                                                            () ->
                                                                    lasting.insertOne(
                                                                            new Document(
                                                                                    "key", key)))
                                                    .isInstanceOf(MongoWriteException.class)))
                    .as("a refusal tells of another's write")
                    .isPositive();
        }
    }

    private long flushesDuring(Runnable write, Runnable read) {
        long before = store.journalFlushes();
        write.run();
        read.run();
        return store.journalFlushes() - before;
    }

    @Test
    void a_long_query_holds_up_nobody() throws Exception {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(new Document("_id", i).append("text", "text " + i));
        }
        lazy.insertMany(many);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> scans = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                scans.add(executor.submit(() -> lazy.countDocuments(regex("text", "9.*8$"))));
            }
            int meanwhile = 0;
            while (scans.stream().anyMatch(scan -> !scan.isDone())) {
                lazy.updateOne(eq("_id", meanwhile % 100), inc("touched", 1));
                meanwhile++;
            }
            assertThat(meanwhile).isPositive();
            for (Future<Long> scan : scans) {
                assertThat(scan.get(1, TimeUnit.MINUTES)).isPositive();
            }
        }
    }

    @Test
    void a_cursor_goes_on_while_documents_change() {
        for (int i = 0; i < 3_000; i++) {
            lazy.insertOne(new Document("_id", i));
        }
        List<Integer> seen = new ArrayList<>();
        try (MongoCursor<Document> cursor = lazy.find().batchSize(100).iterator()) {
            while (cursor.hasNext()) {
                int id = cursor.next().getInteger("_id");
                seen.add(id);
                if (id % 500 == 0) {
                    lazy.deleteMany(and(gte("_id", id + 1_000), gte("_id", 2_500)));
                    lazy.insertOne(new Document("_id", -id - 1));
                }
            }
        }
        assertThat(seen).doesNotHaveDuplicates().contains(0, 1_499);
    }

    @Test
    void index_lookups_stay_flat_as_documents_grow_in_number() {
        lasting.createIndex(new Document("place", 1).append("at", -1));
        lasting.createIndex(new Document("pending", 1), new IndexOptions().sparse(true));
        int inserted = 0;
        for (int size : List.of(10_000, 200_000)) {
            List<Document> batch = new ArrayList<>();
            while (inserted < size) {
                Document document =
                        new Document("_id", inserted)
                                .append("place", "p" + inserted / 20)
                                .append("at", inserted);
                batch.add(
                        inserted % 5_000 == 0
                                ? document.append("pending", "x" + inserted)
                                : document);
                inserted++;
                if (batch.size() == 1_000) {
                    lazy.insertMany(batch);
                    batch.clear();
                }
            }
            assertThat(documentsRead(() -> lazy.find(eq("_id", 77)).first())).isOne();
            assertThat(documentsRead(() -> lazy.find(eq("place", "p3")).into(new ArrayList<>())))
                    .isEqualTo(20);
            assertThat(
                            documentsRead(
                                    () ->
                                            lazy.updateOne(
                                                    and(eq("_id", 77), eq("at", 77)), inc("v", 1))))
                    .isOne();
            assertThat(
                            documentsRead(
                                    () -> lazy.find(regex("pending", "^")).into(new ArrayList<>())))
                    .isEqualTo(size / 5_000);
            assertThat(
                            documentsRead(
                                    () ->
                                            lazy.find()
                                                    .sort(new Document("place", 1).append("at", -1))
                                                    .limit(10)
                                                    .into(new ArrayList<>())))
                    .isLessThanOrEqualTo(16);
        }
    }

    private long documentsRead(Runnable query) {
        long before = store.documentsRead();
        query.run();
        return store.documentsRead() - before;
    }

    @Test
    void closing_under_load_keeps_all_that_was_answered() throws Exception {
        for (int round = 0; round < 5; round++) {
            AtomicInteger counted = new AtomicInteger();
            List<Future<List<String>>> clients = new ArrayList<>();
            try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
                for (int i = 0; i < CLIENTS; i++) {
                    MongoCollection<Document> mine = i % 2 == 0 ? lasting : lazy;
                    String prefix = "r" + round + "c" + i + "-";
                    clients.add(executor.submit(() -> insertUntilRefused(mine, prefix, counted)));
                }
                Awaitility.await().until(() -> counted.get() > 200);
                store.close();
                client.close();
            }
            open();
            List<String> answered = new ArrayList<>();
            for (Future<List<String>> one : clients) {
                answered.addAll(one.get(60, TimeUnit.SECONDS));
            }
            assertThat(answered).hasSizeGreaterThan(200);
            assertThat(lasting.find(in("_id", answered))).hasSameSizeAs(answered);
        }
    }

    /** The ids of all that was answered before the first refusal. */
    private static List<String> insertUntilRefused(
            MongoCollection<Document> documents, String prefix, AtomicInteger counted) {
        List<String> answered = new ArrayList<>();
        try {
            while (true) {
                String id = prefix + answered.size();
                documents.insertOne(new Document("_id", id));
                answered.add(id);
                counted.incrementAndGet();
            }
        } catch (MongoException | IllegalStateException closed) {
            return answered;
        }
    }
}
