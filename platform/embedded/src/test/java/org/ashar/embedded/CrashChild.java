package org.ashar.embedded;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.bson.Document;

/**
 * The process that is killed: eight writers insert, update and delete, and say on standard output
 * what was acknowledged, after it was. {@code I writer n}: document n was inserted; {@code U writer
 * n}: the writer's counter was set to n; {@code D writer n}: document n was deleted.
 */
final class CrashChild {
    static final int WRITERS = 8;
    static final int KEPT = 5;

    private CrashChild() {}

    public static void main(String[] args) throws Exception {
        EmbeddedStoreOptions sized =
                new EmbeddedStoreOptions(Long.parseLong(args[1]), 1 << 20, true);
        boolean journal = Boolean.parseBoolean(args[2]);
        long first = Long.parseLong(args[3]);
        EmbeddedStore store =
                EmbeddedStore.open(Path.of(args[0]), journal ? sized : sized.withoutJournal());
        MongoClient client = MongoClients.create(store.uri());
        MongoCollection<Document> documents =
                client.getDatabase("crash")
                        .getCollection("documents")
                        .withWriteConcern(WriteConcern.JOURNALED);
        documents.createIndex(new Document("key", 1), new IndexOptions().unique(true));
        documents.createIndex(new Document("writer", 1).append("n", -1));
        MongoCollection<Document> counters =
                client.getDatabase("crash")
                        .getCollection("counters")
                        .withWriteConcern(WriteConcern.MAJORITY);
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            Thread.ofPlatform().start(() -> write(documents, counters, writer, first));
        }
        new CountDownLatch(1).await();
    }

    private static void write(
            MongoCollection<Document> documents,
            MongoCollection<Document> counters,
            int writer,
            long first) {
        for (long n = first; ; n++) {
            documents.insertOne(
                    new Document("_id", writer + "-" + n)
                            .append("key", "k" + n + "/" + writer)
                            .append("writer", writer)
                            .append("n", n)
                            .append("pad", "x".repeat((int) (n % 700))));
            say("I", writer, n);
            counters.updateOne(eq("_id", writer), set("n", n), new UpdateOptions().upsert(true));
            say("U", writer, n);
            if (n - KEPT >= first && n % 3 == 0) {
                documents.deleteOne(eq("_id", writer + "-" + (n - KEPT)));
                say("D", writer, n - KEPT);
            }
        }
    }

    private static void say(String what, int writer, long n) {
        synchronized (CrashChild.class) {
            System.out.println(what + " " + writer + " " + n);
            System.out.flush();
        }
    }
}
