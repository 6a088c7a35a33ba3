package org.ashar.bench;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Durable inserts by the driver alone: what the store does without an HTTP server before it. */
final class RawStore {

    private RawStore() {}

    static void measure(String uri, Sizes sizes, Table table) {
        List<Double> runs = new ArrayList<>();
        try (MongoClient client = MongoClients.create(uri)) {
            for (int run = 0; run < sizes.runs(); run++) {
                runs.add(insertsPerSecond(client, "raw" + run, 2 * sizes.commands()));
            }
        }
        table.add("floor: durable inserts by the driver", Median.of(runs), "/s", "");
    }

    private static double insertsPerSecond(MongoClient client, String name, int count) {
        MongoCollection<BsonDocument> collection =
                client.getDatabase("floor")
                        .getCollection(name, BsonDocument.class)
                        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        byte[] body = Village.draft("Clean water");
        AtomicInteger next = new AtomicInteger();
        long from = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(Commands.CONNECTIONS)) {
            for (int i = 0; i < Commands.CONNECTIONS; i++) {
                threads.execute(
                        () -> {
                            for (int n = next.getAndIncrement();
                                    n < count;
                                    n = next.getAndIncrement()) {
                                collection.insertOne(
                                        new BsonDocument("_id", new BsonString(name + n))
                                                .append("body", new BsonBinary(body)));
                            }
                        });
            }
        }
        return count / ((System.nanoTime() - from) / 1e9);
    }
}
