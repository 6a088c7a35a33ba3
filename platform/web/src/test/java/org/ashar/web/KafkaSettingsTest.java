package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class KafkaSettingsTest {

    @Test
    void passwords_reach_the_clients_and_no_text() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "test",
                                Map.of(
                                        "ashar.kafka.bootstrap", "broker.example.org:9093",
                                        "ashar.kafka.properties.[ssl.key.password]", "hunter2",
                                        "ashar.kafka.topic.[flush.messages]", "1")));
        KafkaSettings settings = KafkaSettings.of(environment);
        assertThat(settings.client())
                .containsEntry("bootstrap.servers", "broker.example.org:9093")
                .containsEntry("ssl.key.password", "hunter2");
        assertThat(settings.topic()).containsEntry("flush.messages", "1");
        assertThat(settings.toString()).contains("broker.example.org").doesNotContain("hunter2");
    }
}
