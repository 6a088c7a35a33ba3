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

    private final String installation;
    private final Map<String, String> serviceByTopic = new HashMap<>();
    private final Map<String, SliceKind<?>> kindByStreamType = new HashMap<>();

    Intake(ViewDefinition view, String installation) {
        this.installation = installation;
        for (SliceDefinition<?> slice : view.slices()) {
            String service = slice.fromService();
            serviceByTopic.put(KafkaCloudEvents.topic(service), service);
            kindByStreamType.put(slice.streamType(), new SliceKind<>(slice));
        }
    }

    Judgement judge(ConsumerRecord<String, byte[]> raw) {
        String service = serviceByTopic.get(raw.topic());
        if (service == null) {
            throw new IllegalArgumentException("not a topic of this view: " + raw.topic());
        }
        byte[] value = raw.value();
        if (value != null && value.length > PublishedEvent.MAX_BYTES) {
            return foreign(raw, "event.too-large", value.length + " bytes", null);
        }
        return switch (KafkaCloudEvents.fromRecord(raw)) {
            case Checked.Invalid<PublishedEvent>(String code, Map<String, String> arguments) ->
                    foreign(raw, code, arguments.toString(), null);
            case Checked.Valid<PublishedEvent>(PublishedEvent event) -> judge(raw, service, event);
        };
    }

    private Judgement judge(
            ConsumerRecord<String, byte[]> raw, String service, PublishedEvent event) {
        if (!event.source().equals(KafkaCloudEvents.source(installation, service))) {
            return foreign(raw, "event.foreign-source", event.source(), event);
        }
        if (!event.type().startsWith(KafkaCloudEvents.typesOf(service))) {
            return foreign(raw, "event.foreign-type", event.type(), event);
        }
        if (!event.subject().toString().equals(raw.key())) {
            return foreign(raw, "event.foreign-key", "its key is not its stream", event);
        }
        SliceKind<?> kind = kindByStreamType.get(event.subject().type());
        if (kind == null) {
            return NOT_FOLLOWED;
        }
        if (!kind.definition().fromService().equals(service)) {
            return foreign(raw, "event.foreign-stream", event.subject().type(), event);
        }
        return new Judgement.Followed(new Incoming(raw, event, kind));
    }

    private static Judgement foreign(
            ConsumerRecord<String, byte[]> raw,
            String reason,
            String detail,
            @Nullable PublishedEvent event) {
        return new Judgement.Foreign(raw, reason, detail, event);
    }
}
