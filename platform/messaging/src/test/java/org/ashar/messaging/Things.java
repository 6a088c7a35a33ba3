package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** A view of things that makers make, and the events it is fed with. */
final class Things {

    static final String INSTALLATION = "here";
    static final String MAKERS = "makers";
    static final String TOPIC = KafkaCloudEvents.topic(MAKERS);
    static final int PARTITIONS = 6;
    static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");

    record Made(String name) {}

    record Marked(int points, String by) {}

    record Thing(@Nullable String name, int points, int marks, List<String> told) {}

    static final LineDefinition<Marked> MARKS =
            new LineDefinition<>("marks", Marked.class, List.of(List.of("by", "points")));

    static final SliceDefinition<Thing> THINGS =
            new SliceDefinition<>(
                    MAKERS,
                    "thing",
                    "things",
                    Thing.class,
                    Map.of(
                            type("thing-made", 1), Made.class,
                            type("thing-marked", 1), Marked.class),
                    Things::fold,
                    thing -> {
                        Map<String, @Nullable Object> fields = new HashMap<>();
                        fields.put("name", thing.name());
                        fields.put("points", thing.points());
                        return fields;
                    },
                    (event, payload) ->
                            payload instanceof Marked marked
                                    ? List.of(
                                            new Line(
                                                    "marks",
                                                    Map.of(
                                                            "by",
                                                            marked.by(),
                                                            "points",
                                                            marked.points()),
                                                    marked))
                                    : List.of(),
                    List.of(List.of("name"), List.of("points")),
                    List.of(MARKS));

    static final ViewDefinition VIEW = new ViewDefinition("shelf", "all-things", List.of(THINGS));

    private Things() {}

    /** Depends on the order: it tells every event that it saw. */
    static Thing fold(@Nullable Thing before, EventEnvelope event, Object payload) {
        Thing thing = before == null ? new Thing(null, 0, 0, List.of()) : before;
        List<String> told = new ArrayList<>(thing.told());
        told.add(event.sequence() + ":" + event.time());
        return switch (payload) {
            case Made made -> new Thing(made.name(), thing.points(), thing.marks(), told);
            case Marked marked -> {
                if (marked.points() == 666) {
                    throw new IllegalStateException("a defect");
                }
                yield new Thing(
                        thing.name(), thing.points() + marked.points(), thing.marks() + 1, told);
            }
            default -> throw new IllegalStateException("not one of ours");
        };
    }

    static String type(String fact, int version) {
        return KafkaCloudEvents.type(MAKERS, fact, version);
    }

    static StreamId thing(int number) {
        return StreamId.derived("thing", Integer.toString(number));
    }

    static PublishedEvent made(StreamId stream, long sequence, String name) {
        return event(stream, sequence, type("thing-made", 1), "{\"name\":\"" + name + "\"}");
    }

    static PublishedEvent marked(StreamId stream, long sequence, int points) {
        return event(
                stream,
                sequence,
                type("thing-marked", 1),
                "{\"by\":\"b" + points % 3 + "\",\"points\":" + points + "}");
    }

    static PublishedEvent event(StreamId stream, long sequence, String type, String json) {
        return new PublishedEvent(
                PublishedEvent.idOf(stream, sequence),
                KafkaCloudEvents.source(INSTALLATION, MAKERS),
                type,
                stream,
                sequence,
                NOON.plusSeconds(sequence),
                null,
                null,
                json.getBytes(UTF_8));
    }

    static int partition(StreamId stream) {
        return Math.floorMod(stream.hashCode(), PARTITIONS);
    }

    static ConsumerRecord<String, byte[]> record(PublishedEvent event, long offset) {
        return record(KafkaCloudEvents.toRecord(TOPIC, event), partition(event.subject()), offset);
    }

    static ConsumerRecord<String, byte[]> record(
            ProducerRecord<String, byte[]> sent, int partition, long offset) {
        return new ConsumerRecord<>(
                sent.topic(),
                partition,
                offset,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                java.util.Optional.empty());
    }
}
