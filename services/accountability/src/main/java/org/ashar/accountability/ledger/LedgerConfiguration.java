package org.ashar.accountability.ledger;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.messaging.TopicGuard;
import org.ashar.web.MessageBundle;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The ledger put together. Read from the environment: {@code ashar.ledger.seed}, 32 bytes in hex,
 * the seed of its Ed25519 key; {@code ashar.ledger.origin}, the public address of {@code /ledger}
 * without scheme, which the first start fixes.
 */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    private static final Bindable<Map<String, String>> TEXTS =
            Bindable.mapOf(String.class, String.class);

    /** Every service that publishes. */
    private static final List<String> SERVICES = List.of("budget-commitments", "progress-reports");

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
    LogKey logKey(LedgerStore store, Environment environment) {
        return store.identity(
                environment.getRequiredProperty("ashar.ledger.origin"),
                HexFormat.of().parseHex(environment.getRequiredProperty("ashar.ledger.seed")));
    }

    @Bean
    Ledger ledger(LedgerStore store, LogKey key, MeterRegistry meters) {
        Ledger ledger = new Ledger(store, key);
        Gauge.builder("ashar.ledger.size", ledger::size)
                .description("Entries that a published checkpoint covers")
                .register(meters);
        return ledger;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LedgerFeed ledgerFeed(
            LedgerStore store,
            LogKey key,
            Ledger ledger,
            MongoDatabase database,
            Environment environment,
            Clock clock) {
        Map<String, Object> kafka =
                new HashMap<>(
                        Binder.get(environment)
                                .bind("ashar.kafka.properties", TEXTS)
                                .orElseGet(Map::of));
        kafka.put("bootstrap.servers", environment.getRequiredProperty("ashar.kafka.bootstrap"));
        return new LedgerFeed(
                kafka,
                SERVICES.stream().map(KafkaCloudEvents::topic).toList(),
                new Sequencer(
                        store,
                        new Waiting(database, clock),
                        key,
                        new TopicGuard(
                                environment.getRequiredProperty("ashar.installation"), SERVICES),
                        ledger::published));
    }
}
