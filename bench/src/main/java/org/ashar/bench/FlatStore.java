package org.ashar.bench;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.bson.Document;

/**
 * Whether what a command does in the embedded store stays as quick when there are many commits:
 * loading by key, an update guarded by a version, and the sweep for what is pending.
 */
final class FlatStore {

    private static final int BATCH = 1_000;
    private static final int TIMED = 5_000;
    private static final int PENDING = 50;

    private final Path folder;
    private final Sizes sizes;
    private final Table table;
    private final PrintStream out;

    FlatStore(Path folder, Sizes sizes, Table table, PrintStream out) {
        this.folder = folder;
        this.sizes = sizes;
        this.table = table;
        this.out = out;
    }

    void run() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> commits = client.getDatabase("flat").getCollection("commits");
            MongoCollection<Document> currents =
                    client.getDatabase("flat")
                            .getCollection("current")
                            .withWriteConcern(WriteConcern.W1);
            IndexOptions unique = new IndexOptions().unique(true);
            commits.createIndex(ascending("stream", "from"), unique);
            commits.createIndex(ascending("stream", "to"), unique);
            commits.createIndex(ascending("stream", "commandId"), unique);
            commits.createIndex(ascending("pending"), new IndexOptions().sparse(true));
            int stored = 0;
            double[] first = null;
            for (int size : sizes.flat()) {
                out.println("filling the store to " + size + " commits");
                fill(commits, currents, stored, size);
                stored = size;
                double[] micros = measure(commits, currents, size);
                if (first == null) {
                    first = micros;
                }
                String at = " at " + size + " commits";
                table.add("load a commit" + at, micros[0], "first size", first[0], "µs", "≤ 1.5");
                table.add("guarded update" + at, micros[1], "first size", first[1], "µs", "≤ 1.5");
                table.add(
                        "sweep of " + PENDING + " pending" + at,
                        micros[2],
                        "first size",
                        first[2],
                        "µs",
                        "≤ 1.5");
            }
        }
    }

    private static void fill(
            MongoCollection<Document> commits,
            MongoCollection<Document> currents,
            int from,
            int to) {
        for (int start = from; start < to; start += BATCH) {
            List<Document> batch = new ArrayList<>(BATCH);
            List<Document> current = new ArrayList<>();
            for (int n = start; n < Math.min(to, start + BATCH); n++) {
                batch.add(commit(n));
                if (n % 20 == 0) {
                    current.add(
                            new Document("_id", stream(n))
                                    .append("version", 20L)
                                    .append("state", "x".repeat(600)));
                }
            }
            commits.insertMany(batch);
            if (!current.isEmpty()) {
                currents.insertMany(current);
            }
        }
    }

    private static Document commit(int n) {
        Document commit =
                new Document("_id", stream(n) + "@" + (n % 20 + 1))
                        .append("stream", stream(n))
                        .append("from", (long) (n % 20 + 1))
                        .append("to", (long) (n % 20 + 1))
                        .append("commandId", "command-" + n)
                        .append("events", "x".repeat(800));
        return n < PENDING ? commit.append("pending", commit.getString("_id")) : commit;
    }

    /** Microseconds of one load, one guarded update and one sweep. */
    private static double[] measure(
            MongoCollection<Document> commits, MongoCollection<Document> currents, int size) {
        Random random = new Random(size);
        Consumer<Integer> load =
                n ->
                        required(
                                commits.find(
                                                and(
                                                        eq("stream", stream(n)),
                                                        eq("from", (long) (n % 20 + 1))))
                                        .first());
        Consumer<Integer> update =
                n -> {
                    String id = stream(n);
                    Document before = required(currents.find(eq("_id", id)).first());
                    long version = before.getLong("version");
                    if (currents.updateOne(
                                            and(eq("_id", id), eq("version", version)),
                                            Updates.set("version", version + 1))
                                    .getModifiedCount()
                            != 1) {
                        throw new IllegalStateException(
                                "the guarded update of " + id + " changed nothing");
                    }
                };
        Consumer<Integer> sweep =
                n -> {
                    int found =
                            commits.find(regex("pending", "^"))
                                    .limit(PENDING)
                                    .into(new ArrayList<>())
                                    .size();
                    if (found != PENDING) {
                        throw new IllegalStateException("the sweep found " + found);
                    }
                };
        return new double[] {
            micros(load, TIMED, size, random),
            micros(update, TIMED, size, random),
            micros(sweep, TIMED / 10, size, random)
        };
    }

    private static double micros(Consumer<Integer> operation, int times, int size, Random random) {
        for (int i = 0; i < times / 5; i++) {
            operation.accept(random.nextInt(size));
        }
        long from = System.nanoTime();
        for (int i = 0; i < times; i++) {
            operation.accept(random.nextInt(size));
        }
        return (System.nanoTime() - from) / 1000.0 / times;
    }

    private static String stream(int n) {
        return "commitment/" + String.format(java.util.Locale.ROOT, "%026d", n / 20);
    }

    private static Document required(@org.jspecify.annotations.Nullable Document found) {
        if (found == null) {
            throw new IllegalStateException("a document is missing");
        }
        return found;
    }
}
