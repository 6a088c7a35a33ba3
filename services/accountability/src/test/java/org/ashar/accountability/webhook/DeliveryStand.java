package org.ashar.accountability.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.ashar.accountability.ledger.LedgerStand;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log on a store over the wire, a process that delivers it, and who is delivered to. */
abstract class DeliveryStand {

    static final Duration SOON = Duration.ofSeconds(60);
    static EmbeddedStore embedded;
    private static int databases;

    final MovedClock clock = new MovedClock();
    MongoClient client;
    String database;
    LedgerStand log;
    Receiver receiver;
    Instance instance;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        embedded = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
    }

    @AfterAll
    static void close() {
        embedded.close();
    }

    @BeforeEach
    void begin() throws Exception {
        database = "webhooks" + databases++;
        client = MongoClients.create(embedded.uri());
        log = new LedgerStand(client.getDatabase(database));
        receiver = new Receiver();
        instance = start(Instance.SETTINGS);
    }

    @AfterEach
    void end() {
        instance.close();
        receiver.close();
        client.close();
    }

    final Instance start(WebhookSettings settings) {
        return new Instance(embedded.uri(), database, log.ledger(), settings, clock).start();
    }

    final void restart(WebhookSettings settings) {
        instance.close();
        instance = start(settings);
    }

    final void awaitAll(int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(receiver.indexes()).isEqualTo(upTo(count)));
    }

    static List<Long> upTo(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
