package org.ashar.web;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.ashar.eventstore.EventStore;
import org.ashar.eventstore.EventStoreSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * What every service stands on: {@link AsharHttpConfiguration}, callers and commands, its database
 * {@code ashar_<service>}, its event store and relay.
 *
 * <p>Read from the environment: {@code spring.application.name} (in its own file), {@code
 * ashar.installation}, {@code ashar.mongodb.uri}, {@code ashar.kafka.bootstrap} (further client
 * settings under {@code ashar.kafka.properties}, the topic's under {@code ashar.kafka.topic},
 * {@code ashar.kafka.replication}), {@code ashar.issuer}, {@code ashar.jwks}, {@code ashar.secret}.
 * One that is missing stops the start and is named. Not needed: {@code ashar.instance}, a name that
 * no other process of the service has and that this one keeps when it is started again; its views
 * then go on at once after a crash.
 *
 * <p>At the end the server stops taking requests and finishes those it has, then the relay stops,
 * then the connections close.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    AsharHttpConfiguration.class,
    CommandConfiguration.class,
    ContractDocuments.class,
    OperatorEndpoints.class
})
public class AsharServiceConfiguration {

    /** Settings in the address win over these. */
    @Bean(destroyMethod = "close")
    MongoClient mongoClient(Environment environment) {
        return MongoClients.create(
                MongoClientSettings.builder()
                        .applicationName(
                                "ashar-"
                                        + environment.getRequiredProperty(
                                                "spring.application.name"))
                        .applyToClusterSettings(
                                cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                        .applyToSocketSettings(
                                socket ->
                                        socket.connectTimeout(3, TimeUnit.SECONDS)
                                                .readTimeout(15, TimeUnit.SECONDS))
                        .applyToConnectionPoolSettings(
                                pool ->
                                        pool.maxSize(100)
                                                .maxWaitTime(3, TimeUnit.SECONDS)
                                                .maxConnectionIdleTime(5, TimeUnit.MINUTES))
                        .applyConnectionString(
                                new ConnectionString(
                                        environment.getRequiredProperty("ashar.mongodb.uri")))
                        .build());
    }

    @Bean
    MongoDatabase database(MongoClient client, Environment environment) {
        String service = environment.getRequiredProperty("spring.application.name");
        return client.getDatabase("ashar_" + service.replace('-', '_'));
    }

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        return KafkaSettings.of(environment);
    }

    @Bean(destroyMethod = "close")
    EventStore eventStore(
            MongoDatabase database, KafkaSettings kafka, Environment environment, Clock clock) {
        EventStoreSettings settings =
                EventStoreSettings.of(
                                environment.getRequiredProperty("ashar.installation"),
                                environment.getRequiredProperty("spring.application.name"),
                                kafka.client())
                        .withTopic(
                                environment.getProperty(
                                        "ashar.kafka.replication", Short.class, (short) -1),
                                kafka.topic());
        return EventStore.open(database, settings, clock);
    }

    @Bean
    RelayMeters relayMeters(EventStore store, MeterRegistry meters, Clock clock) {
        return new RelayMeters(store, meters, clock);
    }

    /** How far the relay is behind, as gauges. */
    static final class RelayMeters {

        RelayMeters(EventStore store, MeterRegistry meters, Clock clock) {
            Gauge.builder("ashar.relay.waiting", () -> store.relay().status().waiting())
                    .description("Commits handed to the relay and not yet acknowledged")
                    .register(meters);
            Gauge.builder(
                            "ashar.relay.lag",
                            () -> secondsSince(store.relay().status().oldest(), clock))
                    .description("Age of the oldest of them")
                    .baseUnit("seconds")
                    .register(meters);
            Gauge.builder(
                            "ashar.relay.failing",
                            () -> secondsSince(store.relay().status().failingSince(), clock))
                    .description("For how long sending has failed")
                    .baseUnit("seconds")
                    .register(meters);
        }

        private static double secondsSince(@Nullable Instant start, Clock clock) {
            return start == null
                    ? 0
                    : Math.max(0, Duration.between(start, clock.instant()).toMillis() / 1000.0);
        }
    }
}
