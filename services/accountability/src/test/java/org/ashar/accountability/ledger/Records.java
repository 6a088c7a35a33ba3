package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;

/** Records as consumers get them: one topic of one partition, offsets as they come. */
final class Records {

    static final String INSTALLATION = "tests";
    static final String SERVICE = "budget-commitments";
    static final String TOPIC = KafkaCloudEvents.topic(SERVICE);

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private long offset;

    static StreamId stream(int number) {
        return StreamId.derived("commitment", Integer.toString(number));
    }

    /** The event that a stream has at a sequence, always the same. */
    ConsumerRecord<String, byte[]> event(int stream, long sequence) {
        return event(stream, sequence, "{\"of\":" + stream + ",\"step\":" + sequence + "}");
    }

    ConsumerRecord<String, byte[]> event(int stream, long sequence, String data) {
        return event(stream, sequence, data.getBytes(UTF_8));
    }

    ConsumerRecord<String, byte[]> event(int stream, long sequence, byte[] data) {
        return record(published(stream, sequence, data));
    }

    ConsumerRecord<String, byte[]> event(StreamId stream, long sequence, String fact, byte[] data) {
        return record(published(stream, sequence, fact, data));
    }

    private ConsumerRecord<String, byte[]> record(PublishedEvent event) {
        ProducerRecord<String, byte[]> sent = KafkaCloudEvents.toRecord(TOPIC, event);
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset++,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    static PublishedEvent published(int stream, long sequence, byte[] data) {
        return published(stream(stream), sequence, "commitment-published", data);
    }

    private static PublishedEvent published(
            StreamId stream, long sequence, String fact, byte[] data) {
        return new PublishedEvent(
                PublishedEvent.idOf(stream, sequence),
                KafkaCloudEvents.source(INSTALLATION, SERVICE),
                KafkaCloudEvents.type(SERVICE, fact, 1),
                stream,
                sequence,
                NOON.plusSeconds(sequence),
                null,
                null,
                data);
    }
}
