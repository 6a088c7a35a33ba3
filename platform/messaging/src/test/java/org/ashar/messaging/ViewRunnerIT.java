package org.ashar.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views kept from a real broker. */
class ViewRunnerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static TestStore store;
    private static TestBroker broker;

    private final List<ViewRunner> runners = new ArrayList<>();
    private MongoDatabase database;
    private String shelf = "";
    private Things things = new Things("makers");

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = new TestStore(folder.resolve("store"));
        broker = new TestBroker(folder.resolve("kafka"));
    }

    @AfterAll
    static void close() {
        broker.close();
        store.close();
    }

    @BeforeEach
    void empty() {
        database = store.database();
        String unique = UUID.randomUUID().toString().substring(0, 8);
        things = new Things("makers-" + unique);
        shelf = "shelf-" + unique;
        broker.createTopic(things.topic(), Things.PARTITIONS);
    }

    @AfterEach
    void stop() {
        runners.forEach(ViewRunner::stop);
    }

    @Test
    void is_ready_when_it_has_applied_what_there_was_at_its_start() {
        Map<StreamId, Integer> lengths = send(20, 30);
        ViewRunner runner = run(database, settings());
        assertThat(runner.status().ready()).isFalse();
        await().atMost(PATIENCE).until(() -> runner.status().ready());
        assertComplete(runner.reader(), lengths);
        assertThat(runner.status().lagEvents()).isZero();
        assertThat(runner.status().lag()).isZero();
        assertThat(runner.status().trouble()).isNull();
    }

    @Test
    void goes_on_where_it_was_stopped() {
        Map<StreamId, Integer> first = send(5, 10);
        ViewRunner one = run(database, settings());
        await().atMost(PATIENCE).until(() -> one.status().ready());
        one.stop();
        Map<StreamId, Integer> all = new HashMap<>(first);
        first.forEach((stream, length) -> all.put(stream, extend(stream, length, 7)));
        ViewRunner two = run(database, settings());
        await().atMost(PATIENCE).until(() -> two.status().ready());
        assertComplete(two.reader(), all);
    }

    @Test
    void an_instance_with_a_name_keeps_its_partitions_when_it_is_started_again() {
        Map<StreamId, Integer> lengths = send(5, 10);
        ViewSettings named =
                ViewSettings.of(
                                Things.INSTALLATION,
                                Map.of(
                                        "bootstrap.servers",
                                        broker.bootstrap(),
                                        "group.instance.id",
                                        "one",
                                        "session.timeout.ms",
                                        "20000"))
                        .withRetireAfter(Duration.ofSeconds(3));
        ViewRunner first = run(database, named);
        await().atMost(PATIENCE).until(() -> first.status().ready());
        List<String> places = List.of("one-0", "one-1");
        await("one alone may have applied everything before the other joins")
                .atMost(PATIENCE)
                .until(() -> broker.settled(shelf + ".all-things.g1").containsAll(places));
        first.stop();
        assertThat(broker.members(shelf + ".all-things.g1"))
                .as("as after a kill, the broker holds their places")
                .containsExactlyInAnyOrderElementsOf(places);
        Map<StreamId, Integer> all = new HashMap<>(lengths);
        all.replaceAll((stream, length) -> extend(stream, length, 5));
        broker.flush();
        ViewRunner second = run(database, named);
        await().atMost(PATIENCE).untilAsserted(() -> assertComplete(second.reader(), all));
        assertThat(second.rebuild()).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> second.status().active() == 2);
        await().atMost(PATIENCE).until(() -> !broker.groups().contains(shelf + ".all-things.g1"));
    }

    @Test
    void what_unfolds_to_more_than_any_store_or_memory_takes_is_parked_and_passed_over() {
        StreamId cup = Things.thing(1);
        broker.send(KafkaCloudEvents.toRecord(things.topic(), things.made(cup, 1, "cup")));
        broker.flush();
        // What unfolds to 240 MB lies in one partition as 240 KB.
        ProducerRecord<String, byte[]> huge =
                new ProducerRecord<>(things.topic(), cup.toString(), new byte[40_000_000]);
        broker.sendCompressed(Collections.nCopies(6, huge));
        List<ProducerRecord<String, byte[]>> odd =
                List.of(
                        new ProducerRecord<>(things.topic(), "k".repeat(20_000_000), new byte[9]),
                        new ProducerRecord<>(
                                things.topic(),
                                null,
                                "with a header",
                                new byte[9],
                                List.of(new RecordHeader("h", new byte[20_000_000]))),
                        new ProducerRecord<>(
                                things.topic(),
                                null,
                                "claims that it was larger",
                                new byte[0],
                                List.of(new RecordHeader("ashar_left-out", new byte[9]))));
        broker.sendCompressed(odd);
        broker.send(KafkaCloudEvents.toRecord(things.topic(), things.marked(cup, 2, 7)));
        broker.flush();

        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(runner.reader().slice(things.slices(), cup))
                                        .hasValueSatisfying(
                                                slice ->
                                                        assertThat(slice.sequence()).isEqualTo(2)));
        await().atMost(PATIENCE).until(() -> runner.status().parked() == 9);
        Map<String, List<ParkedEvent>> byReason =
                runner.parked("", 100).stream().collect(Collectors.groupingBy(ParkedEvent::reason));
        String digest = sha256(huge.value());
        assertThat(byReason).containsOnlyKeys("event.too-large", "event.missing-attribute");
        assertThat(byReason.get("event.missing-attribute")).hasSize(1);
        assertThat(byReason.get("event.too-large"))
                .hasSize(8)
                .filteredOn(parked -> parked.detail().contains("40000000 bytes"))
                .hasSize(6)
                .allSatisfy(
                        parked -> {
                            assertThat(parked.detail()).contains(digest).endsWith(parked.id());
                            assertThat(parked.blocking()).isFalse();
                            assertThat(runner.replay(parked.id()))
                                    .isEqualTo(ReplayOutcome.STILL_PARKED);
                        });
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void waits_for_a_topic_that_does_not_exist_yet() {
        things = new Things("late-makers");
        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE)
                .until(() -> "a topic does not exist yet".equals(runner.status().trouble()));
        broker.createTopic(things.topic(), Things.PARTITIONS);
        Map<StreamId, Integer> lengths = send(3, 5);
        await().atMost(PATIENCE).untilAsserted(() -> assertComplete(runner.reader(), lengths));
    }

    @Test
    void is_rebuilt_while_events_flow_and_readers_read_without_a_step_back() {
        Map<StreamId, Integer> lengths = new HashMap<>(send(40, 40));
        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE).until(() -> runner.status().ready());

        AtomicBoolean done = new AtomicBoolean();
        List<StreamId> streams = List.copyOf(lengths.keySet());
        CompletableFuture<Integer> reading =
                CompletableFuture.supplyAsync(
                        () -> readWithoutAStepBack(runner.reader(), streams, done));
        int generation = runner.rebuild();
        assertThat(runner.rebuild()).as("one that is going on goes on").isEqualTo(generation);
        Random random = new Random(7);
        while (runner.status().active() != generation) {
            StreamId stream = streams.get(random.nextInt(streams.size()));
            lengths.merge(stream, 0, (length, _) -> extend(stream, length, 1));
            broker.flush();
            assertThat(lengths.values().stream().mapToInt(n -> n).sum()).isLessThan(100_000);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertComplete(runner.reader(), lengths));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(collections())
                                        .isNotEmpty()
                                        .allMatch(
                                                name ->
                                                        name.equals("view_generations")
                                                                || name.endsWith("_g2")));
        done.set(true);
        assertThat(reading.join()).isPositive();
        assertThat(broker.groups()).contains(shelf + ".all-things.g2");
        assertThat(broker.groups()).doesNotContain(shelf + ".all-things.g1");
    }

    @Test
    void a_rebuild_that_dies_at_any_step_is_finished_by_the_next_process() {
        Map<StreamId, Integer> lengths = send(10, 20);
        long seed = new Random().nextLong();
        // Begin, rebuild, ends captured, switched, four collections dropped, forgotten.
        List<CompletableFuture<Void>> deaths =
                IntStream.range(0, 9)
                        .mapToObj(
                                step -> {
                                    Random random = new Random(seed + step);
                                    MongoDatabase own = store.database();
                                    return CompletableFuture.runAsync(
                                            () -> dieAndGoOn(step, random, own, lengths),
                                            Thread::startVirtualThread);
                                })
                        .toList();
        assertThat(deaths)
                .as("seed " + seed)
                .allSatisfy(death -> assertThat(death).succeedsWithin(PATIENCE.multipliedBy(3)));
    }

    private void dieAndGoOn(
            int step, Random random, MongoDatabase own, Map<StreamId, Integer> lengths) {
        FailingDatabase dying = FailingDatabase.dyingAfter(step, random);
        ViewDefinition view = things.view(shelf + "-" + step);
        try (ViewRunner first =
                new ViewRunner(dying.of(own), view, settings(), Clock.systemUTC())) {
            first.start();
            await().atMost(PATIENCE).until(() -> first.status().ready() || dying.dead());
            try {
                first.rebuild();
            } catch (FailingDatabase.Crash e) {
                assertThat(dying.dead()).isTrue();
            }
            await().atMost(PATIENCE).until(dying::dead);
        }
        try (ViewRunner next = new ViewRunner(own, view, settings(), Clock.systemUTC())) {
            next.start();
            await().atMost(PATIENCE).until(() -> next.status().ready());
            if (next.status().active() == 1) {
                assertThat(next.rebuild()).isEqualTo(2);
            }
            await().atMost(PATIENCE).until(() -> next.status().active() == 2);
            assertComplete(next.reader(), lengths);
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    own.listCollectionNames().into(new ArrayList<>()).stream()
                                            .noneMatch(name -> name.endsWith("_g1")));
            assertThat(new Generations(own, view.name()).read())
                    .hasValueSatisfying(state -> assertThat(state.building()).isNull());
        }
    }

    @Test
    void begins_at_the_first_event_whatever_its_groups_committed_in_an_earlier_life() {
        Map<StreamId, Integer> lengths = send(10, 20);
        for (int generation = 1; generation <= 2; generation++) {
            broker.commitEnds(
                    shelf + ".all-things.g" + generation, things.topic(), Things.PARTITIONS);
        }
        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE).until(() -> runner.status().ready());
        assertComplete(runner.reader(), lengths);
        assertThat(runner.rebuild()).isEqualTo(2);
        await().atMost(PATIENCE).until(() -> runner.status().active() == 2);
        assertComplete(runner.reader(), lengths);
    }

    @Test
    void an_empty_store_waits_for_members_of_an_earlier_life_whose_offsets_it_cannot_forget() {
        Map<StreamId, Integer> lengths = send(10, 20);
        String group = shelf + ".all-things.g1";
        broker.commitEnds(group, things.topic(), Things.PARTITIONS);
        ViewRunner runner;
        try (KafkaConsumer<String, byte[]> member = broker.member(group, things.topic())) {
            runner = run(database, settings());
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    "consumers of an earlier life have not left their group yet"
                                            .equals(runner.status().trouble()));
            assertThat(member.assignment()).hasSize(Things.PARTITIONS);
            assertThat(new Generations(database, "all-things").read()).isEmpty();
            assertThat(runner.rebuild()).as("begins at the first event by itself").isEqualTo(1);
            assertThat(runner.status().ready()).isFalse();
        }
        await().atMost(PATIENCE).until(() -> runner.status().ready());
        assertComplete(runner.reader(), lengths);
        assertThat(runner.status().trouble()).isNull();
    }

    @Test
    void a_store_emptied_under_a_view_is_filled_again() {
        Map<StreamId, Integer> lengths = send(10, 20);
        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE).until(() -> runner.status().ready());
        collections().forEach(name -> database.getCollection(name).drop());
        await().atMost(PATIENCE).untilAsserted(() -> assertComplete(runner.reader(), lengths));
    }

    @Test
    void a_view_kept_in_another_format_is_rebuilt_by_itself_and_serves_meanwhile() {
        Map<StreamId, Integer> lengths = send(20, 20);
        ViewRunner before = run(database, settings());
        await().atMost(PATIENCE).until(() -> before.status().ready());
        before.stop();
        // As it was kept before formats had numbers.
        database.getCollection("view_generations")
                .updateOne(Filters.eq("_id", "all-things"), Updates.unset("format"));
        ViewRunner same = run(database, settings());
        await().atMost(PATIENCE).until(() -> same.status().ready());
        assertThat(same.status().rebuild()).isNull();
        assertThat(same.status().active()).isEqualTo(1);
        same.stop();

        ViewDefinition next = new ViewDefinition(shelf, "all-things", 2, List.of(things.slices()));
        ViewRunner later = run(database, settings(), next);
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            assertComplete(later.reader(), lengths);
                            return later.status().active() == 2;
                        });
        assertComplete(later.reader(), lengths);
        later.stop();
        ViewRunner again = run(database, settings(), next);
        await().atMost(PATIENCE).until(() -> again.status().ready());
        assertThat(again.status().active()).isEqualTo(2);
        assertThat(again.status().rebuild()).isNull();
    }

    @Test
    void a_rebuild_begun_in_another_format_is_given_up_for_one_in_ours() {
        Map<StreamId, Integer> lengths = send(10, 20);
        ViewRunner before = run(database, settings());
        await().atMost(PATIENCE).until(() -> before.status().ready());
        before.stop();
        Generations generations = new Generations(database, "all-things");
        Generations.State state = generations.read().orElseThrow();
        assertThat(generations.replace(state, state.rebuilding(7, Things.NOON))).isTrue();
        database.getCollection(GenerationNames.collection("all-things", "things", 2))
                .insertOne(new Document("_id", "left"));

        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE).until(() -> runner.status().active() == 3);
        assertComplete(runner.reader(), lengths);
        await().atMost(PATIENCE)
                .until(() -> collections().stream().noneMatch(n -> n.endsWith("_g2")));
    }

    @Test
    void two_runners_share_the_partitions_and_the_rebuild() {
        Map<StreamId, Integer> lengths = new HashMap<>(send(30, 20));
        ViewRunner one = run(database, settings());
        ViewRunner two = run(database, settings());
        await().atMost(PATIENCE).until(() -> one.status().ready() && two.status().ready());
        assertComplete(one.reader(), lengths);
        two.rebuild();
        lengths.replaceAll((stream, length) -> extend(stream, length, 5));
        await().atMost(PATIENCE)
                .until(() -> one.status().active() == 2 && two.status().active() == 2);
        one.stop();
        lengths.replaceAll((stream, length) -> extend(stream, length, 5));
        await().atMost(PATIENCE).untilAsserted(() -> assertComplete(two.reader(), lengths));
        await().atMost(PATIENCE)
                .until(() -> collections().stream().noneMatch(n -> n.endsWith("_g1")));
    }

    @Test
    void what_another_instance_applied_is_read_anew_when_its_streams_come_back() {
        StreamId cup = Things.thing(1);
        send(things.made(cup, 1, "cup"));
        broker.flush();
        ViewRunner one = run(database, settings());
        await().atMost(PATIENCE).until(() -> one.status().ready());
        elsewhere(things.marked(cup, 2, 5));
        ViewRunner two = run(database, settings());
        await().atMost(PATIENCE).until(() -> two.status().ready());
        await().atMost(PATIENCE).until(() -> broker.settled(shelf + ".all-things.g1").size() == 4);
        two.stop();
        await().atMost(PATIENCE).until(() -> broker.settled(shelf + ".all-things.g1").size() == 2);
        send(things.marked(cup, 2, 50));
        broker.flush();
        await().atMost(PATIENCE).until(() -> one.parked("", 10).size() == 1);
        assertThat(one.reader().lines(Things.MARKS, ViewQuery.all().ofStream(cup)).rows())
                .singleElement()
                .satisfies(line -> assertThat(line.body().points()).isEqualTo(5));
    }

    @Test
    void a_partition_waits_when_too_much_is_held_and_goes_on_after_a_replay() {
        StreamId cup = Things.thing(1);
        send(things.made(cup, 1, "cup"));
        send(things.event(cup, 2, things.type("marked", 1), "{\"points\":"));
        IntStream.rangeClosed(3, 60).forEach(s -> send(things.marked(cup, s, 1)));
        broker.flush();
        ViewRunner runner = run(database, settings().withHeldLimit(20));
        await().atMost(PATIENCE).until(() -> !runner.status().paused().isEmpty());
        assertThat(runner.status().held()).isEqualTo(20);
        assertThat(runner.status().ready()).isFalse();

        // A good copy comes by way of the operator: the parked one is replaced before its replay.
        ParkedEvent parked = runner.parked("", 10).getFirst();
        assertThat(runner.replay(parked.id())).isEqualTo(ReplayOutcome.STILL_PARKED);
        elsewhere(things.marked(cup, 2, 1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertComplete(runner.reader(), Map.of(cup, 60)));
        await().atMost(PATIENCE).until(() -> runner.status().paused().isEmpty());
        await().atMost(PATIENCE).until(() -> runner.status().ready());
    }

    @Test
    void a_store_that_is_away_for_a_while_costs_nothing_but_time() {
        FailingDatabase failing = new FailingDatabase(new Random(3), 1.0);
        Map<StreamId, Integer> lengths = send(10, 20);
        ViewRunner runner = run(failing.of(database), settings());
        await().atMost(PATIENCE).until(() -> runner.status().trouble() != null);
        assertThat(runner.status().ready()).isFalse();
        failing.heal();
        await().atMost(PATIENCE).until(() -> runner.status().ready());
        assertComplete(runner.reader(), lengths);
        await().atMost(PATIENCE).until(() -> runner.status().trouble() == null);
    }

    @Test
    void a_broker_that_is_away_for_a_while_costs_nothing_but_time() {
        Map<StreamId, Integer> before = send(10, 20);
        ViewRunner runner = run(database, settings());
        await().atMost(PATIENCE).until(() -> runner.status().ready());
        runner.rebuild();
        broker.awayFor(
                () -> {
                    await().atMost(PATIENCE).until(() -> runner.status().trouble() != null);
                    assertComplete(runner.reader(), before);
                });
        Map<StreamId, Integer> all = new HashMap<>(before);
        all.replaceAll((stream, length) -> extend(stream, length, 5));
        broker.flush();
        await().atMost(PATIENCE).until(() -> runner.status().active() == 2);
        await().atMost(PATIENCE).untilAsserted(() -> assertComplete(runner.reader(), all));
        await().atMost(PATIENCE).until(() -> runner.status().trouble() == null);
    }

    @Test
    void stops_in_time_though_the_store_does_not_answer() {
        FailingDatabase failing = new FailingDatabase(new Random(3), 1.0);
        send(10, 20);
        ViewRunner runner = run(failing.of(database), settings());
        await().atMost(PATIENCE).until(() -> runner.status().trouble() != null);
        long before = System.nanoTime();
        runner.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
    }

    /** What another process would do with it. */
    private void elsewhere(PublishedEvent event) {
        new BatchApplier(
                        new GenerationStore(database, things.view(shelf), 1, Clock.systemUTC()),
                        new Intake(things.view(shelf), Things.INSTALLATION),
                        20)
                .apply(List.of(things.record(event, 1_000)));
    }

    private ViewSettings settings() {
        return ViewSettings.of(Things.INSTALLATION, Map.of("bootstrap.servers", broker.bootstrap()))
                .withBatch(500)
                .withRetireAfter(Duration.ofSeconds(3));
    }

    private ViewRunner run(MongoDatabase in, ViewSettings settings) {
        return run(in, settings, things.view(shelf));
    }

    private ViewRunner run(MongoDatabase in, ViewSettings settings, ViewDefinition view) {
        ViewRunner runner = new ViewRunner(in, view, settings, Clock.systemUTC());
        runners.add(runner);
        runner.start();
        return runner;
    }

    private Map<StreamId, Integer> send(int streams, int events) {
        Map<StreamId, Integer> lengths = new HashMap<>();
        for (int number = 0; number < streams; number++) {
            StreamId stream = Things.thing(number);
            send(things.made(stream, 1, "thing " + number));
            lengths.put(stream, extend(stream, 1, events));
        }
        broker.flush();
        return lengths;
    }

    private int extend(StreamId stream, int from, int by) {
        for (int sequence = from + 1; sequence <= from + by; sequence++) {
            send(things.marked(stream, sequence, sequence % 10));
        }
        return from + by;
    }

    private void send(PublishedEvent event) {
        ProducerRecord<String, byte[]> kafka = KafkaCloudEvents.toRecord(things.topic(), event);
        broker.send(
                new ProducerRecord<>(
                        kafka.topic(),
                        Things.partition(event.subject()),
                        kafka.key(),
                        kafka.value(),
                        kafka.headers()));
    }

    private List<String> collections() {
        return database.listCollectionNames().into(new ArrayList<>());
    }

    private void assertComplete(ViewReader reader, Map<StreamId, Integer> lengths) {
        lengths.forEach(
                (stream, length) -> {
                    Optional<Slice<Things.Thing>> found = reader.slice(things.slices(), stream);
                    assertThat(found).isPresent();
                    Slice<Things.Thing> slice = found.get();
                    assertThat(slice.sequence()).isEqualTo((long) length);
                    assertThat(slice.body().events()).isEqualTo(length);
                    assertThat(slice.incomplete()).isNull();
                    assertThat(reader.countLines(Things.MARKS, ViewQuery.all().ofStream(stream)))
                            .isEqualTo((long) slice.body().marks());
                });
    }

    private int readWithoutAStepBack(
            ViewReader reader, List<StreamId> streams, AtomicBoolean done) {
        Map<StreamId, Long> seen = new HashMap<>();
        int reads = 0;
        while (!done.get()) {
            Map<StreamId, Slice<Things.Thing>> slices = reader.slices(things.slices(), streams);
            assertThat(slices).hasSameSizeAs(streams);
            slices.forEach(
                    (stream, slice) -> {
                        Long before = seen.put(stream, slice.sequence());
                        assertThat(slice.sequence())
                                .isGreaterThanOrEqualTo(before == null ? 1 : before);
                        assertThat(slice.body().events()).isEqualTo((int) slice.sequence());
                    });
            reads++;
        }
        return reads;
    }
}
