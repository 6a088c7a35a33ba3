package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.FailingDatabase.Crash;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad and untimely events: where each goes, what it stops, how it is brought in. */
class ParkedAndHeldTest {

    private static final Clock CLOCK = Clock.fixed(Things.NOON, ZoneOffset.UTC);
    private static final StreamId CUP = Things.thing(1);
    private static final Things THINGS = new Things("makers");
    private static final SliceDefinition<Things.Thing> SLICES = THINGS.slices();
    private static final ViewDefinition VIEW = THINGS.view("shelf");
    private static TestStore store;

    private MongoDatabase database;
    private GenerationStore generation;
    private ViewReader reader;
    private long offset;

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = new TestStore(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        database = store.database();
        generation = new GenerationStore(database, VIEW, 1, CLOCK);
        generation.declareIndexes();
        reader = new ViewReader(database, VIEW);
    }

    @Test
    void an_unreadable_event_stops_its_stream_alone_and_marks_it() {
        StreamId other = Things.thing(2);
        PublishedEvent broken = truncated(THINGS.marked(CUP, 2, 5));
        apply(
                THINGS.made(CUP, 1, "cup"),
                broken,
                THINGS.marked(CUP, 3, 7),
                THINGS.made(other, 1, "jug"),
                THINGS.marked(other, 2, 1));

        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(1);
        assertThat(cup.body().points()).isZero();
        assertThat(cup.incomplete()).isEqualTo(new Incomplete(broken.time(), 2));
        assertThat(reader.slice(SLICES, other).orElseThrow().sequence()).isEqualTo(2);
        assertThat(generation.held().count()).isEqualTo(1);
        assertThat(parked())
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.reason()).isEqualTo("event.unreadable");
                            assertThat(p.eventId()).isEqualTo(broken.id());
                            assertThat(p.blocking()).isTrue();
                        });
    }

    @Test
    void a_first_event_that_cannot_be_read_leaves_no_slice_but_a_mark() {
        apply(truncated(THINGS.made(CUP, 1, "cup")));
        assertThat(reader.slice(SLICES, CUP)).isEmpty();
        assertThat(reader.find(SLICES, ViewQuery.all()).rows()).isEmpty();
        assertThat(reader.incomplete(SLICES, CUP))
                .contains(new Incomplete(Things.NOON.plusSeconds(1), 1));
    }

    @Test
    void a_good_copy_takes_the_place_of_a_broken_one_which_stays_to_be_looked_at() {
        apply(THINGS.made(CUP, 1, "cup"), truncated(THINGS.marked(CUP, 2, 5)));
        apply(THINGS.marked(CUP, 3, 7));
        apply(THINGS.marked(CUP, 2, 5));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(3);
        assertThat(cup.body().points()).isEqualTo(12);
        assertThat(cup.incomplete()).isNull();
        assertThat(generation.held().count()).isZero();
        assertThat(parked()).singleElement().satisfies(p -> assertThat(p.blocking()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void who_gets_a_stream_back_contradicts_nothing_that_another_applied_meanwhile(int meanwhile) {
        BatchApplier first = applier(VIEW);
        first.apply(List.of(record(THINGS.made(CUP, 1, "cup"))));
        BatchApplier second = applier(VIEW);
        for (int n = 0; n < meanwhile; n++) {
            second.apply(List.of(record(THINGS.marked(CUP, 2 + n, 5))));
        }
        first.forget();
        first.apply(List.of(record(THINGS.marked(CUP, 2, 50))));
        assertThat(reader.slice(SLICES, CUP).orElseThrow().body().points())
                .isEqualTo(5 * meanwhile);
        assertThat(reader.lines(Things.MARKS, ViewQuery.all().ofStream(CUP)).rows())
                .hasSize(meanwhile)
                .allSatisfy(line -> assertThat(line.body().points()).isEqualTo(5));
        assertThat(parked()).hasSize(meanwhile < Digests.KEPT ? 1 : 0);
    }

    @Test
    void a_batch_that_failed_in_the_middle_is_applied_by_the_same_consumer_again() {
        FailingDatabase failing = new FailingDatabase(new Random(1), 0.5);
        BatchApplier applier = applier(failing.of(database), VIEW);
        List<ConsumerRecord<String, byte[]>> batch =
                List.of(record(THINGS.made(CUP, 1, "cup")), record(THINGS.marked(CUP, 2, 5)));
        int failures = 0;
        for (boolean applied = false; !applied; ) {
            try {
                applier.apply(batch);
                applied = true;
            } catch (Crash e) {
                failures++;
            }
        }
        assertThat(failures).isPositive();
        failing.heal();
        applier.apply(List.of(record(THINGS.marked(CUP, 3, 7))));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(3);
        assertThat(cup.body().points()).isEqualTo(12);
        assertThat(reader.countLines(Things.MARKS, ViewQuery.all().ofStream(CUP))).isEqualTo(2);
    }

    @Test
    void a_later_version_is_parked_and_replayed_by_code_that_knows_it() {
        apply(
                THINGS.made(CUP, 1, "cup"),
                THINGS.event(CUP, 2, THINGS.type("marked", 2), "{\"by\":\"x\",\"points\":4}"),
                THINGS.marked(CUP, 3, 7));
        String id = parked().getFirst().id();
        assertThat(parked().getFirst().reason()).isEqualTo("event.unknown-version");
        assertThat(applier(VIEW).replay(id)).isEqualTo(ReplayOutcome.STILL_PARKED);
        assertThat(parked()).hasSize(1);

        assertThat(applier(knowingVersionTwo()).replay(id)).isEqualTo(ReplayOutcome.APPLIED);
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(3);
        assertThat(cup.body().points()).isEqualTo(11);
        assertThat(cup.incomplete()).isNull();
        assertThat(reader.countLines(Things.MARKS, ViewQuery.all().ofStream(CUP))).isEqualTo(2);
        assertThat(parked()).isEmpty();
        assertThat(generation.held().count()).isZero();
        assertThat(applier(VIEW).replay(id)).isEqualTo(ReplayOutcome.UNKNOWN);
    }

    @Test
    void a_replay_stops_at_the_next_event_that_cannot_be_applied() {
        apply(
                THINGS.made(CUP, 1, "cup"),
                THINGS.event(CUP, 2, THINGS.type("marked", 2), "{\"by\":\"x\",\"points\":4}"),
                THINGS.marked(CUP, 3, 1),
                THINGS.marked(CUP, 4, 666),
                THINGS.marked(CUP, 5, 1));
        assertThat(applier(knowingVersionTwo()).replay(parked().getFirst().id()))
                .isEqualTo(ReplayOutcome.APPLIED);
        assertThat(parked())
                .singleElement()
                .satisfies(p -> assertThat(p.reason()).isEqualTo("event.not-applicable"));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(3);
        assertThat(cup.incomplete()).isEqualTo(new Incomplete(Things.NOON.plusSeconds(4), 4));
        assertThat(generation.held().count()).isEqualTo(1);
    }

    @Test
    void a_broken_event_that_comes_again_is_parked_once() {
        PublishedEvent broken = truncated(THINGS.marked(CUP, 2, 5));
        apply(THINGS.made(CUP, 1, "cup"), broken, broken);
        apply(broken);
        assertThat(parked()).hasSize(1);
    }

    @Test
    void an_unknown_type_of_the_service_only_advances_the_sequence() {
        apply(
                THINGS.made(CUP, 1, "cup"),
                THINGS.event(CUP, 2, THINGS.type("sold", 1), "not even json"),
                THINGS.marked(CUP, 3, 7));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(3);
        assertThat(cup.body().points()).isEqualTo(7);
        assertThat(cup.body().events()).isEqualTo(2);
        assertThat(parked()).isEmpty();
    }

    @Test
    void another_event_of_an_applied_sequence_is_an_alarm_and_changes_nothing() {
        apply(THINGS.made(CUP, 1, "cup"), THINGS.marked(CUP, 2, 5), THINGS.marked(CUP, 3, 5));
        apply(THINGS.marked(CUP, 2, 50));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.body().points()).isEqualTo(10);
        assertThat(cup.incomplete()).isNull();
        assertThat(reader.lines(Things.MARKS, ViewQuery.all().ofStream(CUP)).rows())
                .extracting(line -> line.body().points())
                .containsExactly(5, 5);
        assertThat(parked())
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.reason()).isEqualTo("event.contradicts-applied");
                            assertThat(p.blocking()).isFalse();
                        });
        assertThat(applier(VIEW).replay(parked().getFirst().id()))
                .isEqualTo(ReplayOutcome.STILL_PARKED);
    }

    @Test
    void another_event_of_a_sequence_too_old_to_compare_changes_no_line() {
        apply(THINGS.made(CUP, 1, "cup"), THINGS.marked(CUP, 2, 5));
        for (int sequence = 3; sequence < 3 + Digests.KEPT; sequence++) {
            apply(THINGS.marked(CUP, sequence, 5));
        }
        apply(THINGS.marked(CUP, 2, 50));
        assertThat(reader.lines(Things.MARKS, ViewQuery.all().ofStream(CUP)).rows())
                .hasSize(Digests.KEPT + 1)
                .allSatisfy(line -> assertThat(line.body().points()).isEqualTo(5));
    }

    @Test
    void a_line_that_an_earlier_attempt_left_is_replaced_and_those_beside_it_are_written() {
        apply(THINGS.made(CUP, 1, "cup"));
        generation
                .collection("marks")
                .insertOne(new Document("_id", HeldEvents.key(CUP, 3)).append("body", "{}"));
        apply(THINGS.marked(CUP, 2, 5), THINGS.marked(CUP, 3, 7), THINGS.marked(CUP, 4, 9));
        assertThat(reader.slice(SLICES, CUP).orElseThrow().sequence()).isEqualTo(4);
        assertThat(reader.lines(Things.MARKS, ViewQuery.all().ofStream(CUP)).rows())
                .extracting(line -> line.body().points())
                .containsExactly(5, 7, 9);
    }

    @Test
    void lines_of_an_event_seen_again_are_written_again_where_they_are_missing() {
        PublishedEvent second = THINGS.marked(CUP, 2, 5);
        apply(THINGS.made(CUP, 1, "cup"), second);
        generation.collection("marks").drop();
        apply(second);
        assertThat(reader.lines(Things.MARKS, ViewQuery.all().ofStream(CUP)).rows())
                .singleElement()
                .satisfies(line -> assertThat(line.body().points()).isEqualTo(5));
    }

    @Test
    void another_event_of_a_held_sequence_is_an_alarm() {
        apply(THINGS.made(CUP, 1, "cup"), THINGS.marked(CUP, 3, 5));
        apply(THINGS.marked(CUP, 3, 50));
        assertThat(parked())
                .singleElement()
                .satisfies(p -> assertThat(p.reason()).isEqualTo("event.contradicts-held"));
        apply(THINGS.marked(CUP, 2, 1));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.body().points()).isEqualTo(6);
        assertThat(cup.incomplete()).isNull();
        assertThat(parked()).hasSize(1);
    }

    static Stream<Foreign> foreigners() {
        PublishedEvent good = THINGS.marked(CUP, 2, 5);
        PublishedEvent big =
                THINGS.event(
                        CUP, 2, good.type(), "\"" + "x".repeat(PublishedEvent.MAX_BYTES) + "\"");
        return Stream.of(
                new Foreign("event.foreign-source", from(good, "/elsewhere/makers", good.type())),
                new Foreign("event.foreign-source", from(good, "/here/takers", good.type())),
                new Foreign(
                        "event.foreign-type",
                        from(good, good.source(), KafkaCloudEvents.type("takers", "made", 1))),
                new Foreign("event.too-large", send(big)),
                new Foreign("event.too-large", hugeValue(send(good))),
                new Foreign("event.too-large", keyed("k".repeat(20_000_000), send(good))),
                new Foreign("event.too-large", withHeaders(1, 20_000_000, send(good))),
                new Foreign("event.too-large", withHeaders(400_000, 0, send(good))),
                new Foreign("event.too-large", hugeValue(without(send(good), "ce_id"))),
                new Foreign("event.missing-attribute", without(send(good), "ce_subject")),
                new Foreign("event.missing-attribute", without(send(good), "ce_id")),
                new Foreign("event.malformed-attribute", changed(send(good), "ce_sequence", "2")),
                new Foreign("event.malformed-attribute", changed(send(good), "ce_time", "today")),
                new Foreign(
                        "event.no-data",
                        new ProducerRecord<>(
                                THINGS.topic(), null, CUP.toString(), null, send(good).headers())),
                new Foreign(
                        "event.foreign-key",
                        new ProducerRecord<>(
                                THINGS.topic(),
                                null,
                                "thing/another",
                                good.data(),
                                send(good).headers())));
    }

    private static ProducerRecord<String, byte[]> hugeValue(ProducerRecord<String, byte[]> sent) {
        return new ProducerRecord<>(
                sent.topic(), null, sent.key(), new byte[40_000_000], sent.headers());
    }

    private static ProducerRecord<String, byte[]> keyed(
            String key, ProducerRecord<String, byte[]> sent) {
        return new ProducerRecord<>(sent.topic(), null, key, sent.value(), sent.headers());
    }

    private static ProducerRecord<String, byte[]> withHeaders(
            int count, int bytes, ProducerRecord<String, byte[]> sent) {
        for (int i = 0; i < count; i++) {
            sent.headers().add("more", new byte[bytes]);
        }
        return sent;
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void what_does_not_belong_on_the_topic_is_parked_by_position_and_touches_no_stream(
            Foreign foreign) {
        apply(THINGS.made(CUP, 1, "cup"));
        ConsumerRecord<String, byte[]> raw = Things.record(foreign.sent(), 4, 77);
        applier(VIEW).apply(List.of(raw));
        applier(VIEW).apply(List.of(raw));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(1);
        assertThat(cup.incomplete()).isNull();
        assertThat(parked())
                .singleElement()
                .satisfies(
                        p -> {
                            assertThat(p.reason()).isEqualTo(foreign.reason());
                            assertThat(p.id()).isEqualTo(THINGS.topic() + ":4:77");
                        });
        assertThat(applier(VIEW).replay(THINGS.topic() + ":4:77"))
                .isEqualTo(ReplayOutcome.STILL_PARKED);
        apply(THINGS.marked(CUP, 2, 9));
        assertThat(reader.slice(SLICES, CUP).orElseThrow().body().points()).isEqualTo(9);
    }

    @Test
    void an_event_of_a_stream_that_the_view_is_not_about_is_passed_over() {
        apply(THINGS.event(StreamId.derived("tool", "1"), 1, THINGS.type("tool-bought", 1), "{}"));
        assertThat(parked()).isEmpty();
        assertThat(generation.held().count()).isZero();
    }

    @Test
    void too_many_held_events_stop_their_partition_at_the_first_that_has_no_place() {
        BatchApplier applier =
                new BatchApplier(generation, new Intake(VIEW, Things.INSTALLATION), 3);
        TopicPartition partition = new TopicPartition(THINGS.topic(), Things.partition(CUP));
        List<ConsumerRecord<String, byte[]>> records =
                Stream.of(3, 4, 5, 6, 7)
                        .map(sequence -> record(THINGS.marked(CUP, sequence, 1)))
                        .toList();
        BatchApplier.Taken taken = applier.apply(records);
        assertThat(taken.full()).containsExactly(partition);
        assertThat(taken.next()).containsEntry(partition, records.get(3).offset());
        assertThat(generation.held().count()).isEqualTo(3);

        assertThat(applier.apply(records.subList(3, 5)).next())
                .containsEntry(partition, records.get(3).offset());
        // Again from the first: those already held need no place.
        assertThat(applier.apply(records).next()).containsEntry(partition, records.get(3).offset());
        assertThat(generation.held().count()).isEqualTo(3);

        apply(THINGS.made(CUP, 1, "cup"), THINGS.marked(CUP, 2, 1));
        assertThat(applier.apply(records.subList(3, 5)).full()).isEmpty();
        assertThat(reader.slice(SLICES, CUP).orElseThrow().sequence()).isEqualTo(7);
        assertThat(generation.held().count()).isZero();
    }

    @Test
    void a_gap_of_hundreds_is_filled_in_one_go() {
        applier(VIEW)
                .apply(
                        Stream.iterate(3, s -> s + 1)
                                .limit(500)
                                .map(sequence -> record(THINGS.marked(CUP, sequence, 1)))
                                .toList());
        assertThat(generation.held().count()).isEqualTo(500);
        apply(THINGS.made(CUP, 1, "cup"), THINGS.marked(CUP, 2, 1));
        Slice<Things.Thing> cup = reader.slice(SLICES, CUP).orElseThrow();
        assertThat(cup.sequence()).isEqualTo(502);
        assertThat(cup.body().points()).isEqualTo(501);
        assertThat(cup.incomplete()).isNull();
        assertThat(generation.held().count()).isZero();
    }

    @Test
    void a_replay_between_the_slice_and_what_it_waits_for_takes_no_mark_away_for_good() {
        for (String late : List.of("held", "parked")) {
            StreamId cup = StreamId.derived("thing", late);
            apply(THINGS.made(cup, 1, "cup"));
            apply(THINGS.made(cup, 1, "another cup"));
            String contradiction =
                    parked().stream()
                            .filter(p -> PublishedEvent.idOf(cup, 1).equals(p.eventId()))
                            .findFirst()
                            .orElseThrow()
                            .id();
            BusyDatabase busy =
                    new BusyDatabase(
                            GenerationNames.collection(VIEW.name(), late, 1),
                            () ->
                                    assertThat(applier(VIEW).replay(contradiction))
                                            .isEqualTo(ReplayOutcome.STILL_PARKED));
            PublishedEvent waiting =
                    late.equals("held")
                            ? THINGS.marked(cup, 3, 7)
                            : truncated(THINGS.marked(cup, 2, 5));
            applier(busy.of(database), VIEW).apply(List.of(record(waiting)));

            assertThat(busy.came()).as(late).isTrue();
            assertThat(reader.slice(SLICES, cup).orElseThrow().incomplete())
                    .as(late)
                    .isEqualTo(new Incomplete(waiting.time(), 2));
        }
    }

    @Test
    void what_a_dying_process_held_or_parked_does_not_outlive_its_turn() {
        for (int writes = 0; writes < 6; writes++) {
            for (int seed = 0; seed < 6; seed++) {
                String told = writes + " writes, seed " + seed;
                StreamId cup = Things.thing(100 + 10 * writes + seed);
                ConsumerRecord<String, byte[]> broken = record(truncated(THINGS.marked(cup, 2, 5)));
                ConsumerRecord<String, byte[]> third = record(THINGS.marked(cup, 3, 7));
                ConsumerRecord<String, byte[]> second = record(THINGS.marked(cup, 2, 5));
                apply(THINGS.made(cup, 1, "cup"));
                FailingDatabase dying = FailingDatabase.dyingAfterWrites(writes, new Random(seed));
                try {
                    applier(dying.of(database), VIEW).apply(List.of(broken, third));
                } catch (FailingDatabase.Crash e) {
                    assertThat(dying.dead()).as(told).isTrue();
                }
                // Its offsets were not committed, and the next batch ends elsewhere.
                applier(VIEW).apply(List.of(broken, third, second));
                Slice<Things.Thing> slice = reader.slice(SLICES, cup).orElseThrow();
                assertThat(slice.body().points()).as(told).isEqualTo(12);
                assertThat(slice.incomplete()).as(told).isNull();
                assertThat(generation.held().count()).as(told).isZero();
                assertThat(parked()).as(told).noneMatch(ParkedEvent::blocking);
            }
        }
    }

    @Test
    void a_slice_is_written_only_as_it_was_read() {
        apply(THINGS.made(CUP, 1, "cup"));
        StoredSlice<Things.Thing> read = stored(CUP);
        apply(THINGS.marked(CUP, 3, 7));
        assertThat(isAsRead(read)).as("marked meanwhile").isFalse();
        assertThat(isAsRead(stored(CUP))).isTrue();
        StoredSlice<Things.Thing> marked = stored(CUP);
        apply(THINGS.marked(CUP, 2, 7));
        assertThat(isAsRead(marked)).as("applied to meanwhile").isFalse();
        assertThat(isAsRead(stored(CUP))).isTrue();
    }

    record Foreign(String reason, ProducerRecord<String, byte[]> sent) {
        @Override
        public String toString() {
            return reason;
        }
    }

    private StoredSlice<Things.Thing> stored(StreamId stream) {
        return generation
                .slices(new SliceKind<>(SLICES), List.of(stream))
                .getOrDefault(stream, StoredSlice.none(stream));
    }

    private boolean isAsRead(StoredSlice<Things.Thing> read) {
        return generation.collection("things").countDocuments(StreamFolding.guard(read)) == 1;
    }

    private List<ParkedEvent> parked() {
        return generation.parked().list("", 100);
    }

    private BatchApplier applier(ViewDefinition view) {
        return applier(database, view);
    }

    private static BatchApplier applier(MongoDatabase in, ViewDefinition view) {
        return new BatchApplier(
                new GenerationStore(in, view, 1, CLOCK),
                new Intake(view, Things.INSTALLATION),
                10_000);
    }

    private void apply(PublishedEvent... events) {
        applier(VIEW).apply(Arrays.stream(events).map(this::record).toList());
    }

    private ConsumerRecord<String, byte[]> record(PublishedEvent event) {
        return THINGS.record(event, offset++);
    }

    private static ViewDefinition knowingVersionTwo() {
        Map<String, Class<?>> types = new HashMap<>(SLICES.knownTypes());
        types.put(THINGS.type("marked", 2), Things.Marked.class);
        return new ViewDefinition("shelf", "all-things", List.of(THINGS.slices(types)));
    }

    private static PublishedEvent truncated(PublishedEvent event) {
        String half = new String(event.data(), 0, event.data().length - 3, UTF_8);
        return THINGS.event(event.subject(), event.sequence(), event.type(), half);
    }

    private static ProducerRecord<String, byte[]> send(PublishedEvent event) {
        return KafkaCloudEvents.toRecord(THINGS.topic(), event);
    }

    private static ProducerRecord<String, byte[]> from(
            PublishedEvent event, String source, String type) {
        return send(
                new PublishedEvent(
                        event.id(),
                        source,
                        type,
                        event.subject(),
                        event.sequence(),
                        event.time(),
                        null,
                        null,
                        event.data()));
    }

    private static ProducerRecord<String, byte[]> without(
            ProducerRecord<String, byte[]> sent, String header) {
        sent.headers().remove(header);
        return sent;
    }

    private static ProducerRecord<String, byte[]> changed(
            ProducerRecord<String, byte[]> sent, String header, String value) {
        without(sent, header).headers().add(header, value.getBytes(UTF_8));
        return sent;
    }
}
