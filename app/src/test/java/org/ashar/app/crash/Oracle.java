package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.bson.Document;
import org.bson.types.Binary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds commits, topic and public record against the clients' own log. Knows the product's stored
 * forms, asks none of its code what they should be.
 */
final class Oracle {

    private static final String TOPIC = "ashar.budget-commitments.events";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Attempt> answered;
    private final Map<String, List<Document>> commits = new HashMap<>();
    private final Map<String, TreeMap<Long, PublishedEvent>> published = new HashMap<>();

    Oracle(List<Attempt> log) {
        this.answered = log.stream().filter(Attempt::isAnswered).toList();
    }

    /** Fails with the first thing that is lost, doubled or out of order. */
    void judge(Path store, Path kafka, Door door) throws IOException, InterruptedException {
        readCommits("mongodb://127.0.0.1:" + port(store) + "/?directConnection=true");
        everyAnsweredCommandIsCommittedOnce();
        readTopic("127.0.0.1:" + port(kafka));
        theTopicSaysWhatTheCommitsSay();
        theRecordSaysWhatTheClientsDid(door);
    }

    private static String port(Path folder) throws IOException {
        return Files.readString(folder.resolve("port")).strip();
    }

    private void readCommits(String store) {
        try (MongoClient client = MongoClients.create(store)) {
            client.getDatabase("ashar_budget_commitments")
                    .getCollection("commits")
                    .withReadConcern(ReadConcern.MAJORITY)
                    .find()
                    .forEach(
                            commit ->
                                    commits.computeIfAbsent(
                                                    commit.getString("stream"),
                                                    s -> new ArrayList<>())
                                            .add(commit));
        }
        commits.forEach(
                (stream, ofStream) -> {
                    ofStream.sort((a, b) -> Long.compare(a.getLong("from"), b.getLong("from")));
                    long next = 1;
                    for (Document commit : ofStream) {
                        assertThat(commit.getLong("from"))
                                .as("gapless versions of " + stream)
                                .isEqualTo(next);
                        next = commit.getLong("to") + 1;
                    }
                });
    }

    private void everyAnsweredCommandIsCommittedOnce() {
        Set<String> seen = new HashSet<>();
        for (Attempt attempt : answered) {
            Attempt.Answer answer = attempt.known();
            String stream = stream(attempt);
            assertThat(commits).as("commits of " + attempt).containsKey(stream);
            assertThat(commits.get(stream))
                    .as("the commit of " + attempt)
                    .anyMatch(commit -> commit.getLong("to") == answer.version());
            assertThat(seen.add(stream + "@" + answer.version()))
                    .as("a version of its own: " + attempt)
                    .isTrue();
        }
        long made =
                answered.stream()
                        .map(Oracle::stream)
                        .distinct()
                        .mapToLong(stream -> commits.getOrDefault(stream, List.of()).size())
                        .sum();
        assertThat(made).as("as many commits as commands took effect").isEqualTo(answered.size());
    }

    private void readTopic(String kafka) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka);
        properties.put("isolation.level", "read_committed");
        Map<String, byte[]> bytes = new HashMap<>();
        long wanted =
                commits.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(c -> c.getList("published", Document.class).size())
                        .sum();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(TOPIC).stream()
                            .map(p -> new TopicPartition(TOPIC, p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (bytes.size() < wanted && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    PublishedEvent event = KafkaCloudEvents.fromRecord(record).orThrow();
                    byte[] before = bytes.putIfAbsent(event.id(), record.value());
                    assertThat(before == null || Arrays.equals(before, record.value()))
                            .as("identical bytes each time: " + event.id())
                            .isTrue();
                    published
                            .computeIfAbsent(event.subject().toString(), s -> new TreeMap<>())
                            .put(event.sequence(), event);
                }
            }
        }
        assertThat((long) bytes.size()).as("events on Kafka").isEqualTo(wanted);
    }

    private void theTopicSaysWhatTheCommitsSay() {
        commits.forEach(
                (stream, ofStream) -> {
                    long sequence = 0;
                    for (Document commit : ofStream) {
                        for (Document event : commit.getList("published", Document.class)) {
                            sequence++;
                            PublishedEvent onTopic =
                                    published.getOrDefault(stream, new TreeMap<>()).get(sequence);
                            if (onTopic == null) {
                                throw new AssertionError(
                                        "not on the topic: " + stream + " " + sequence);
                            }
                            assertThat(onTopic.id()).isEqualTo(event.getString("id"));
                            assertThat(onTopic.data())
                                    .isEqualTo(event.get("data", Binary.class).getData());
                        }
                    }
                    assertThat(published.getOrDefault(stream, new TreeMap<>()).size())
                            .as(stream)
                            .isEqualTo((int) sequence);
                });
    }

    /** By content: title, state, and every single spending, once. */
    private void theRecordSaysWhatTheClientsDid(Door door)
            throws IOException, InterruptedException {
        Map<String, List<Attempt>> spendingByBudget =
                answered.stream()
                        .filter(a -> a.path().endsWith("/spending"))
                        .collect(Collectors.groupingBy(a -> a.known().id()));
        Map<String, String> commitmentOfBudget = new HashMap<>();
        for (Attempt attempt : answered) {
            if (attempt.path().equals("/api/budget-commitments")) {
                commitmentOfBudget.put(
                        attempt.known().id(),
                        JsonMapper.shared()
                                .readTree(attempt.body())
                                .get("commitment")
                                .asString()
                                .substring("commitment/".length()));
            }
        }
        Map<String, List<Attempt>> spendingByCommitment = new HashMap<>();
        spendingByBudget.forEach(
                (budget, spent) -> spendingByCommitment.put(commitmentOfBudget.get(budget), spent));
        for (Attempt publish :
                answered.stream().filter(a -> a.path().endsWith("/publish")).toList()) {
            String commitment = publish.known().id();
            List<Attempt> spent = spendingByCommitment.getOrDefault(commitment, List.of());
            await("record of " + commitment)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    spendingShown(
                                                            door.read(
                                                                    "/api/record/commitments/"
                                                                            + commitment)))
                                            .containsExactlyInAnyOrderElementsOf(
                                                    spent.stream()
                                                            .map(Oracle::spendingGiven)
                                                            .toList()));
        }
        for (Attempt draft :
                answered.stream().filter(a -> a.path().equals("/api/commitments")).toList()) {
            boolean isPublished = published.containsKey("commitment/" + draft.known().id());
            if (isPublished) {
                JsonNode record = door.read("/api/record/commitments/" + draft.known().id());
                assertThat(record.at("/commitment/title/texts/en/value").asString())
                        .isEqualTo(
                                JsonMapper.shared()
                                        .readTree(draft.body())
                                        .at("/title/texts/en/value")
                                        .asString());
            }
        }
    }

    private static List<String> spendingShown(JsonNode record) {
        assertThat(
                        record.at("/money/spending/next").isMissingNode()
                                || record.at("/money/spending/next").isNull())
                .isTrue();
        List<String> shown = new ArrayList<>();
        for (JsonNode item : record.at("/money/spending/items")) {
            shown.add(
                    item.at("/entry/description/texts/en/value").asString()
                            + " "
                            + new BigDecimal(item.at("/entry/amount/amount").asString()));
        }
        return shown;
    }

    private static String spendingGiven(Attempt attempt) {
        JsonNode body = JsonMapper.shared().readTree(attempt.body());
        return body.at("/description/texts/en/value").asString()
                + " "
                + new BigDecimal(body.at("/amount/amount").asString());
    }

    private static String stream(Attempt attempt) {
        String type =
                attempt.path().startsWith("/api/budget-commitments")
                        ? "budget-commitment"
                        : "commitment";
        return type + "/" + attempt.known().id();
    }
}
