package org.ashar.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.Checked;
import org.jspecify.annotations.Nullable;

/** Judges whether a record is an event of its topic's service, and whose it is. Trusts nothing. */
final class Intake {

    /** What a record is. */
    sealed interface Judgement {
        /** An event of a stream that the view follows. */
        record Followed(Incoming incoming) implements Judgement {}

        /** An event of the topic's service that this view is not about. */
        record NotFollowed() implements Judgement {}

        /** Nothing that belongs on this topic. */
        record Foreign(
                ConsumerRecord<String, byte[]> raw,
                String reason,
                String detail,
                @Nullable PublishedEvent event)
                implements Judgement {}
    }

    private static final Judgement NOT_FOLLOWED = new Judgement.NotFollowed();

    private final TopicGuard guard;
    private final Map<String, SliceKind<?>> kindByStreamType = new HashMap<>();

    Intake(ViewDefinition view, String installation) {
        this.guard = new TopicGuard(installation, view.fromServices());
        for (SliceDefinition<?> slice : view.slices()) {
            kindByStreamType.put(slice.streamType(), new SliceKind<>(slice));
        }
    }

    Judgement judge(ConsumerRecord<String, byte[]> raw) {
        if (StoredRecord.isTooLarge(raw)) {
            return foreign(raw, "event.too-large", StoredRecord.excess(raw));
        }
        byte[] value = raw.value();
        if (value != null && value.length > PublishedEvent.MAX_BYTES) {
            return foreign(raw, "event.too-large", Map.of("bytes", value.length).toString());
        }
        return switch (guard.read(raw)) {
            case Checked.Invalid<PublishedEvent>(String code, Map<String, String> arguments) ->
                    foreign(raw, code, arguments.toString());
            case Checked.Valid<PublishedEvent>(PublishedEvent event) -> judge(raw, event);
        };
    }

    private Judgement judge(ConsumerRecord<String, byte[]> raw, PublishedEvent event) {
        SliceKind<?> kind = kindByStreamType.get(event.subject().type());
        if (kind == null) {
            return NOT_FOLLOWED;
        }
        if (!kind.definition().fromService().equals(guard.service(raw.topic()))) {
            return foreign(raw, "event.foreign-stream", event.subject().type());
        }
        return new Judgement.Followed(new Incoming(raw, event, kind));
    }

    private static Judgement foreign(
            ConsumerRecord<String, byte[]> raw, String reason, String detail) {
        PublishedEvent event =
                KafkaCloudEvents.fromRecord(raw)
                                instanceof Checked.Valid<PublishedEvent>(PublishedEvent readable)
                        ? readable
                        : null;
        return new Judgement.Foreign(raw, reason, detail, event);
    }
}
