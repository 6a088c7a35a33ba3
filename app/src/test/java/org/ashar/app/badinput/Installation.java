package org.ashar.app.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ashar.app.Main;
import org.ashar.app.launch.Launch;
import org.ashar.standalone.DataFolder;
import org.ashar.standalone.Run;
import org.bson.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./ashar up} starts, in a process of its own, and a look behind its door: at the
 * commits, the topics and the public record.
 */
final class Installation implements AutoCloseable {

    static final String BUDGET_TOPIC = "ashar.budget-commitments.events";
    static final String REPORT_TOPIC = "ashar.progress-reports.events";

    /** The day on which the record is read, so that nothing in it depends on today. */
    static final String DAY = "2026-06-01";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration READY = Duration.ofMinutes(2);
    private static final List<String> DATABASES =
            List.of("ashar_budget_commitments", "ashar_progress_reports");

    private final Process process;
    private final Path data;
    private final Path output;
    private final Run run;
    private final String operator;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final MongoClient store;
    private final KafkaConsumer<byte[], byte[]> topics;
    private final Admin admin;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /** What must not change: all that was decided, all that was published, all that is read. */
    record State(
            List<Document> decided, Map<TopicPartition, Long> published, List<JsonNode> record) {}

    private Installation(Process process, Path data, Path output) throws IOException {
        this.process = process;
        this.data = data;
        this.output = output;
        this.run = ready();
        this.operator = new Officials(data, data).operator();
        this.store =
                MongoClients.create(
                        "mongodb://127.0.0.1:" + port("store") + "/?directConnection=true");
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap());
        this.topics =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.admin = Admin.create(properties);
        for (String topic : List.of(BUDGET_TOPIC, REPORT_TOPIC)) {
            topics.partitionsFor(topic, PATIENCE)
                    .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
    }

    /** Starts one on a folder of its own; what does not get ready is ended. */
    static Installation up(Path folder) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path output = folder.resolve("output");
        List<String> arguments = List.of("up", "--data", data.toString(), "--port", "0");
        Process process =
                new ProcessBuilder(Launch.server(Main.class, arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(new File("/dev/null"))
                        .start();
        try {
            return new Installation(process, data, output);
        } catch (IOException | RuntimeException | Error e) {
            end(process);
            throw e;
        }
    }

    private Run ready() {
        return await().atMost(READY)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () ->
                                process.isAlive()
                                        ? Run.in(data)
                                                .filter(known -> known.state() == Run.State.READY)
                                                .orElse(null)
                                        : failed(),
                        Objects::nonNull);
    }

    private Run failed() throws IOException {
        throw new IllegalStateException("it does not start:\n" + Files.readString(output));
    }

    private String port(String folder) throws IOException {
        return Files.readString(data.resolve(folder).resolve("port")).strip();
    }

    Path data() {
        return data;
    }

    long pid() {
        return process.pid();
    }

    String bootstrap() throws IOException {
        return "127.0.0.1:" + port("kafka");
    }

    /** The public door. */
    URI door() {
        return URI.create(run.address());
    }

    /** Where a service listens for operators, behind the door. */
    URI service(String name) {
        return URI.create("http://127.0.0.1:" + run.ports().get(name));
    }

    /** Its short name, which is in the source of every event. */
    String name() {
        return DataFolder.formatOf(data).orElseThrow().installation();
    }

    /** Everything that it has logged and printed so far. */
    String said() throws IOException {
        return Files.readString(data.resolve("logs/ashar.log")) + Files.readString(output);
    }

    HttpResponse<byte[]> send(URI door, Call call) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(door + call.path()))
                        .timeout(PATIENCE)
                        .method(call.method(), call.publisher());
        call.headers().forEach(header -> request.header(header.name(), header.value()));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Reads what must be there. */
    JsonNode read(URI door, Call call) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(door, call);
        assertThat(answer.statusCode())
                .as(call + " " + new String(answer.body(), UTF_8))
                .isBetween(200, 299);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Gives a good command, and answers the id of what it was given to. */
    String give(Call call) throws IOException, InterruptedException {
        Call command =
                call.has("Idempotency-Key")
                        ? call
                        : call.header("Idempotency-Key", UUID.randomUUID().toString());
        return read(door(), command).get("id").asString();
    }

    JsonNode commitmentRecord(String id) throws IOException, InterruptedException {
        return read(door(), Call.get("/api/record/commitments/" + id + "?on=" + DAY));
    }

    JsonNode placeRecord() throws IOException, InterruptedException {
        return read(door(), Call.get("/api/record/places/soate/" + Good.PLACE + "?on=" + DAY));
    }

    /** Waits until all that was decided is published and in the record of {@code commitment}. */
    void settle(String commitment) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            for (String database : DATABASES) {
                                assertThat(
                                                store.getDatabase(database)
                                                        .getCollection("commits")
                                                        .find())
                                        .noneMatch(commit -> commit.containsKey("pending"));
                            }
                            assertThat(read()).containsAllEntriesOf(written());
                            assertThat(commitmentRecord(commitment)).isNotNull();
                        });
    }

    /** How the record's view is doing, as operators see it. */
    JsonNode view() throws IOException, InterruptedException {
        return read(service("progress-reports"), Call.get("/internal/views/record").by(operator));
    }

    /** What is parked at these places of the topics, as {@code ./ashar parked list} is told it. */
    List<JsonNode> parkedAt(List<RecordMetadata> places) throws IOException, InterruptedException {
        List<JsonNode> parked = new ArrayList<>();
        for (RecordMetadata place : places) {
            JsonNode page =
                    read(
                            service("progress-reports"),
                            Call.get("/internal/views/record/parked?limit=200").by(operator));
            page.get("items")
                    .valueStream()
                    .filter(event -> event.get("id").asString().equals(id(place)))
                    .forEach(parked::add);
        }
        return parked;
    }

    /** Brings a parked event in again, as {@code ./ashar parked replay} does. */
    String replay(String id) throws IOException, InterruptedException {
        return read(
                        service("progress-reports"),
                        Call.get("/internal/views/record/parked/" + id + "/replay")
                                .method("POST")
                                .by(operator))
                .get("outcome")
                .asString();
    }

    private static String id(RecordMetadata place) {
        return place.topic() + ":" + place.partition() + ":" + place.offset();
    }

    /** Waits until the record's view has done with these. */
    void taken(List<RecordMetadata> places) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> {
                            Map<TopicPartition, Long> done = read();
                            for (RecordMetadata place : places) {
                                assertThat(
                                                done.get(
                                                        new TopicPartition(
                                                                place.topic(), place.partition())))
                                        .as(id(place))
                                        .isGreaterThan(place.offset());
                            }
                        });
    }

    /** How many events wait in the record's view for an earlier one of their stream. */
    long held() {
        return store.getDatabase("ashar_progress_reports")
                .getCollection("record_held_g1")
                .countDocuments();
    }

    /** Up to where the record's view has read the topics. */
    private Map<TopicPartition, Long> read() throws Exception {
        Map<TopicPartition, Long> read = new HashMap<>();
        admin.listConsumerGroupOffsets("progress-reports.record.g1")
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS)
                .forEach((partition, next) -> read.put(partition, next.offset()));
        return read;
    }

    /** Where the topics end that have anything on them. */
    private Map<TopicPartition, Long> written() {
        Map<TopicPartition, Long> written = ends();
        written.values().removeIf(end -> end == 0);
        return written;
    }

    State state(String commitment) throws IOException, InterruptedException {
        List<Document> decided = new ArrayList<>();
        for (String name : DATABASES) {
            MongoDatabase database = store.getDatabase(name);
            for (String collection : database.listCollectionNames()) {
                if (collection.equals("commits") || collection.startsWith("current")) {
                    database.getCollection(collection).find().into(decided);
                }
            }
        }
        return new State(decided, ends(), List.of(commitmentRecord(commitment), placeRecord()));
    }

    /** The first event of a promise, as it is on the topic. */
    ConsumerRecord<byte[], byte[]> published(String promise) {
        byte[] key = ("commitment/" + promise).getBytes(UTF_8);
        topics.assign(partitions);
        topics.seekToBeginning(partitions);
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            for (ConsumerRecord<byte[], byte[]> record :
                                    topics.poll(Duration.ofMillis(200))) {
                                if (Arrays.equals(record.key(), key)) {
                                    return record;
                                }
                            }
                            return null;
                        },
                        Objects::nonNull);
    }

    /** Where the topics end. */
    Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends =
                new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        ends.putAll(topics.endOffsets(partitions, PATIENCE));
        return ends;
    }

    @Override
    public void close() {
        http.shutdownNow();
        store.close();
        topics.close();
        admin.close();
        end(process);
    }

    /** SIGTERM; kills what does not stop in time. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
