package org.ashar.accountability.api;

import static org.ashar.accountability.api.RunningLedger.now;
import static org.ashar.accountability.api.RunningLedger.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ashar.accountability.AccountabilityApplication;
import org.ashar.accountability.ledger.StoredLog;
import org.ashar.accountability.ledger.StoredLog.Begun;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.tlog.Checkpoint;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two processes on one store and one broker, killed at random moments and paused in the middle of
 * batches while events come: the log never forks, and what was published is in it once.
 */
class LedgerProcessesIT {

    private static final int KILLS = Boolean.getBoolean("ashar.soak") ? 50 : 4;
    private static final int PAUSES = Boolean.getBoolean("ashar.soak") ? 20 : 3;
    private static final int STREAMS = 20;
    private static final int ATTEMPTS = 20;
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final Remembered remembered = new Remembered();
    private final AtomicLong published = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void whoever_writes_is_killed_or_paused_and_the_log_goes_on_as_one(@TempDir Path folder)
            throws Exception {
        assumeThat(Files.isExecutable(Path.of("/bin/kill"))).as("signals can be sent").isTrue();
        Random random = new Random();
        try (RunningLedger backing = new RunningLedger(folder);
                MongoClient client = MongoClients.create(backing.store.uri())) {
            StoredLog stored = new StoredLog(client.getDatabase("ashar_accountability"));
            Member first = new Member(backing);
            Member second = new Member(backing);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                    Closeable _ = () -> isOver.set(true)) { // else a failure waits for them
                Future<?> publisher = threads.submit(() -> publish(backing));
                Future<?> reader = threads.submit(() -> read(first, second));
                first.start();
                second.start();
                awaitGrowth(second);
                int beforeKills = 0;
                for (int round = 0; round < KILLS; round++) {
                    Member killed = random.nextBoolean() ? first : second;
                    Member other = killed == first ? second : first;
                    pause(random.nextInt(1_500));
                    beforeKills = remembered.receipts();
                    killed.kill();
                    awaitGrowth(other);
                    killed.start();
                }
                assertThat(beforeKills)
                        .as("receipts from before the last kill")
                        .isGreaterThan(KILLS);
                int inTheMiddle = 0;
                for (int round = 0; round < PAUSES; round++) {
                    for (Member paused : List.of(first, second)) {
                        Member other = paused == first ? second : first;
                        pause(random.nextInt(1_000));
                        Optional<Begun> begun = stopInTheMiddle(paused, stored);
                        awaitGrowth(other);
                        if (begun.isPresent() && !stored.writer().equals(begun.get().writer())) {
                            inTheMiddle++; // that writer was not the one that goes on
                        }
                        paused.signal("-CONT");
                        awaitGrowth(paused);
                    }
                }
                assertThat(inTheMiddle)
                        .as("pauses in the middle of a batch, which the other went on from")
                        .isPositive();
                isOver.set(true);
                publisher.get(60, TimeUnit.SECONDS);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> backing.size(first.base()) >= published.get());
                reader.get(60, TimeUnit.SECONDS);
                assertOne(backing, first.base());
                RunningLedger.Read log = assertOne(backing, second.base());
                assertAgrees(stored.checkpoints(), log);
            } finally {
                first.kill();
                second.kill();
            }
        }
    }

    private RunningLedger.Read assertOne(RunningLedger backing, URI base) {
        RunningLedger.Read log = backing.readAll(base);
        assertThat(log.leaves()).hasSize((int) published.get());
        Map<String, Long> last = new HashMap<>();
        for (byte[] leaf : log.leaves()) {
            JsonNode event = AsharJson.strict().readTree(leaf);
            long sequence = Long.parseLong(event.path("sequence").asString());
            assertThat(sequence)
                    .isEqualTo(last.getOrDefault(event.path("subject").asString(), 0L) + 1);
            last.put(event.path("subject").asString(), sequence);
        }
        for (int index = 0; index < log.leaves().size(); index += 97) {
            String id = AsharJson.strict().readTree(log.leaves().get(index)).path("id").asString();
            byte[] receipt = backing.get(base, "/api/ledger/events/" + id).body();
            assertThat(AsharJson.strict().readTree(receipt).path("index").asInt()).isEqualTo(index);
        }
        assertThat(remembered.checkpoints()).isGreaterThan(KILLS);
        remembered.assertHolds(log);
        return log;
    }

    /** All that was ever signed, also what nobody was shown. */
    private static void assertAgrees(List<byte[]> signed, RunningLedger.Read log) {
        assertThat(signed).hasSizeGreaterThan(KILLS);
        for (byte[] note : signed) {
            Checkpoint checkpoint = RunningLedger.checkpoint(note);
            assertThat(checkpoint.root()).isEqualTo(log.roots().get((int) checkpoint.size()));
        }
    }

    private void publish(RunningLedger backing) {
        List<StreamId> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(stream("s" + i));
        }
        for (long sequence = 1; !isOver.get(); sequence++) {
            for (StreamId one : streams) {
                now(backing.publish(one, sequence, "{\"step\":" + sequence + "}"));
                published.incrementAndGet();
            }
            pause(20);
        }
    }

    /** Remembers checkpoints and receipts that either of them gives. */
    private void read(Member... members) {
        while (!isOver.get()) {
            for (Member member : members) {
                remembered.look(member::ask);
            }
            pause(30);
        }
    }

    /**
     * Stops it, where it can be hit, in the middle of a batch; the batch that was under way and
     * stood still with it. Who does not write is stopped anywhere.
     */
    private static Optional<Begun> stopInTheMiddle(Member member, StoredLog stored)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> stored.begun().isPresent());
            member.signal("-STOP");
            Optional<Begun> begun = stored.begun();
            if (begun.isPresent() && standsStill(stored, begun)) {
                return begun;
            }
            if (attempt == ATTEMPTS) {
                return Optional.empty();
            }
            member.signal("-CONT");
        }
    }

    /** Nobody who is awake is in the middle of one batch for so long. */
    private static boolean standsStill(StoredLog stored, Optional<Begun> begun) {
        long until = System.nanoTime() + A_WHILE.toNanos();
        while (System.nanoTime() < until) {
            if (!stored.begun().equals(begun)) {
                return false;
            }
            pause(20);
        }
        return true;
    }

    private static void awaitGrowth(Member member) {
        long before =
                Awaitility.await()
                        .atMost(Duration.ofSeconds(90))
                        .until(member::size, size -> size > 0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> member.size() > before + STREAMS);
    }

    private static void pause(int millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** A process of its own. */
    private static final class Member {

        private final RunningLedger backing;
        private final int port;
        private volatile @Nullable Process process;

        Member(RunningLedger backing) throws IOException {
            this.backing = backing;
            try (ServerSocket free = new ServerSocket(0)) {
                this.port = free.getLocalPort();
            }
        }

        URI base() {
            return URI.create("http://127.0.0.1:" + port);
        }

        void start() throws IOException {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Xmx256m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    AccountabilityApplication.class.getName()));
            backing.properties().forEach((name, value) -> command.add("--" + name + "=" + value));
            command.add("--server.address=127.0.0.1");
            command.add("--server.port=" + port);
            command.add("--ashar.ledger.patience=3s");
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
                            .start();
        }

        /** What is at a path, where it answers. */
        Optional<byte[]> ask(String path) {
            try {
                HttpResponse<byte[]> answer = backing.get(base(), Duration.ofSeconds(2), path);
                return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
            } catch (UncheckedIOException e) {
                return Optional.empty();
            }
        }

        /** How long the log is, as far as it answers. */
        long size() {
            return ask("/ledger/checkpoint.latest")
                    .map(RunningLedger::checkpoint)
                    .map(Checkpoint::size)
                    .orElse(0L);
        }

        void signal(String signal) throws IOException, InterruptedException {
            String pid = Long.toString(Objects.requireNonNull(process).pid());
            assertThat(new ProcessBuilder("/bin/kill", signal, pid).start().waitFor()).isZero();
        }

        void kill() throws InterruptedException {
            Process running = process;
            if (running != null) {
                running.destroyForcibly().waitFor();
            }
        }
    }
}
