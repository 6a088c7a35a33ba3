package org.ashar.accountability.webhook;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.ashar.accountability.ledger.Lease;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.eventstore.KafkaCloudEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Webhooks put together, with {@link WebhookSettings} from the environment. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    /** How long a process that delivers may be silent before another one takes its place. */
    private static final Duration LEASE = Duration.ofSeconds(6);

    @Bean
    WebhookSettings webhookSettings(Environment environment) {
        return WebhookSettings.of(environment);
    }

    @Bean
    SubscriptionStore subscriptionStore(MongoDatabase database) {
        SubscriptionStore store = new SubscriptionStore(database);
        store.createIndexes();
        return store;
    }

    @Bean(destroyMethod = "close")
    Destinations destinations(WebhookSettings settings) {
        return new Destinations(InetAddress::getAllByName, settings.allowPrivate());
    }

    @Bean(destroyMethod = "close")
    Sender sender(Destinations destinations, WebhookSettings settings) {
        return new Sender(
                destinations, DefaultClientTlsStrategy.createDefault(), settings.within());
    }

    @Bean
    Courier courier(
            Destinations destinations,
            Sender sender,
            Clock clock,
            MeterRegistry meters,
            Environment environment) {
        return new Courier(
                destinations,
                sender,
                new SecretBox(environment.getRequiredProperty("ashar.secret")),
                clock,
                meters);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Deliveries deliveries(
            SubscriptionStore store,
            Ledger ledger,
            Courier courier,
            WebhookSettings settings,
            MongoDatabase database,
            MeterRegistry meters) {
        Deliveries deliveries =
                new Deliveries(
                        store,
                        ledger,
                        courier,
                        settings,
                        new Lease(database, "webhooks", LEASE),
                        LEASE);
        Gauge.builder("ashar.webhooks.running", deliveries::running)
                .description("Subscriptions that this process delivers")
                .register(meters);
        return deliveries;
    }

    @Bean
    Subscriptions subscriptions(
            SubscriptionStore store,
            Destinations destinations,
            Courier courier,
            Ledger ledger,
            WebhookSettings settings,
            Deliveries deliveries,
            Environment environment) {
        return new Subscriptions(
                store,
                destinations,
                courier,
                ledger,
                settings,
                KafkaCloudEvents.source(
                        environment.getRequiredProperty("ashar.installation"), "accountability"),
                deliveries::look);
    }
}
