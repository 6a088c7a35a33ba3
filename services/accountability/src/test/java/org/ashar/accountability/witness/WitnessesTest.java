package org.ashar.accountability.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ashar.accountability.ledger.WrittenLog;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.kernel.Checked;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real log asks real witnesses over HTTP, and bad ones. */
class WitnessesTest {

    private static final Witnesses.Pace QUICK =
            new Witnesses.Pace(
                    Duration.ofMillis(30), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Duration SOON = Duration.ofSeconds(20);

    private static EmbeddedStore embedded;
    private static int databases;

    @TempDir Path home;
    private final List<AutoCloseable> open = new ArrayList<>();
    private MongoDatabase database;
    private WrittenLog log;
    private WitnessStore store;

    @BeforeAll
    static void openStore(@TempDir Path folder) throws Exception {
        embedded = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
    }

    @AfterAll
    static void closeStore() {
        embedded.close();
    }

    @BeforeEach
    void begin() {
        MongoClient client = MongoClients.create(embedded.uri());
        open.add(client);
        database = client.getDatabase("witnessed" + databases++);
        log = new WrittenLog(database);
        store = new WitnessStore(database, 1);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void a_witness_cosigns_a_growing_log_and_a_restart_goes_on() throws Exception {
        RunningWitness witness = witness("w1");
        WitnessSettings settings = settings(1, known(witness));
        WitnessedLog seen = seen(settings);
        assertThat(seen.relied()).isEmpty();
        Witnesses asking = ask(settings);
        log.append(5);
        awaitRelied(seen, 5);
        log.append(256);
        awaitRelied(seen, 261);
        asking.close();
        log.append(3);
        assertThat(WitnessedLog.sizeOf(seen.relied().orElseThrow())).isEqualTo(261);
        assertThat(seen.newest().orElseThrow().signatures()).hasSize(1);
        WitnessedLog again = seen(settings);
        assertThat(again.relied()).isEqualTo(seen.relied());
        ask(settings);
        awaitRelied(again, 264);
        assertThat(again.newest()).isEqualTo(again.relied());
    }

    @Test
    void without_witnesses_the_newest_checkpoint_is_the_one_to_rely_on() {
        WitnessedLog seen = seen(WitnessSettings.of("", ""));
        assertThat(seen.relied()).isEmpty();
        log.append(2);
        assertThat(seen.relied()).isEqualTo(seen.newest()).isPresent();
        assertThat(seen.proof(1).checkpoint()).isEqualTo(seen.newest().orElseThrow());
    }

    @Test
    void two_of_three_are_enough_and_the_dead_one_may_come_back() throws Exception {
        RunningWitness first = witness("w1");
        RunningWitness second = witness("w2");
        RunningWitness third = witness("w3");
        third.close();
        WitnessSettings settings = settings(2, known(first), known(second), known(third));
        WitnessedLog seen = seen(settings);
        ask(settings);
        for (int size = 10; size <= 50; size += 10) {
            log.append(10);
            awaitRelied(seen, size);
        }
        SignedNote relied = seen.relied().orElseThrow();
        assertThat(relied.verify(List.of(first.key(), second.key())).orThrow()).hasSize(2);
        second.close();
        log.append(10);
        awaitCosigned(seen, 60, first.key());
        assertThat(seen.relied()).as("one is not enough").hasValue(relied);
        RunningWitness back = again(second);
        awaitRelied(seen, 60);
        assertThat(back.key()).isEqualTo(second.key());
    }

    @Test
    void slow_witnesses_meet_on_one_checkpoint_of_a_log_that_grows_all_the_time() throws Exception {
        RunningWitness quick = witness("quick");
        StubWitness slow = stub("slow", slowly(Duration.ofMillis(700)));
        StubWitness slower = stub("slower", slowly(Duration.ofMillis(900)));
        WitnessSettings settings = settings(3, known(quick), known(slow), known(slower));
        WitnessedLog seen = seen(settings);
        ask(settings);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            log.append(1);
                            return seen.reliedSize() > 20;
                        });
        assertThat(settings.policy().isMetBy(seen.relied().orElseThrow())).isTrue();
        assertThat(quick.key().name()).isEqualTo("quick");
    }

    static Stream<StubWitness.Behaviour> bad() {
        return Stream.of(
                (exchange, asked, signer) -> StubWitness.answer(exchange, 500, new byte[0]),
                (exchange, asked, signer) -> StubWitness.answer(exchange, 404, new byte[0]),
                (exchange, asked, signer) ->
                        StubWitness.answer(exchange, 200, "rubbish\n".getBytes(UTF_8)),
                (exchange, asked, signer) -> StubWitness.answer(exchange, 200, new byte[0]),
                (exchange, asked, signer) -> { // another's key under its own name
                    NoteSigner other =
                            NoteSigner.of(
                                    signer.key().name(), NoteKey.Kind.COSIGNATURE, new byte[32]);
                    String text = asked.checkpoint().text();
                    StubWitness.answer(exchange, 200, other.sign(text, 1).line().getBytes(UTF_8));
                },
                (exchange, asked, signer) -> { // a signature over another checkpoint
                    String text = asked.checkpoint().text().replace("\n2\n", "\n3\n");
                    StubWitness.answer(exchange, 200, signer.sign(text, 1).line().getBytes(UTF_8));
                },
                (exchange, asked, signer) -> { // the whole of another note
                    String text = asked.checkpoint().text().replace("\n2\n", "\n3\n");
                    String note = text + "\n" + signer.sign(text, 1).line();
                    StubWitness.answer(exchange, 200, note.getBytes(UTF_8));
                },
                (exchange, asked, signer) ->
                        StubWitness.answer(exchange, 409, "9999999\n".getBytes(UTF_8)),
                (exchange, asked, signer) ->
                        StubWitness.answer(exchange, 409, "1\n".getBytes(UTF_8)),
                (exchange, asked, signer) ->
                        StubWitness.answer(exchange, 409, "-1\n".getBytes(UTF_8)),
                (exchange, asked, signer) ->
                        StubWitness.answer(
                                exchange, 409, "9".repeat(1_000).concat("\n").getBytes(UTF_8)),
                (exchange, asked, signer) -> { // a redirection
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    StubWitness.answer(exchange, 308, new byte[0]);
                },
                (exchange, asked, signer) -> { // a body without end, as fast as it goes
                    exchange.sendResponseHeaders(200, 0);
                    byte[] line = signer.sign("another\n", 1).line().getBytes(UTF_8);
                    try {
                        while (true) {
                            exchange.getResponseBody().write(line);
                        }
                    } catch (IOException e) {
                        exchange.close(); // nobody reads it any more
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_a_bad_witness_answers_is_never_published(StubWitness.Behaviour behaviour)
            throws Exception {
        StubWitness bad = stub("bad", behaviour);
        RunningWitness good = witness("good");
        WitnessSettings settings = settings(1, known(bad), known(good));
        WitnessedLog seen = seen(settings);
        ask(settings);
        log.append(2);
        awaitRelied(seen, 2);
        await().atMost(SOON).until(() -> bad.asked.get() >= 2);
        log.append(3);
        awaitRelied(seen, 5);
        for (long size : List.of(2L, 5L)) {
            assertThat(store.cosignatures(size, settings.policy().witnesses()))
                    .containsOnlyKeys(good.key());
        }
    }

    @Test
    void a_witness_that_fails_is_left_alone_for_longer_and_longer() throws Exception {
        StubWitness failing =
                stub("failing", (exchange, _, _) -> StubWitness.answer(exchange, 500, new byte[0]));
        RunningWitness good = witness("good");
        WitnessSettings settings = settings(1, known(failing), known(good));
        WitnessedLog seen = seen(settings);
        ask(settings);
        for (int size = 1; size <= 15; size++) {
            log.append(1);
            awaitRelied(seen, size);
        }
        assertThat(failing.asked.get()).isBetween(1, 7);
    }

    @Test
    void a_witness_that_hangs_stops_neither_the_log_nor_the_others() throws Exception {
        AtomicReference<StubWitness> self = new AtomicReference<>();
        StubWitness hanging =
                stub(
                        "hanging",
                        (exchange, asked, signer) -> {
                            try {
                                self.get().closed.await(1, TimeUnit.MINUTES);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        self.set(hanging);
        RunningWitness good = witness("good");
        WitnessSettings settings = settings(1, known(hanging), known(good));
        WitnessedLog seen = seen(settings);
        ask(settings);
        for (int size = 1; size <= 40; size++) {
            assertThat(log.append(1)).as("published").isEqualTo(size);
        }
        awaitRelied(seen, 40);
        await().atMost(SOON).until(() -> hanging.asked.get() > 0);
        assertThat(log.append(1)).isEqualTo(41);
        awaitRelied(seen, 41);
    }

    @Test
    void a_witness_that_was_asked_before_is_found_where_it_is() throws Exception {
        RunningWitness witness = witness("w1");
        WitnessSettings settings = settings(1, known(witness));
        Witnesses first = ask(settings);
        log.append(7);
        awaitRelied(seen(settings), 7);
        first.close();
        database.getCollection("witnesses").drop();
        database.getCollection("cosignatures").drop();
        log.append(5);
        ask(settings);
        awaitRelied(seen(settings), 12);
    }

    @Test
    void several_processes_may_ask_at_once() throws Exception {
        RunningWitness first = witness("w1");
        RunningWitness second = witness("w2");
        WitnessSettings settings = settings(2, known(first), known(second));
        WitnessedLog seen = seen(settings);
        for (int process = 0; process < 3; process++) {
            ask(
                    settings,
                    new Witnesses.Pace(
                            Duration.ofMillis(150), Duration.ofSeconds(5), Duration.ZERO));
        }
        long size = 0;
        for (int more = 0; more < 15; more++) {
            size = log.append(3);
            Optional<SignedNote> relied = seen.relied();
            assertThat(relied.isEmpty() || settings.policy().isMetBy(relied.get())).isTrue();
        }
        awaitRelied(seen, size);
    }

    @Test
    void of_several_processes_one_asks_a_witness_and_another_when_that_stops() throws Exception {
        StubWitness witness = stub("w1", slowly(Duration.ZERO));
        WitnessSettings settings = settings(1, known(witness));
        WitnessedLog seen = seen(settings);
        Duration between = Duration.ofMillis(100);
        Witnesses.Pace pace =
                new Witnesses.Pace(between, Duration.ofSeconds(1), Duration.ofSeconds(2));
        List<Witnesses> processes = new ArrayList<>();
        for (int process = 0; process < 4; process++) {
            processes.add(ask(settings, pace));
        }
        long began = System.nanoTime();
        long size = 0;
        while (witness.asked.get() < 20) {
            size = log.append(1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("as one of them takes for it")
                .isGreaterThan(between.multipliedBy(15));
        ask(settings, pace);
        for (Witnesses process : processes) { // whichever of them it was that asked
            process.close();
        }
        awaitRelied(seen, log.append(1));
        assertThat(seen.reliedSize()).isEqualTo(size + 1);
    }

    @Test
    void receipts_rest_on_what_witnesses_saw_as_soon_as_it_covers_the_entry() throws Exception {
        RunningWitness witness = witness("w1");
        WitnessSettings settings = settings(1, known(witness));
        WitnessedLog seen = seen(settings);
        Witnesses asking = ask(settings);
        log.append(5);
        awaitRelied(seen, 5);
        asking.close();
        log.append(2);
        LogProof old = seen.proof(4);
        LogProof young = seen.proof(5);
        assertThat(WitnessedLog.sizeOf(old.checkpoint())).isEqualTo(5);
        assertThat(settings.policy().isMetBy(old.checkpoint())).isTrue();
        assertThat(WitnessedLog.sizeOf(young.checkpoint())).isEqualTo(7);
        List<NoteKey> keys = List.of(log.ledger().key());
        assertThat(old.proves(log.ledger().entry(4), keys)).isTrue();
        assertThat(young.proves(log.ledger().entry(5), keys)).isTrue();
    }

    @Test
    void another_policy_relies_on_what_meets_it_and_on_nothing_else() throws Exception {
        RunningWitness first = witness("w1");
        RunningWitness second = witness("w2");
        WitnessSettings one = settings(1, known(first));
        Witnesses asking = ask(one);
        log.append(5);
        awaitRelied(seen(one), 5);
        asking.close();
        WitnessedLog either = seen(settings(1, known(first), known(second)));
        assertThat(either.relied().map(WitnessedLog::sizeOf)).hasValue(5L);
        WitnessSettings both = settings(2, known(first), known(second));
        assertThat(seen(both).relied()).isEmpty();
        ask(both);
        awaitRelied(seen(both), 5);
        assertThat(both.policy().isMetBy(seen(both).relied().orElseThrow())).isTrue();
    }

    private static StubWitness.Behaviour slowly(Duration wait) {
        return (exchange, asked, signer) -> {
            LockSupport.parkNanos(wait.toNanos());
            byte[] line = signer.sign(asked.checkpoint().text(), 1).line().getBytes(UTF_8);
            StubWitness.answer(exchange, 200, line);
        };
    }

    private void awaitRelied(WitnessedLog seen, long size) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> seen.reliedSize() == size);
        SignedNote relied = seen.relied().orElseThrow();
        assertThat(WitnessedLog.sizeOf(relied)).isEqualTo(size);
        assertThat(seen.policy().isMetBy(relied)).isTrue();
        assertThat(relied.verify(List.of(log.ledger().key()))).isInstanceOf(Checked.Valid.class);
    }

    private static void awaitCosigned(WitnessedLog seen, long size, NoteKey witness) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                seen.newest()
                                        .filter(note -> WitnessedLog.sizeOf(note) == size)
                                        .map(note -> note.verify(List.of(witness)))
                                        .filter(Checked.Valid.class::isInstance)
                                        .isPresent());
    }

    private WitnessedLog seen(WitnessSettings settings) {
        return new WitnessedLog(log.ledger(), store, settings.policy());
    }

    private Witnesses ask(WitnessSettings settings) {
        return ask(settings, QUICK);
    }

    private Witnesses ask(WitnessSettings settings, Witnesses.Pace pace) {
        Witnesses asking = new Witnesses(log.ledger(), store, settings, pace);
        open.add(asking);
        asking.start();
        return asking;
    }

    private static WitnessSettings settings(int quorum, Known... witnesses) {
        return new WitnessSettings(
                new WitnessPolicy(quorum, Stream.of(witnesses).map(Known::key).toList()),
                Stream.of(witnesses).map(Known::address).toList());
    }

    private record Known(NoteKey key, URI address) {}

    private static Known known(StubWitness stub) {
        return new Known(stub.key(), stub.address());
    }

    private StubWitness stub(String name, StubWitness.Behaviour behaviour) throws IOException {
        StubWitness stub = new StubWitness(name, behaviour);
        open.add(stub);
        return stub;
    }

    private static Known known(RunningWitness witness) {
        return new Known(witness.key(), witness.address());
    }

    private RunningWitness witness(String name) {
        return running(name, 0);
    }

    /** The same witness, on the folder and at the address that it had. */
    private RunningWitness again(RunningWitness stopped) {
        return running(stopped.key().name(), stopped.address().getPort());
    }

    private RunningWitness running(String name, int port) {
        RunningWitness witness =
                new RunningWitness(home.resolve(name), name, log.ledger().key(), port);
        open.add(witness);
        return witness;
    }
}
