package org.ashar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ashar.bench.Processes.Instance;
import org.ashar.bench.load.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How fast the public record is built again from the first event, while it is read. */
final class RebuildMeasure {

    private static final String VIEW = "/internal/views/record";
    private static final List<String> TOPICS =
            List.of("ashar.budget-commitments.events", "ashar.progress-reports.events");
    private static final byte[] NO_BODY = new byte[0];

    private final Instance ashar;
    private final URI service;
    private final URI reports;
    private final Village village;
    private final Sizes sizes;
    private final Table table;
    private final PrintStream out;

    RebuildMeasure(
            Instance ashar,
            URI service,
            URI reports,
            Village village,
            Sizes sizes,
            Table table,
            PrintStream out) {
        this.ashar = ashar;
        this.service = service;
        this.reports = reports;
        this.village = village;
        this.sizes = sizes;
        this.table = table;
        this.out = out;
    }

    void run(Commands commands) throws IOException {
        out.println("recording " + sizes.events() + " spendings for the rebuild, from " + service);
        commands.spend(sizes.commands(), sizes.events());
        Visible.lagSeconds(reports, commands.promise(0));
        Processes.await("the record has caught up", () -> status().get("lagEvents").asLong() == 0);
        List<Double> consumed = new java.util.ArrayList<>();
        List<Double> rebuilt = new java.util.ArrayList<>();
        long events = 0;
        for (int run = 0; run < sizes.runs(); run++) {
            out.println("rebuilding the record while it is read, run " + (run + 1));
            long from = System.nanoTime();
            events = consumeAll();
            consumed.add((double) events / seconds(from));
            rebuilt.add((double) events / rebuild(commands));
        }
        table.add("events in the rebuild", (double) events, "", "≥ 200 000");
        table.add(
                "rebuild, read meanwhile",
                Median.of(rebuilt),
                "raw consumer",
                Median.of(consumed),
                "events/s",
                "≥ 20 000");
    }

    private double rebuild(Commands commands) throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        Thread reader = Thread.ofVirtual().start(() -> read(commands, done, reads));
        long from = System.nanoTime();
        int generation = operator("POST", VIEW + "/rebuild").get("generation").asInt();
        Processes.await("the rebuild is done", () -> status().get("active").asInt() >= generation);
        double took = seconds(from);
        done.set(true);
        try {
            reader.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.printf("  %.1f s, %d reads meanwhile%n", took, reads.get());
        return took;
    }

    private void read(Commands commands, AtomicBoolean done, AtomicLong reads) {
        try (Wire wire = new Wire(reports)) {
            while (!done.get()) {
                int promise = (int) (reads.getAndIncrement() % sizes.commands());
                Wire.Answer answer =
                        wire.exchange(
                                "GET",
                                "/api/record/commitments/" + commands.promise(promise),
                                Map.of(),
                                NO_BODY);
                if (!answer.isSuccess()) {
                    throw new IllegalStateException(
                            "a read during the rebuild answered " + answer.status());
                }
                LockSupport.parkNanos(10_000_000);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long consumeAll() throws IOException {
        Properties properties = new Properties();
        properties.put(
                "bootstrap.servers",
                "127.0.0.1:" + Files.readString(ashar.folder().resolve("kafka/port")).strip());
        properties.put("max.poll.records", "5000");
        long count = 0;
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    TOPICS.stream()
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all =
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            while (count < all) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
            }
        }
        return count;
    }

    private JsonNode status() {
        try {
            return operator("GET", VIEW);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode operator(String method, String path) throws IOException {
        try (Wire wire = new Wire(reports)) {
            Wire.Answer answer =
                    wire.exchange(
                            method, path, village.headers("operator", 0, "operator"), NO_BODY);
            if (!answer.isSuccess()) {
                throw new IOException(path + ": " + answer.status() + " " + answer.text());
            }
            return JsonMapper.shared().readTree(answer.body());
        }
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
