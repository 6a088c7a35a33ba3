package org.ashar.web;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How a service reaches the broker.
 *
 * @param client properties of every client: {@code ashar.kafka.bootstrap}, and what stands under
 *     {@code ashar.kafka.properties}
 * @param topic settings of the service's own topic, as they stand under {@code ashar.kafka.topic}
 */
public record KafkaSettings(Map<String, Object> client, Map<String, String> topic) {

    private static final Bindable<Map<String, String>> TEXTS =
            Bindable.mapOf(String.class, String.class);

    public KafkaSettings {
        client = Map.copyOf(client);
        topic = Map.copyOf(topic);
    }

    /** The address alone: among the others may be passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[" + client.get("bootstrap.servers") + "]";
    }

    static KafkaSettings of(Environment environment) {
        Binder binder = Binder.get(environment);
        Map<String, Object> client =
                new HashMap<>(binder.bind("ashar.kafka.properties", TEXTS).orElseGet(Map::of));
        client.put("bootstrap.servers", environment.getRequiredProperty("ashar.kafka.bootstrap"));
        return new KafkaSettings(
                client, binder.bind("ashar.kafka.topic", TEXTS).orElseGet(Map::of));
    }
}
