package org.ashar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ashar.bench.Processes.Instance;
import org.ashar.bench.load.Load;
import org.ashar.bench.load.Wire;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;

/** How fast the ledger takes events in, tells of them, and is read and verified when it is long. */
final class LedgerMeasure {

    private static final String SERVICE = "budget-commitments";
    private static final int STREAMS = 1_000;
    private static final int PER_SECOND = 200;
    private static final int PAGES_PER_SECOND = 20;
    private static final int READERS = 4;
    private static final long AHEAD = 20_000;
    private static final byte[] NO_BODY = new byte[0];

    private final Path home;
    private final Path data;
    private final int port;
    private final Sizes sizes;
    private final Table table;
    private final PrintStream out;
    private final Instant began = Instant.parse("2026-05-04T12:00:00Z");
    private long told;

    LedgerMeasure(Path home, Path data, int port, Sizes sizes, Table table, PrintStream out) {
        this.home = home;
        this.data = data;
        this.port = port;
        this.sizes = sizes;
        this.table = table;
        this.out = out;
    }

    void run() throws IOException {
        try (Instance ashar = Instance.start(home, data, port)) {
            URI door = door();
            Village village = Village.signedIn(data.resolve("keys"));
            heard(ashar, door, village);
            append(ashar, door);
        }
        try (Instance ashar = Instance.start(home, data, port)) {
            table.add("start with the long log", ashar.ready().toMillis() / 1000.0, "s", "≤ 10");
            read(door());
            verify();
        }
    }

    /** From the POST of a publication until a follower at the public door hears of it. */
    private void heard(Instance ashar, URI door, Village village) throws IOException {
        out.println("from POST to a follower at " + PER_SECOND + "/s");
        WarmUp.run(
                out,
                "times a second at p99",
                round ->
                        1_000
                                / millis(
                                        hear("warm" + round, PER_SECOND * 5, ashar, door, village),
                                        99));
        hear("", ashar, door, village);
        try (Followers followers = new Followers()) {
            double before = ashar.residentMebibytes();
            for (int i = 0; i < sizes.followers(); i++) {
                followers.follow(
                        door,
                        "?commitment=" + StreamId.derived("commitment", "none").id(),
                        _ -> {});
            }
            hear(", " + sizes.followers() + " idle ones beside", ashar, door, village);
            table.add(
                    sizes.followers() + " idle followers take",
                    ashar.residentMebibytes() - before,
                    "MiB",
                    "");
        }
    }

    private void hear(String beside, Instance ashar, URI door, Village village) {
        Histogram micros =
                hear("heard" + beside.length(), PER_SECOND * sizes.seconds(), ashar, door, village);
        table.add("POST to follower" + beside + ", p50", millis(micros, 50), "ms", "≤ 400");
        table.add("POST to follower" + beside + ", p99", millis(micros, 99), "ms", "≤ 1 200");
    }

    private static Histogram hear(
            String name, int count, Instance ashar, URI door, Village village) {
        Commands commands = new Commands(ashar.service(SERVICE), village, name, count, 32);
        commands.create();
        Map<String, Long> sentAt = new ConcurrentHashMap<>();
        Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
        try (Followers follower = new Followers()) {
            follower.follow(
                    door,
                    "?type=" + KafkaCloudEvents.type(SERVICE, "commitment-published", 1),
                    id -> {
                        Long sent = sentAt.remove(id);
                        if (sent != null) {
                            micros.recordValue((System.nanoTime() - sent) / 1000);
                        }
                    });
            Load.open(
                    ashar.service(SERVICE),
                    128,
                    PER_SECOND,
                    count,
                    (wire, n) -> {
                        sentAt.put("commitment/" + commands.promise(n) + "@1", System.nanoTime());
                        return commands.publish(wire, n);
                    });
            Processes.await("every event is heard of", sentAt::isEmpty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return micros;
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    private void append(Instance ashar, URI door) throws IOException {
        out.println("appending " + sizes.entries() + " events to the ledger");
        String installation =
                Files.readAllLines(data.resolve("format")).stream()
                        .filter(line -> line.startsWith("installation "))
                        .findFirst()
                        .orElseThrow()
                        .substring("installation ".length());
        String broker =
                "127.0.0.1:" + Files.readString(ashar.folder().resolve("kafka/port")).strip();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker, "linger.ms", 20, "batch.size", 65_536),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            long from = size(door);
            long beganAt = System.nanoTime();
            long covered = from;
            double rate = 0;
            while (covered - from < sizes.entries()) {
                while (told < sizes.entries() && told - (covered - from) < AHEAD) {
                    Future<?> _ =
                            producer.send(KafkaCloudEvents.toRecord(topic(), next(installation)));
                }
                LockSupport.parkNanos(20_000_000);
                covered = size(door);
                double seconds = (System.nanoTime() - beganAt) / 1e9;
                if (seconds <= 60 || rate == 0) {
                    rate = (covered - from) / seconds;
                }
            }
            table.add("append to a covering checkpoint, first minute", rate, "/s", "≥ 2 000");
            table.add("entries in the log", (double) covered, "", "≥ 1 000 000");
        }
    }

    private static String topic() {
        return KafkaCloudEvents.topic(SERVICE);
    }

    private PublishedEvent next(String installation) {
        StreamId stream = stream(told % STREAMS);
        long sequence = told / STREAMS + 1;
        told++;
        String data =
                "{\"by\":{\"organisation\":\"okmotu\",\"role\":\"officer\"},\"place\":"
                        + "{\"code\":\"41706211812000\",\"scheme\":\"soate\"},\"text\":\""
                        + "x".repeat(200)
                        + sequence
                        + "\"}";
        return new PublishedEvent(
                PublishedEvent.idOf(stream, sequence),
                KafkaCloudEvents.source(installation, SERVICE),
                KafkaCloudEvents.type(SERVICE, "measured", 1),
                stream,
                sequence,
                began.plusSeconds(sequence),
                null,
                null,
                data.getBytes(UTF_8));
    }

    private static StreamId stream(long number) {
        return StreamId.derived("measure", Long.toString(number));
    }

    private void read(URI door) throws IOException {
        long tiles = sizes.entries() / 256;
        out.println("reading tiles and proofs of the long log");
        read(
                "tile of hashes",
                door,
                PER_SECOND,
                "≤ 10",
                () -> "/ledger/tile/0/" + path(random(tiles)));
        read(
                "proof",
                door,
                PER_SECOND,
                "≤ 20",
                () ->
                        "/api/ledger/events/"
                                + PublishedEvent.idOf(
                                        stream(random(STREAMS)),
                                        1 + random(sizes.entries() / STREAMS))
                                + "/proof");
        read("page of the ledger", door, PAGES_PER_SECOND, "", () -> "/audit");
        read("feed", door, PAGES_PER_SECOND, "", () -> "/feed.atom");
        read(
                "bundle of 256 entries",
                door,
                PER_SECOND,
                "",
                () -> "/ledger/tile/entries/" + path(random(tiles)));
    }

    private void read(String what, URI door, int perSecond, String aim, Supplier<String> path) {
        Load.Request get = (wire, _) -> wire.exchange("GET", path.get(), Map.of(), NO_BODY);
        WarmUp.run(
                out, "reads/s", _ -> Load.closed(door, READERS, 10 * perSecond, get).perSecond());
        Load.Seen seen = Load.open(door, 4 * READERS, perSecond, sizes.seconds() * perSecond, get);
        table.add(what + " at " + perSecond + "/s, p99", seen.millisAt(99), "ms", aim);
    }

    private static long random(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }

    /** As C2SP tlog-tiles writes the index of a tile. */
    private static String path(long index) {
        String last = "%03d".formatted(index % 1_000);
        return index < 1_000 ? last : "x%03d/%s".formatted(index / 1_000, last);
    }

    /** By the auditor's own program, as an auditor runs it. */
    private void verify() throws IOException {
        out.println("verifying the long log");
        long from = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        home.resolve("ashar").toString(),
                                        "verify",
                                        door().toString(),
                                        "--log-only"))
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolveSibling("verify.log").toFile())
                        .start();
        try {
            if (!process.waitFor(15, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(
                        "not verified: " + Files.readString(data.resolveSibling("verify.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            process.destroy();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        table.add("./ashar verify --log-only over HTTP", took.toMillis() / 1000.0, "s", "≤ 90");
    }

    private URI door() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Entries that the newest checkpoint covers. */
    private static long size(URI door) throws IOException {
        try (Wire wire = new Wire(door)) {
            Wire.Answer answer =
                    wire.exchange("GET", "/ledger/checkpoint.latest", Map.of(), NO_BODY);
            return answer.isSuccess() ? Long.parseLong(answer.text().split("\n", 3)[1]) : 0;
        }
    }
}
