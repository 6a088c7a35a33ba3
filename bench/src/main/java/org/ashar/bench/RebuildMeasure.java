package org.ashar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ashar.bench.Processes.Instance;
import org.ashar.bench.load.Wire;

/** How fast the public record is built again from the first event, while it is read. */
final class RebuildMeasure {

    private static final List<String> TOPICS =
            List.of("ashar.budget-commitments.events", "ashar.progress-reports.events");
    private static final byte[] NO_BODY = new byte[0];

    private final Instance ashar;
    private final URI reports;
    private final Backlog backlog;
    private final Sizes sizes;
    private final Table table;
    private final PrintStream out;

    RebuildMeasure(
            Instance ashar,
            URI reports,
            Backlog backlog,
            Sizes sizes,
            Table table,
            PrintStream out) {
        this.ashar = ashar;
        this.reports = reports;
        this.backlog = backlog;
        this.sizes = sizes;
        this.table = table;
        this.out = out;
    }

    void run(Commands commands) throws IOException {
        out.println("recording " + sizes.events() + " spendings for the rebuild");
        commands.spend(sizes.commands(), sizes.events());
        out.printf("  the record has caught up after %.1f s%n", backlog.secondsUntilNone());
        List<Double> consumed = new ArrayList<>();
        List<Double> rebuilt = new ArrayList<>();
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

    private double rebuild(Commands commands) {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<Long> reads = one.submit(() -> read(commands, done));
            long from = System.nanoTime();
            int generation = backlog.rebuild();
            Processes.await("the rebuild is done", () -> backlog.generation() >= generation);
            double took = seconds(from);
            done.set(true);
            out.printf("  %.1f s, %d reads meanwhile%n", took, reads.get());
            return took;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the measurement is void", e.getCause());
        } finally {
            done.set(true);
        }
    }

    private long read(Commands commands, AtomicBoolean done) throws IOException {
        long reads = 0;
        try (Wire wire = new Wire(reports)) {
            while (!done.get()) {
                String promise = commands.promise((int) (reads % sizes.commands()));
                Wire.Answer answer =
                        wire.exchange(
                                "GET", "/api/record/commitments/" + promise, Map.of(), NO_BODY);
                if (!answer.isSuccess()) {
                    throw new IOException("a read during the rebuild answered " + answer.status());
                }
                reads++;
                LockSupport.parkNanos(10_000_000);
            }
        }
        return reads;
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

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
