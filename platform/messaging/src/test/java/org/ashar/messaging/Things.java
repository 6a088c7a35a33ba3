package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    static final int PARTITIONS = 6;
    static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");

    record Made(String name) {}

    record Marked(int points, String by) {}

    record Thing(@Nullable String name, int points, int marks, int events, int order) {}

    static final LineDefinition<Marked> MARKS =
            new LineDefinition<>(
                    "marks", Marked.class, List.of(ViewIndex.ascending("by", "points")));

    private final String makers;
    private final String topic;
    private final SliceDefinition<Thing> slices;

    Things(String makers) {
        this.makers = makers;
        this.topic = KafkaCloudEvents.topic(makers);
        this.slices = slices(Map.of(type("made", 1), Made.class, type("marked", 1), Marked.class));
    }

    String topic() {
        return topic;
    }

    SliceDefinition<Thing> slices() {
        return slices;
    }

    ViewDefinition view(String service) {
        return new ViewDefinition(service, "all-things", List.of(slices));
    }

    SliceDefinition<Thing> slices(Map<String, Class<?>> knownTypes) {
        return new SliceDefinition<>(
                makers,
                "thing",
                "things",
                Thing.class,
                knownTypes,
                Things::fold,
                Things::fields,
                Things::lines,
                List.of(ViewIndex.ascending("name"), ViewIndex.ascending("points")),
                List.of(MARKS));
    }

    private static Map<String, @Nullable Object> fields(Thing thing) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", thing.name());
        fields.put("points", thing.points());
        return fields;
    }

    private static List<Line> lines(EventEnvelope event, Object payload) {
        return payload instanceof Marked(int points, String by)
                ? List.of(new Line("marks", Map.of("by", by, "points", points), payload))
                : List.of();
    }

    /** Depends on the order: no other order of the same events gives the same. */
    static Thing fold(@Nullable Thing before, EventEnvelope event, Object payload) {
        Thing thing = before == null ? new Thing(null, 0, 0, 0, 0) : before;
        int events = thing.events() + 1;
        int order = 31 * thing.order() + (event.sequence() + ":" + event.time()).hashCode();
        return switch (payload) {
            case Made made -> new Thing(made.name(), thing.points(), thing.marks(), events, order);
            case Marked marked -> {
                if (marked.points() == 666) {
                    throw new IllegalStateException("a defect");
                }
                int points = thing.points() + marked.points();
                yield new Thing(thing.name(), points, thing.marks() + 1, events, order);
            }
            default -> throw new IllegalStateException("not one of ours");
        };
    }

    String type(String fact, int version) {
        return KafkaCloudEvents.type(makers, fact, version);
    }

    static StreamId thing(int number) {
        return StreamId.derived("thing", Integer.toString(number));
    }

    PublishedEvent made(StreamId stream, long sequence, String name) {
        return event(stream, sequence, type("made", 1), "{\"name\":\"" + name + "\"}");
    }

    PublishedEvent marked(StreamId stream, long sequence, int points) {
        return event(
                stream,
                sequence,
                type("marked", 1),
                "{\"by\":\"b" + points % 3 + "\",\"points\":" + points + "}");
    }

    PublishedEvent event(StreamId stream, long sequence, String type, String json) {
        return new PublishedEvent(
                PublishedEvent.idOf(stream, sequence),
                KafkaCloudEvents.source(INSTALLATION, makers),
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

    ConsumerRecord<String, byte[]> record(PublishedEvent event, long offset) {
        return record(KafkaCloudEvents.toRecord(topic, event), partition(event.subject()), offset);
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
                Optional.empty());
    }
}
