package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing acknowledged is ever lost, nothing is done twice in effect: eight clients give commands,
 * the process is killed at random moments and started again, and the clients' own log is held
 * against commits, topic and public record.
 */
class CrashIT {

    private static final int CLIENTS = 8;
    private static final int ROUNDS =
            Integer.getInteger("ashar.crash.rounds", Boolean.getBoolean("ashar.soak") ? 100 : 20);

    /** When in its life the process is killed. */
    private enum Moment {
        START,
        WORK,
        REBUILD,
        DEMONSTRATION
    }

    @TempDir private Path folder;

    private final List<Attempt> log = Collections.synchronizedList(new ArrayList<>());
    private int round;

    @Test
    void nothing_that_was_answered_is_lost_or_done_twice_whenever_the_process_is_killed()
            throws Exception {
        long seed = new Random().nextLong();
        System.out.println("crash test: seed " + seed + ", " + ROUNDS + " rounds");
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        Village village = new Village(data);
        int port = freePort();
        for (round = 0; round < ROUNDS; round++) {
            Moment moment =
                    round == 0
                            ? Moment.WORK
                            : Moment.values()[random.nextInt(Moment.values().length)];
            String[] more =
                    moment == Moment.DEMONSTRATION ? new String[] {"--demo"} : new String[0];
            try (Target target = Target.up(data, port, folder.resolve("output"), more)) {
                if (moment == Moment.START) {
                    pause(random.nextInt(6_000));
                } else {
                    target.awaitReady();
                    settle(target);
                    work(target, village, random, moment, data);
                }
                target.kill();
            }
        }
        try (Target target = Target.up(data, port, folder.resolve("output"));
                Door door = new Door(target.address())) {
            target.awaitReady();
            settle(target);
            repeatSome(door, random);
            new Oracle(log).judge(data.resolve("store"), data.resolve("kafka"), door);
        }
        System.out.println("crash test: " + log.size() + " commands, all accounted for");
    }

    @Test
    void a_store_that_acknowledges_without_its_journal_fails_this_test() throws Exception {
        Path data = folder.resolve("data");
        Village village = new Village(data);
        int port = freePort();
        Path output = folder.resolve("output");
        Random random = new Random();
        try (Target target = Target.withoutJournal(data, port, output)) {
            target.awaitReady();
            work(target, village, random, Moment.WORK, data);
            target.kill();
        }
        assertThat(log.stream().filter(Attempt::isAnswered)).isNotEmpty();
        try (Target target = Target.withoutJournal(data, port, output);
                Door door = new Door(target.address())) {
            target.awaitReady();
            Path store = data.resolveSibling("store-without-journal");
            assertThatThrownBy(() -> new Oracle(log).judge(store, data.resolve("kafka"), door))
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** Clients work for a while; then the process is killed under them. */
    private void work(Target target, Village village, Random random, Moment moment, Path data)
            throws InterruptedException, ExecutionException, IOException {
        try (Door door = new Door(target.address());
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<List<Attempt>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(
                        threads.submit(
                                new Client(
                                        door, village, "r" + round + "c" + i, random.nextLong())));
            }
            if (moment == Moment.REBUILD) {
                pause(random.nextInt(500));
                Rebuild.ask(data, village);
            }
            pause(200 + random.nextInt(2_500));
            target.kill();
            for (Future<List<Attempt>> client : clients) {
                log.addAll(client.get());
            }
        }
    }

    /** Gives what was not answered again, with the same key, as every good client does. */
    private void settle(Target target) throws IOException, InterruptedException {
        try (Door door = new Door(target.address())) {
            for (int i = 0; i < log.size(); i++) {
                if (!log.get(i).isAnswered()) {
                    log.set(i, log.get(i).answered(door.give(log.get(i))));
                }
            }
        }
    }

    /** The same key again is answered alike, though its If-Match is stale by now. */
    private void repeatSome(Door door, Random random) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            Attempt attempt = log.get(random.nextInt(log.size()));
            assertThat(door.give(attempt)).as(attempt.path()).isEqualTo(attempt.known());
        }
    }

    private static void pause(int millis) {
        long until = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
