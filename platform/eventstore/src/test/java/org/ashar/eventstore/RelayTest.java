package org.ashar.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ashar.eventstore.Fixture.ANYONE;
import static org.ashar.eventstore.Fixture.meta;
import static org.ashar.eventstore.Fixture.race;
import static org.ashar.eventstore.Fixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.ashar.eventstore.Outcome.Done;
import org.ashar.eventstore.Tally.Command;
import org.ashar.eventstore.Tally.State;
import org.ashar.kernel.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Fixture.Server server = Fixture.Server.inMemory();
    private final MongoDatabase database = server.database();
    private final ScriptedBroker broker = new ScriptedBroker();
    private EventStore store;
    private CommandHandler<Command, State, Tally.Event> tallies;

    @BeforeEach
    void open() {
        store = Fixture.open(database, broker);
        tallies = store.handler(Tally.type(1));
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void what_is_committed_is_sent_in_order_and_its_mark_goes() {
        live("a");
        add("a", 2, 3);
        add("a", 3, 4);
        awaitIdle();
        assertThat(sent("a"))
                .containsExactly(
                        "1 {\"note\":\"a\",\"sum\":0}",
                        "2 {\"amount\":3,\"sum\":3}",
                        "3 {\"amount\":4,\"sum\":7}");
        assertThat(store.relay().status()).isEqualTo(new RelayStatus(0, null, true, null));
    }

    @Test
    void a_draft_is_sent_to_nobody() {
        tallies.create(stream("a"), meta("k"), ANYONE, new Command.Open("secret"));
        awaitIdle();
        assertThat(broker.log()).isEmpty();
    }

    @Test
    void commands_go_on_while_the_broker_is_down_and_all_arrives_when_it_is_back() {
        broker.stop();
        for (int i = 0; i < 40; i++) {
            live("s" + i);
            // More commits than the queue may hold: the sweep finds the rest.
            for (int n = 2; n < 8; n++) {
                add("s" + i, n, 1);
            }
        }
        await().atMost(PATIENCE).until(() -> store.relay().status().failingSince() != null);
        assertThat(store.relay().status().waiting()).isLessThanOrEqualTo(600);
        assertThat(store.relay().status().oldest()).isEqualTo(Fixture.TIME);
        assertThat(broker.log()).isEmpty();
        broker.startAgain();
        awaitIdle();
        for (int i = 0; i < 40; i++) {
            assertThat(sequences("s" + i)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
        assertThat(store.relay().status().failingSince()).isNull();
    }

    @Test
    void a_sweep_finds_what_a_crash_left() {
        awaitIdle();
        broker.stop();
        live("a");
        add("a", 2, 1);
        store.close();
        broker.startAgain();
        // Two commits have something to send. The draft's has not: it needs no broker, and is done.
        assertThat(pending()).isEqualTo(2);
        open();
        awaitIdle();
        assertThat(sequences("a")).containsExactly(1L, 2L);
    }

    @Test
    void a_sweep_finds_what_was_recorded_before_the_clock_was_put_back() {
        awaitIdle();
        broker.stop();
        live("a");
        store.close();
        broker.startAgain();
        store = Fixture.open(database, aDayBefore(Fixture.TIME), broker);
        tallies = store.handler(Tally.type(1));
        awaitIdle();
        assertThat(sequences("a")).containsExactly(1L);
    }

    @Test
    void what_was_set_aside_is_tried_again_though_the_clock_is_put_back() {
        store.close();
        AtomicReference<Clock> clock = new AtomicReference<>(Clock.systemUTC());
        InstantSource moved = () -> clock.get().instant();
        store = Fixture.open(database, moved.withZone(ZoneOffset.UTC), broker);
        tallies = store.handler(Tally.type(1));
        awaitIdle();
        broker.refuse(_ -> true, ScriptedBroker.Refusal.AT_ONCE);
        live("a");
        await().atMost(PATIENCE)
                .until(() -> pending() == 1 && store.relay().status().waiting() == 0);
        clock.set(aDayBefore(Instant.now()));
        broker.refuse(_ -> false, ScriptedBroker.Refusal.AT_ONCE);
        awaitIdle();
        assertThat(sequences("a")).containsExactly(1L);
    }

    private static Clock aDayBefore(Instant time) {
        return Clock.fixed(time.minus(Duration.ofDays(1)), ZoneOffset.UTC);
    }

    @Test
    void a_crash_before_the_current_document_is_made_good() {
        broker.stop();
        live("a");
        store.close();
        database.getCollection("current_tally").deleteMany(Filters.empty());
        broker.startAgain();
        open();
        awaitIdle();
        assertThat(
                        database.getCollection("current_tally")
                                .find(Filters.eq("_id", stream("a").toString()))
                                .first())
                .containsEntry("version", 2L);
    }

    @Test
    void documents_of_an_old_format_are_folded_again_at_start() {
        live("a");
        add("a", 2, 5);
        awaitIdle();
        store.close();
        store = Fixture.open(database, broker);
        store.handler(Tally.type(2));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                database.getCollection("current_tally")
                                                        .countDocuments(Filters.eq("s.sum", 10L)))
                                        .isEqualTo(1));
    }

    @Test
    void a_stream_of_many_pending_commits_is_sent_whole_and_in_order() {
        broker.stop();
        live("a");
        for (int version = 2; version <= 450; version++) {
            add("a", version, 1);
        }
        store.close();
        broker.startAgain();
        open();
        awaitIdle();
        assertThat(firstSeen("a")).isSorted().hasSize(450);
    }

    @Test
    void each_stream_stays_in_order_whatever_fails_and_doubles_are_identical() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("each_stream_stays_in_order… seed " + seed);
        Random random = new Random(seed);
        AtomicInteger failures = new AtomicInteger();
        broker.lose(sent -> fails(random, failures, 0.2));
        broker.hideAnswer(sent -> fails(random, failures, 0.2));
        for (int i = 0; i < 8; i++) {
            live("s" + i);
        }
        race(
                8,
                i -> {
                    for (int version = 2; version < 32; version++) {
                        add("s" + i, version, 1);
                    }
                    return i;
                });
        await().atMost(PATIENCE).until(() -> failures.get() > 40 || pending() == 0);
        broker.lose(sent -> false);
        broker.hideAnswer(sent -> false);
        awaitIdle();
        for (int i = 0; i < 8; i++) {
            assertThat(inOrderSomewhere("s" + i)).isEqualTo(31);
        }
        Map<String, Set<String>> contents = new HashMap<>();
        broker.log()
                .forEach(
                        sent ->
                                contents.computeIfAbsent(
                                                header(sent, "ce_id"), k -> new LinkedHashSet<>())
                                        .add(whole(sent)));
        assertThat(contents).hasSize(8 * 31).allSatisfy((id, same) -> assertThat(same).hasSize(1));
    }

    @Test
    void a_lost_event_holds_back_its_own_stream_alone() {
        live("a");
        live("b");
        awaitIdle();
        broker.lose(sent -> sent.key().equals(stream("a").toString()));
        add("a", 2, 1);
        add("a", 3, 1);
        add("b", 2, 1);
        await().atMost(PATIENCE).until(() -> sequences("b").contains(2L));
        await().atMost(PATIENCE)
                .until(() -> store.relay().status().failingSince() != null && pending() == 2);
        assertThat(sequences("a")).containsExactly(1L);
        broker.lose(sent -> false);
        awaitIdle();
        assertThat(sequences("a")).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource
    void an_event_that_is_never_taken_holds_back_its_own_stream_alone(ScriptedBroker.Refusal how) {
        List<String> names = IntStream.range(0, 6).mapToObj(i -> "s" + i).toList();
        names.forEach(this::live);
        awaitIdle();
        String first =
                names.stream().min(Comparator.comparing(n -> stream(n).toString())).orElseThrow();
        broker.stop();
        names.forEach(name -> add(name, 2, 1));
        await().atMost(PATIENCE).until(() -> store.relay().status().failingSince() != null);
        broker.refuse(sent -> sent.key().equals(stream(first).toString()), how);
        broker.startAgain();
        await().atMost(PATIENCE)
                .until(() -> pending() == 1 && store.relay().status().failingSince() == null);
        for (String name : names) {
            assertThat(firstSeen(name)).isEqualTo(range(name.equals(first) ? 1 : 2));
        }
        broker.refuse(sent -> false, how);
        store.relay().sweepSoon();
        awaitIdle();
        assertThat(firstSeen(first)).isEqualTo(range(2));
    }

    @Test
    void what_another_process_committed_before_goes_first() {
        live("a");
        awaitIdle();
        broker.stop();
        try (EventStore other = Fixture.open(database, broker)) {
            CommandHandler<Command, State, Tally.Event> there = other.handler(Tally.type(1));
            assertThat(there.update(stream("a"), 2, meta("there"), ANYONE, new Command.Add(1)))
                    .isEqualTo(new Done(stream("a"), 3));
            add("a", 3, 1);
        }
        broker.startAgain();
        awaitIdle();
        assertThat(firstSeen("a")).isEqualTo(range(3));
    }

    @Test
    void a_stream_that_cannot_be_folded_holds_up_no_other_and_is_not_sent_for_ever() {
        database.getCollection("commits").insertOne(CommitCodec.write(fromTheFuture("x")));
        live("a");
        await().atMost(PATIENCE).until(() -> sequences("a").equals(List.of(1L)));
        store.relay().sweepSoon();
        await().atMost(PATIENCE).until(() -> pending() == 1 && store.relay().status().complete());
        store.relay().sweepSoon();
        await().atMost(PATIENCE).until(() -> store.relay().status().complete());
        assertThat(sequences("x")).containsExactly(1L);
        assertThat(store.relay().status().failingSince()).isNull();
    }

    private static Commit fromTheFuture(String name) {
        StreamId stream = stream(name);
        PublishedEvent event =
                new PublishedEvent(
                        PublishedEvent.idOf(stream, 1),
                        "/osh/tallies",
                        "org.ashar.tallies.tally-closed.v1",
                        stream,
                        1,
                        Fixture.TIME,
                        null,
                        null,
                        "{}".getBytes(UTF_8));
        return Fixture.commit(stream, new Commit.StoredEvent("closed", "{}"), List.of(event));
    }

    @Test
    void republishing_sends_the_stored_bytes_again() {
        live("a");
        add("a", 2, 3);
        live("b");
        awaitIdle();
        List<String> before = broker.log().stream().map(RelayTest::whole).toList();
        assertThat(store.republish(stream("a"))).isEqualTo(2);
        assertThat(broker.log().stream().map(RelayTest::whole))
                .hasSize(5)
                .startsWith(before.toArray(String[]::new))
                .endsWith(
                        before.stream()
                                .filter(sent -> sent.contains(stream("a").toString()))
                                .toArray(String[]::new));
        assertThat(store.republish(stream("nothing"))).isZero();
    }

    private static boolean fails(Random random, AtomicInteger failures, double share) {
        synchronized (random) {
            boolean fails = random.nextDouble() < share;
            if (fails) {
                failures.incrementAndGet();
            }
            return fails;
        }
    }

    private void live(String name) {
        assertThat(tallies.create(stream(name), meta("open"), ANYONE, new Command.Open(name)))
                .isEqualTo(new Done(stream(name), 1));
        assertThat(tallies.update(stream(name), 1, meta("live"), ANYONE, new Command.Publish()))
                .isEqualTo(new Done(stream(name), 2));
    }

    private void add(String name, long version, long amount) {
        assertThat(
                        tallies.update(
                                stream(name),
                                version,
                                meta("add " + version),
                                ANYONE,
                                new Command.Add(amount)))
                .isEqualTo(new Done(stream(name), version + 1));
    }

    private long pending() {
        return database.getCollection("commits").countDocuments(Filters.exists("pending"));
    }

    private void awaitIdle() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                pending() == 0
                                        && store.relay().status().waiting() == 0
                                        && store.relay().status().complete());
    }

    private List<ProducerRecord<String, byte[]>> of(String name) {
        StreamId stream = stream(name);
        return broker.log().stream().filter(sent -> sent.key().equals(stream.toString())).toList();
    }

    private List<String> sent(String name) {
        return of(name).stream()
                .map(sent -> sequence(sent) + " " + new String(sent.value(), UTF_8))
                .toList();
    }

    private List<Long> sequences(String name) {
        return of(name).stream().map(RelayTest::sequence).toList();
    }

    /** Sequences in the order in which each was seen for the first time. */
    private List<Long> firstSeen(String name) {
        return List.copyOf(new LinkedHashSet<>(sequences(name)));
    }

    /**
     * How far the stream can be read from the log in order, passing over repetitions and over what
     * came before its predecessor: such a one must have been sent again behind it.
     */
    private long inOrderSomewhere(String name) {
        long next = 1;
        for (long sequence : sequences(name)) {
            if (sequence == next) {
                next++;
            }
        }
        return next - 1;
    }

    private static List<Long> range(long to) {
        List<Long> range = new ArrayList<>();
        for (long n = 1; n <= to; n++) {
            range.add(n);
        }
        return range;
    }

    private static long sequence(ProducerRecord<String, byte[]> sent) {
        return Long.parseLong(header(sent, "ce_sequence"));
    }

    private static String header(ProducerRecord<String, byte[]> sent, String name) {
        return new String(sent.headers().lastHeader(name).value(), UTF_8);
    }

    private static String whole(ProducerRecord<String, byte[]> sent) {
        StringBuilder all = new StringBuilder(sent.key());
        for (Header header : sent.headers()) {
            all.append('\n')
                    .append(header.key())
                    .append('=')
                    .append(new String(header.value(), UTF_8));
        }
        return all.append('\n').append(new String(sent.value(), UTF_8)).toString();
    }
}
