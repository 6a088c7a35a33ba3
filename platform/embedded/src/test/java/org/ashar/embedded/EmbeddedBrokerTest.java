package org.ashar.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
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

    @Test
    void what_it_acknowledged_survives_being_killed() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            produceAndKill(acknowledged, round * 10_000);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            List<String> found = read(broker.bootstrap(), acknowledged.size());
            assertThat(found).containsSubsequence(acknowledged).doesNotHaveDuplicates();
        }
    }

    private void produceAndKill(List<String> acknowledged, int first) throws Exception {
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerChild.class.getName(),
                                folder.toString(),
                                Integer.toString(first))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int heard = 0;
        try (BufferedReader output = child.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("[0-9]+")) {
                    acknowledged.add(line);
                    if (++heard == 100) {
                        child.toHandle().destroyForcibly();
                    }
                }
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(heard).isGreaterThanOrEqualTo(100);
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
