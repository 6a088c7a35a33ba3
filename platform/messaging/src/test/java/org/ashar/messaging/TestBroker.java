package org.ashar.messaging;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ashar.embedded.EmbeddedBroker;

/** A broker for one test class. */
final class TestBroker implements AutoCloseable {

    private final Path folder;
    private EmbeddedBroker broker;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> unanswered = new ArrayList<>();

    TestBroker(Path folder) {
        this.folder = folder;
        this.broker = start(folder);
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrap());
        this.admin = Admin.create(properties);
        this.producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    private static EmbeddedBroker start(Path folder) {
        try {
            return EmbeddedBroker.start(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is away while {@code meanwhile} runs, and back, at the same address, when it answers. */
    void awayFor(Runnable meanwhile) {
        stopBroker();
        try {
            meanwhile.run();
        } finally {
            broker = start(folder);
        }
    }

    private void stopBroker() {
        try {
            broker.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The members that the broker knows of in a group, by their names where they have one. */
    List<String> members(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(description -> description.members().stream())
                .map(member -> member.groupInstanceId().orElse(member.consumerId()))
                .toList();
    }

    /** The same, once they have all been told what is theirs; none before. */
    List<String> settled(String group) {
        boolean stable =
                get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                        .allMatch(description -> description.groupState() == GroupState.STABLE);
        return stable ? members(group) : List.of();
    }

    /** Lets a group have committed the present end of a topic, as if it had been there before. */
    void commitEnds(String group, String topic, int partitions) {
        Map<TopicPartition, OffsetAndMetadata> ends =
                get(admin.listOffsets(ends(topic, partitions)).all()).entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        end -> new OffsetAndMetadata(end.getValue().offset())));
        get(admin.alterConsumerGroupOffsets(group, ends).all());
    }

    /** Somebody in a group, who stays in it until closed. */
    KafkaConsumer<String, byte[]> member(String group, String topic) {
        KafkaConsumer<String, byte[]> member =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap(), "group.id", group),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        member.subscribe(List.of(topic));
        await().atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .until(
                        () -> {
                            member.poll(Duration.ofMillis(100));
                            return !member.assignment().isEmpty();
                        });
        return member;
    }

    private static Map<TopicPartition, OffsetSpec> ends(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(p -> new TopicPartition(topic, p))
                .collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    void createTopic(String topic, int partitions) {
        get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all());
        // Answered only when every partition has its leader: a producer that comes earlier may
        // send its second batch before its first.
        Map<TopicPartition, OffsetSpec> all = ends(topic, partitions);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> get(admin.listOffsets(all).all()).size() == partitions);
    }

    Set<String> groups() {
        return get(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toSet());
    }

    /** Sent in order; there when {@link #flush} answers. */
    void send(ProducerRecord<String, byte[]> sent) {
        unanswered.add(producer.send(sent));
    }

    /** There when it answers; compressed, so that the broker takes what is far over its limit. */
    void sendCompressed(List<ProducerRecord<String, byte[]>> large) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        bootstrap(),
                        "compression.type",
                        "gzip",
                        "batch.size",
                        0,
                        "max.request.size",
                        50_000_000,
                        "buffer.memory",
                        50_000_000L);
        try (KafkaProducer<String, byte[]> compressing =
                new KafkaProducer<>(
                        properties, new StringSerializer(), new ByteArraySerializer())) {
            large.forEach(sent -> get(compressing.send(sent)));
        }
    }

    void flush() {
        producer.flush();
        unanswered.forEach(TestBroker::get);
        unanswered.clear();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
        stopBroker();
    }
}
