package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ashar.standalone.Logs;
import org.ashar.standalone.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing acknowledged is ever lost, nothing is done twice in effect: eight clients give commands,
 * the process is killed at random moments and started again, and the clients' own log is held
 * against commits, topics, public record and ledger.
 */
class CrashIT {

    private static final int ROUNDS =
            Integer.getInteger("ashar.crash.rounds", Boolean.getBoolean("ashar.soak") ? 100 : 20);
    private static final int MOST_COMMANDS = 300;
    private static final Duration VIEW_PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    private final List<Attempt> log = new ArrayList<>();
    private final Logbook logbook = new Logbook();
    private int usualStartMillis = 6_000;

    @BeforeAll
    static void be_quiet() {
        Logs.errorsAlone();
    }

    @Test
    void nothing_that_was_answered_is_lost_or_done_twice_whenever_the_process_is_killed()
            throws Exception {
        long seed = Long.getLong("ashar.crash.seed", new Random().nextLong());
        System.out.println("crash test: seed " + seed + ", " + ROUNDS + " rounds");
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        Path output = folder.resolve("output");
        Village village = new Village(data);
        int port = freePort();
        int round = 0;
        for (Moment moment : deck(random)) {
            try (Target target = Target.up(data, port, output, moment)) {
                if (moment == Moment.START) {
                    pause(random.nextInt(usualStartMillis));
                } else {
                    ready(target);
                    work(target, new Clients(village, "r" + round, random), moment, random);
                }
                target.kill();
            }
            round++;
        }
        try (Target target = Target.up(data, port, output, null);
                Door door = new Door(target.address())) {
            ready(target);
            Oracle oracle = new Oracle(log);
            oracle.repeatSome(door, random);
            logbook.judge(door, oracle.judge(data.resolve("store"), data.resolve("kafka"), door));
        }
        assertThat(log).extracting(Attempt::deed).containsAll(EnumSet.allOf(Deed.class));
        System.out.println("crash test: " + log.size() + " commands, all accounted for");
    }

    @Test
    void a_store_that_acknowledges_without_its_journal_fails_this_test() throws Exception {
        Path data = folder.resolve("data");
        int port = freePort();
        Path output = folder.resolve("output");
        Random random = new Random();
        try (Target target = Target.withoutJournal(data, port, output)) {
            target.awaitReady();
            work(target, new Clients(new Village(data), "r", random), Moment.WORK, random);
            target.kill();
        }
        assertThat(log.stream().filter(Attempt::isAnswered)).isNotEmpty();
        try (Target target = Target.withoutJournal(data, port, output);
                Door door = new Door(target.address())) {
            target.awaitReady();
            Path store = data.resolveSibling("store-without-journal");
            assertThatThrownBy(() -> new Oracle(log).judge(store, data.resolve("kafka"), door))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("lost: ");
        }
    }

    /** Each moment as often as every other, but for one; in any order. */
    private static List<Moment> deck(Random random) {
        List<Moment> all = List.of(Moment.values());
        List<Moment> deck = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            deck.add(all.get(round % all.size()));
        }
        Collections.shuffle(deck, random);
        return deck;
    }

    /**
     * Waits until it is ready, and gives what was not answered again, as every good client does.
     */
    private void ready(Target target) throws IOException, InterruptedException {
        long began = System.nanoTime();
        target.awaitReady();
        usualStartMillis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        try (Door door = new Door(target.address())) {
            for (int i = 0; i < log.size(); i++) {
                Attempt attempt = log.get(i);
                if (!attempt.isAnswered()) {
                    Answer answer = door.patient(attempt, VIEW_PATIENCE);
                    assertThat(answer).as("%s", attempt).matches(Answer::isAccepted);
                    log.set(i, attempt.answered(answer));
                }
            }
        }
    }

    /** Clients work for a while; then the process is killed under them. */
    private void work(Target target, Clients clients, Moment moment, Random random)
            throws InterruptedException, ExecutionException, IOException {
        try (Door door = new Door(target.address());
                Door reader = new Door(target.address());
                var _ = logbook.watch(reader);
                clients) {
            clients.start(door);
            if (moment == Moment.REBUILD) {
                pause(random.nextInt(500));
                new Operations(Run.in(target.data()).orElseThrow().ports(), clients.village())
                        .rebuildTheRecord();
            }
            clients.awaitAnswered(20 + random.nextInt(MOST_COMMANDS));
            pause(random.nextInt(1_500));
            if (moment == Moment.JOURNAL) {
                new StoreFiles(target.data()).awaitAnother(Duration.ofSeconds(30));
                pause(random.nextInt(20));
            }
            target.kill();
            log.addAll(clients.logs());
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
