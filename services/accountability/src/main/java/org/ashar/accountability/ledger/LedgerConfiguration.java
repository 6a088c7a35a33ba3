package org.ashar.accountability.ledger;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.messaging.TopicGuard;
import org.ashar.web.KafkaSettings;
import org.ashar.web.MessageBundle;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The ledger put together. Read from the environment: {@code ashar.ledger.seed}, 32 bytes in hex,
 * the seed of its Ed25519 key; {@code ashar.ledger.origin}, the public address of {@code /ledger}
 * without scheme, which the first start fixes, or else {@code ashar.ledger.local-origin}; {@code
 * ashar.ledger.succeeds}, the key of the log that another seed and origin are to succeed; {@code
 * ashar.ledger.patience}, how long the process that writes may be silent before another one takes
 * its place, by default six seconds, never less than three.
 */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    /** Every service that publishes; this one publishes findings. */
    static final List<String> SERVICES =
            List.of("accountability", "budget-commitments", "progress-reports");

    private static final int HELD_LIMIT = 10_000;

    /** Three times as long as the process that writes is silent. */
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(3);

    @Bean
    MessageBundle ownMessages() {
        return new MessageBundle("accountability");
    }

    @Bean
    LedgerStore ledgerStore(MongoDatabase database) {
        LedgerStore store = new LedgerStore(database);
        store.createIndexes();
        return store;
    }

    @Bean
    Succession succession(MongoDatabase database, LedgerStore store) {
        return new Succession(database, store);
    }

    @Bean
    LogKey logKey(Succession succession, Environment environment) {
        String asked = environment.getProperty("ashar.ledger.origin", "");
        LogKey key =
                succession.key(
                        asked.isBlank()
                                ? environment.getProperty("ashar.ledger.local-origin", "")
                                : asked,
                        seed(environment.getRequiredProperty("ashar.ledger.seed")),
                        environment.getProperty("ashar.ledger.succeeds"));
        if (!asked.isBlank() && !asked.equals(key.origin())) {
            throw new IllegalStateException(
                    "the ledger is "
                            + key.origin()
                            + " for ever: ashar.ledger.origin cannot make it "
                            + asked);
        }
        return key;
    }

    @Bean
    PastLogs pastLogs(Succession succession, LedgerStore store, Ledger ledger) {
        return new PastLogs(succession, store, ledger);
    }

    private static Duration patience(Environment environment) {
        Duration patience =
                environment.getProperty(
                        "ashar.ledger.patience", Duration.class, Duration.ofSeconds(6));
        if (patience.compareTo(SHORTEST_PATIENCE) < 0) {
            throw new IllegalArgumentException(
                    "ashar.ledger.patience is to be " + SHORTEST_PATIENCE + " or more");
        }
        return patience;
    }

    private static byte[] seed(String hex) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "ashar.ledger.seed is to be 32 bytes in hex, which it is not");
        }
        return HexFormat.of().parseHex(hex);
    }

    @Bean
    Ledger ledger(LedgerStore store, LogKey key, Succession succession, MeterRegistry meters) {
        Ledger ledger = new Ledger(store, key, succession.firstName());
        Gauge.builder("ashar.ledger.size", ledger::size)
                .description("Entries that a published checkpoint covers")
                .register(meters);
        Gauge.builder("ashar.ledger.checkpoint.age", ledger::checkpointAge)
                .baseUnit("seconds")
                .description("Since this process heard last of a new checkpoint")
                .register(meters);
        return ledger;
    }

    @Bean
    Waiting waiting(MongoDatabase database, Clock clock) {
        return new Waiting(database, clock);
    }

    @Bean
    LedgerKeeping ledgerKeeping(Waiting waiting, LedgerFeed feed, MeterRegistry meters) {
        Gauge.builder("ashar.ledger.held", waiting::heldCount)
                .description("Events that wait for the one before them")
                .register(meters);
        Gauge.builder("ashar.ledger.parked", waiting::parkedCount)
                .description("Records that cannot be logged as they are")
                .register(meters);
        return new LedgerKeeping(waiting, feed);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LedgerFeed ledgerFeed(
            LedgerStore store,
            LogKey key,
            Ledger ledger,
            Waiting waiting,
            MongoDatabase database,
            KafkaSettings kafka,
            Environment environment) {
        return new LedgerFeed(
                kafka.client(),
                SERVICES.stream().map(KafkaCloudEvents::topic).toList(),
                new Sequencer(
                        store,
                        waiting,
                        key,
                        new TopicGuard(
                                environment.getRequiredProperty("ashar.installation"), SERVICES),
                        HELD_LIMIT,
                        ledger::published),
                new Lease(database, Lease.SEQUENCER, patience(environment)),
                ledger);
    }

    /** By this name Spring knows whether the application is ready. */
    @Bean
    LedgerReadiness readinessStateHealthIndicator(
            ApplicationAvailability availability, LedgerFeed feed) {
        return new LedgerReadiness(availability, feed);
    }
}
