package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What one service kept: its commits, and its topic from the first event on. Knows the stored
 * forms, asks none of the service's code what they should be.
 */
final class Kept {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String service;
    private final Map<String, List<Document>> commits = new HashMap<>();
    private final Map<String, TreeMap<Long, PublishedEvent>> published = new HashMap<>();

    private Kept(String service) {
        this.service = service;
    }

    static Kept of(String service, String store) {
        Kept kept = new Kept(service);
        kept.readCommits(store);
        return kept;
    }

    boolean hasPublished(String stream) {
        return published.containsKey(stream);
    }

    /** All that is on the topic. */
    List<PublishedEvent> published() {
        return published.values().stream().flatMap(events -> events.values().stream()).toList();
    }

    /** Each of them took effect in a commit of its own that says what it said; nothing else did. */
    void holds(List<Attempt> answered) {
        Set<String> seen = new HashSet<>();
        for (Attempt attempt : answered) {
            Document commit = commitOf(attempt);
            assertThat(seen.add(commit.getString("_id")))
                    .as("a commit of its own: %s", attempt)
                    .isTrue();
            List<Document> events = commit.getList("events", Document.class);
            assertThat(events.getFirst().getString("name"))
                    .as("%s", attempt)
                    .isEqualTo(attempt.deed().fact);
            if (attempt.saysItsKey()) {
                assertThat(events.getFirst().getString("json"))
                        .as("%s", attempt)
                        .contains(Attempt.words(attempt.key()));
            }
        }
        long made =
                answered.stream()
                        .map(Attempt::stream)
                        .distinct()
                        .mapToLong(stream -> commits.getOrDefault(stream, List.of()).size())
                        .sum();
        assertThat(made).as("as many commits as commands took effect").isEqualTo(answered.size());
        versionsHaveNoGap();
        eachCreateMadeOneStream(answered);
    }

    /** Every published event is on the topic, in order, with the same bytes each time. */
    void reachesTheTopic(String kafka) {
        readTopic(kafka);
        theTopicSaysWhatTheCommitsSay();
    }

    private Document commitOf(Attempt attempt) {
        return commits.getOrDefault(attempt.stream(), List.of()).stream()
                .filter(commit -> commit.getLong("to") == attempt.known().version())
                .findFirst()
                .orElseThrow(() -> new AssertionError("lost: " + attempt));
    }

    private void readCommits(String store) {
        try (MongoClient client = MongoClients.create(store)) {
            client.getDatabase("ashar_" + service.replace('-', '_'))
                    .getCollection("commits")
                    .withReadConcern(ReadConcern.MAJORITY)
                    .find()
                    .forEach(
                            commit ->
                                    commits.computeIfAbsent(
                                                    commit.getString("stream"),
                                                    _ -> new ArrayList<>())
                                            .add(commit));
        }
    }

    /** Also among the streams that no answer named: what a create said began exactly one. */
    private void eachCreateMadeOneStream(List<Attempt> answered) {
        Map<String, Integer> begun = new HashMap<>();
        commits.values().stream()
                .map(ofStream -> ofStream.getFirst().getList("events", Document.class).getFirst())
                .flatMap(first -> Attempt.keysIn(first.getString("json")))
                .forEach(key -> begun.merge(key, 1, Integer::sum));
        answered.stream()
                .filter(Attempt::isCreate)
                .forEach(
                        create ->
                                assertThat(begun.getOrDefault(create.key(), 0))
                                        .as("streams begun by %s", create)
                                        .isOne());
    }

    private void versionsHaveNoGap() {
        commits.forEach(
                (stream, ofStream) -> {
                    ofStream.sort((a, b) -> Long.compare(a.getLong("from"), b.getLong("from")));
                    long next = 1;
                    for (Document commit : ofStream) {
                        assertThat(commit.getLong("from"))
                                .as("gapless versions of %s", stream)
                                .isEqualTo(next);
                        next = commit.getLong("to") + 1;
                    }
                });
    }

    private void readTopic(String kafka) {
        String topic = "ashar." + service + ".events";
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka);
        properties.put("isolation.level", "read_committed");
        Map<String, byte[]> bytes = new HashMap<>();
        long wanted =
                commits.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(commit -> commit.getList("published", Document.class).size())
                        .sum();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            boolean isWhole = false;
            while (!isWhole && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    take(record, bytes);
                }
                isWhole =
                        bytes.size() >= wanted
                                && consumer.endOffsets(partitions).entrySet().stream()
                                        .allMatch(
                                                end ->
                                                        consumer.position(end.getKey())
                                                                >= end.getValue());
            }
        }
        assertThat((long) bytes.size()).as("events on %s", topic).isEqualTo(wanted);
    }

    private void take(ConsumerRecord<String, byte[]> record, Map<String, byte[]> bytes) {
        PublishedEvent event = KafkaCloudEvents.fromRecord(record).orThrow();
        byte[] before = bytes.putIfAbsent(event.id(), record.value());
        assertThat(before == null || Arrays.equals(before, record.value()))
                .as("identical bytes each time: %s", event.id())
                .isTrue();
        published
                .computeIfAbsent(event.subject().toString(), _ -> new TreeMap<>())
                .put(event.sequence(), event);
    }

    private void theTopicSaysWhatTheCommitsSay() {
        commits.forEach(
                (stream, ofStream) -> {
                    TreeMap<Long, PublishedEvent> onTopic =
                            published.getOrDefault(stream, new TreeMap<>());
                    long sequence = 0;
                    for (Document commit : ofStream) {
                        for (Document event : commit.getList("published", Document.class)) {
                            sequence++;
                            PublishedEvent sent = onTopic.get(sequence);
                            if (sent == null) {
                                throw new AssertionError("no event " + stream + "@" + sequence);
                            }
                            assertThat(sent.id()).isEqualTo(event.getString("id"));
                            assertThat(sent.data())
                                    .isEqualTo(event.get("data", Binary.class).getData());
                        }
                    }
                    assertThat((long) onTopic.size()).as(stream).isEqualTo(sequence);
                });
    }
}
