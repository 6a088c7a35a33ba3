package org.ashar.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);

    @TempDir Path folder;

    @Test
    void keeps_messages_and_its_address_across_a_restart() throws Exception {
        String bootstrap;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            bootstrap = broker.bootstrap();
            createTopic(bootstrap);
            send(bootstrap, "one", "two");

            assertThatThrownBy(() -> EmbeddedBroker.start(folder))
                    .isInstanceOf(FolderInUseException.class)
                    .hasMessageContaining(folder.toString());
        }
        long begun = System.nanoTime();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            System.out.println(
                    "broker restarted in "
                            + Duration.ofNanos(System.nanoTime() - begun).toMillis()
                            + " ms");
            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
            send(bootstrap, "three");
            assertThat(read(bootstrap, 3)).containsExactly("one", "two", "three");
            assertThat(broker.failed()).isFalse();
        }
    }

    static void createTopic(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            NewTopic topic =
                    new NewTopic(PARTITION.topic(), 1, (short) 1)
                            .configs(Map.of("flush.messages", "1", "retention.ms", "-1"));
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
    }

    static void send(String bootstrap, String... values) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(
                                new ProducerRecord<>(
                                        PARTITION.topic(),
                                        "key",
                                        value.getBytes(StandardCharsets.UTF_8)))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    static List<String> read(String bootstrap, int atLeast) {
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            for (int polls = 0; polls < 50 && found.size() < atLeast; polls++) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    found.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }
}
