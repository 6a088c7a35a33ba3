package org.ashar.embedded;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what the store does a second; asserts only that work is shared, not how fast it is. */
final class ThroughputIT {
    private static final int WRITERS = 16;
    private static final int DOCUMENTS = Integer.getInteger("ashar.throughput.documents", 20_000);

    @TempDir Path folder;

    @Test
    void writers_share_flushes() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> commits =
                    client.getDatabase("speed")
                            .getCollection("commits")
                            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
            commits.createIndex(
                    Indexes.ascending("stream", "from"), new IndexOptions().unique(true));
            commits.createIndex(
                    Indexes.ascending("stream", "commandId"), new IndexOptions().unique(true));
            long flushes = store.journalFlushes();
            long cpu = cpuMicros();
            long begun = System.nanoTime();
            insert(commits);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            long shared = store.journalFlushes() - flushes;
            System.out.printf(
                    "%d inserts with j:true by %d writers: %d/s, %d us of processor each, driver included, %d flushes%n",
                    DOCUMENTS,
                    WRITERS,
                    DOCUMENTS * 1000L / took.toMillis(),
                    (cpuMicros() - cpu) / DOCUMENTS,
                    shared);
            long read = store.documentsRead();
            begun = System.nanoTime();
            for (int i = 0; i < 2_000; i++) {
                assertThat(commits.find(and(eq("stream", "s" + i), eq("from", i))).first())
                        .isNotNull();
            }
            System.out.printf(
                    "2000 index lookups by one reader: %d/s%n",
                    2_000_000L / Duration.ofNanos(System.nanoTime() - begun).toMillis());

            assertThat(store.documentsRead() - read).isEqualTo(2_000);
            assertThat(shared).isLessThan(DOCUMENTS * 3 / 4);
            assertThat(commits.countDocuments()).isEqualTo(DOCUMENTS);
        }
    }

    private static long cpuMicros() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1000;
    }

    private static void insert(MongoCollection<Document> commits) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(WRITERS)) {
            for (int w = 0; w < WRITERS; w++) {
                writers.add(
                        executor.submit(
                                () -> {
                                    for (int i = next.getAndIncrement();
                                            i < DOCUMENTS;
                                            i = next.getAndIncrement()) {
                                        commits.insertOne(
                                                new Document("_id", "s" + i + "@1")
                                                        .append("stream", "s" + i)
                                                        .append("from", i)
                                                        .append("commandId", "c" + i)
                                                        .append("events", "x".repeat(500)));
                                    }
                                }));
            }
            for (Future<?> writer : writers) {
                writer.get(5, TimeUnit.MINUTES);
            }
        }
    }
}
