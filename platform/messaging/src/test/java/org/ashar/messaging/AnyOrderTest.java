package org.ashar.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.FailingDatabase.Crash;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever order, duplicates, gaps, cuts between batches and deaths between writes: slices and
 * lines are those of the in-order fold.
 */
class AnyOrderTest {

    private static final Clock CLOCK = Clock.fixed(Things.NOON, ZoneOffset.UTC);
    private static final Things THINGS = new Things("makers");
    private static final SliceDefinition<Things.Thing> SLICES = THINGS.slices();
    private static final ViewDefinition VIEW = THINGS.view("shelf");
    private static TestStore store;

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = new TestStore(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void any_arrival_gives_the_in_order_fold() {
        long seed = new Random().nextLong();
        for (int round = 0; round < 25; round++) {
            arrive(seed + round, 0);
        }
    }

    @Test
    void any_arrival_gives_the_in_order_fold_though_it_dies_between_and_within_writes() {
        long seed = new Random().nextLong();
        int crashes = 0;
        for (int round = 0; round < 40; round++) {
            crashes += arrive(seed + round, 0.15);
        }
        assertThat(crashes).isGreaterThan(50);
    }

    static int arrive(long seed, double probability) {
        Random random = new Random(seed);
        String told = "seed " + seed;
        Map<StreamId, List<PublishedEvent>> streams = streams(random);
        Map<Integer, List<ConsumerRecord<String, byte[]>>> log = log(random, streams);
        MongoDatabase database = store.database();
        FailingDatabase failing = new FailingDatabase(random, probability);
        feed(random, failing.of(database), log, failing);

        GenerationStore generation = new GenerationStore(database, VIEW, 1, CLOCK);
        ViewReader reader = new ViewReader(database, VIEW);
        List<Document> expectedLines = new ArrayList<>();
        streams.forEach(
                (stream, events) -> {
                    Things.Thing expected = null;
                    for (PublishedEvent event : events) {
                        expected = foldInOrder(expected, event, expectedLines);
                    }
                    Slice<Things.Thing> slice =
                            reader.slice(SLICES, stream)
                                    .orElseThrow(() -> new AssertionError(told + " " + stream));
                    assertThat(slice.sequence()).as(told).isEqualTo(events.size());
                    assertThat(slice.body()).as(told).isEqualTo(expected);
                    assertThat(slice.incomplete()).as(told).isNull();
                    assertThat(slice.fields())
                            .as(told)
                            .containsEntry("points", (long) slice.body().points());
                });
        List<Document> lines =
                generation
                        .collection("marks")
                        .find()
                        .sort(new Document("_id", 1))
                        .into(new ArrayList<>());
        expectedLines.sort(Comparator.comparing(d -> d.getString("_id")));
        assertThat(lines).as(told).isEqualTo(expectedLines);
        assertThat(generation.held().count()).as(told).isZero();
        assertThat(generation.parked().count()).as(told).isZero();
        return failing.crashes();
    }

    private static Things.@Nullable Thing foldInOrder(
            Things.@Nullable Thing before, PublishedEvent event, List<Document> lines) {
        SliceKind<Things.Thing> kind = new SliceKind<>(SLICES);
        if (kind.read(event) instanceof SliceKind.Reading.Payload(Object payload)) {
            if (payload instanceof Things.Marked marked) {
                lines.add(
                        new Document("_id", HeldEvents.key(event.subject(), event.sequence()))
                                .append("stream", event.subject().toString())
                                .append("seq", event.sequence())
                                .append(
                                        "f",
                                        new Document("by", marked.by())
                                                .append("points", (long) marked.points()))
                                .append(
                                        "body",
                                        "{\"points\":"
                                                + marked.points()
                                                + ",\"by\":\""
                                                + marked.by()
                                                + "\"}"));
            }
            return Things.fold(before, envelope(event), payload);
        }
        return before;
    }

    private static EventEnvelope envelope(PublishedEvent event) {
        return new EventEnvelope(
                event.subject(),
                event.id(),
                event.type(),
                event.sequence(),
                event.time(),
                event.recordedTime());
    }

    private static Map<StreamId, List<PublishedEvent>> streams(Random random) {
        Map<StreamId, List<PublishedEvent>> streams = new HashMap<>();
        int count = 1 + random.nextInt(12);
        for (int number = 0; number < count; number++) {
            StreamId stream = Things.thing(number);
            List<PublishedEvent> events = new ArrayList<>();
            events.add(THINGS.made(stream, 1, "thing " + number));
            int length = 1 + random.nextInt(40);
            for (int sequence = 2; sequence <= length; sequence++) {
                events.add(
                        switch (random.nextInt(6)) {
                            case 0 -> THINGS.made(stream, sequence, "again " + sequence);
                            case 1 ->
                                    THINGS.event(
                                            stream, sequence, THINGS.type("sung-about", 1), "{}");
                            default -> THINGS.marked(stream, sequence, random.nextInt(100));
                        });
            }
            streams.put(stream, events);
        }
        return streams;
    }

    /** The topic: streams mixed, events late by some places, some again, each at its partition. */
    private static Map<Integer, List<ConsumerRecord<String, byte[]>>> log(
            Random random, Map<StreamId, List<PublishedEvent>> streams) {
        TreeMap<Double, PublishedEvent> order = new TreeMap<>();
        double lateness = random.nextInt(4) * 3.0;
        streams.values()
                .forEach(
                        events -> {
                            double place = random.nextDouble() * 10;
                            for (PublishedEvent event : events) {
                                place += random.nextDouble();
                                order.put(place + random.nextDouble() * lateness, event);
                                if (random.nextInt(5) == 0) {
                                    order.put(place + random.nextDouble() * 30, event);
                                }
                            }
                        });
        Map<Integer, List<ConsumerRecord<String, byte[]>>> log = new HashMap<>();
        for (PublishedEvent event : order.values()) {
            List<ConsumerRecord<String, byte[]>> partition =
                    log.computeIfAbsent(Things.partition(event.subject()), _ -> new ArrayList<>());
            partition.add(THINGS.record(event, partition.size()));
        }
        return log;
    }

    /**
     * Two consumers read the partitions in random batches, whichever has them at the time; after a
     * crash again from what was committed, sometimes by one that knows nothing yet.
     */
    private static void feed(
            Random random,
            MongoDatabase database,
            Map<Integer, List<ConsumerRecord<String, byte[]>>> log,
            FailingDatabase failing) {
        Map<Integer, Integer> committed = new HashMap<>();
        List<BatchApplier> consumers =
                new ArrayList<>(List.of(consumer(database), consumer(database)));
        int attempts = 0;
        while (log.entrySet().stream()
                .anyMatch(p -> committed.getOrDefault(p.getKey(), 0) < p.getValue().size())) {
            if (attempts++ > 2_000) {
                failing.heal();
            }
            List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
            log.forEach(
                    (partition, records) -> {
                        int from = committed.getOrDefault(partition, 0);
                        int to = Math.min(records.size(), from + random.nextInt(15));
                        batch.addAll(records.subList(from, to));
                    });
            int one = random.nextInt(consumers.size());
            if (random.nextInt(6) == 0) {
                consumers.set(one, consumer(database));
            }
            try {
                BatchApplier.Taken taken = consumers.get(one).apply(batch);
                assertThat(taken.full()).isEmpty();
                if (random.nextInt(10) > 0) {
                    taken.next()
                            .forEach(
                                    (TopicPartition partition, Long next) ->
                                            committed.put(partition.partition(), next.intValue()));
                }
            } catch (Crash e) {
                assertThat(e).hasMessageMatching("(before|within|behind) .*");
            }
        }
    }

    private static BatchApplier consumer(MongoDatabase database) {
        return new BatchApplier(
                new GenerationStore(database, VIEW, 1, CLOCK),
                new Intake(VIEW, Things.INSTALLATION),
                1_000);
    }
}
