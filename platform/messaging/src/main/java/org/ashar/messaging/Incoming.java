package org.ashar.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.eventstore.PublishedEvent;

/** An event of a stream that the view follows, on its way into the stream's slice. */
final class Incoming {

    /** What becomes of it. */
    enum Fate {
        UNDECIDED,
        APPLIED,
        SEEN,
        HELD,
        PARKED
    }

    private final ConsumerRecord<String, byte[]> raw;
    private final PublishedEvent event;
    private final SliceKind<?> kind;
    private final long digest;
    private Fate fate = Fate.UNDECIDED;

    Incoming(ConsumerRecord<String, byte[]> raw, PublishedEvent event, SliceKind<?> kind) {
        this.raw = raw;
        this.event = event;
        this.kind = kind;
        this.digest = Digests.of(event);
    }

    ConsumerRecord<String, byte[]> raw() {
        return raw;
    }

    PublishedEvent event() {
        return event;
    }

    SliceKind<?> kind() {
        return kind;
    }

    long digest() {
        return digest;
    }

    Fate fate() {
        return fate;
    }

    void decided(Fate decided) {
        fate = decided;
    }

    TopicPartition partition() {
        return new TopicPartition(raw.topic(), raw.partition());
    }

    EventEnvelope envelope() {
        return new EventEnvelope(
                event.subject(),
                event.id(),
                event.type(),
                event.sequence(),
                event.time(),
                event.recordedTime());
    }
}
