package org.ashar.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.Checked;

/** Tells the events of a topic's own service from whatever else lies on the topic. */
public final class TopicGuard {

    private final String installation;
    private final Map<String, String> serviceByTopic = new HashMap<>();

    /**
     * @param installation whose events count
     * @param services whose topics are read
     */
    public TopicGuard(String installation, Collection<String> services) {
        this.installation = installation;
        services.forEach(s -> serviceByTopic.put(KafkaCloudEvents.topic(s), s));
    }

    /** The service whose topic this is; throws where none of those given has it. */
    String service(String topic) {
        String service = serviceByTopic.get(topic);
        if (service == null) {
            throw new IllegalArgumentException("not a topic that is followed: " + topic);
        }
        return service;
    }

    /**
     * The event in a record, or the code of what is wrong with it ({@code event.…}): its headers,
     * or a source, type or key that is not the topic's service's. Does not judge the data, nor how
     * much it is.
     */
    public Checked<PublishedEvent> read(ConsumerRecord<String, byte[]> raw) {
        String service = service(raw.topic());
        return KafkaCloudEvents.fromRecord(raw).then(event -> belonging(raw, service, event));
    }

    private Checked<PublishedEvent> belonging(
            ConsumerRecord<String, byte[]> raw, String service, PublishedEvent event) {
        if (!event.source().equals(KafkaCloudEvents.source(installation, service))) {
            return Checked.invalid("event.foreign-source", Map.of("source", event.source()));
        }
        if (!event.type().startsWith(KafkaCloudEvents.typesOf(service))) {
            return Checked.invalid("event.foreign-type", Map.of("type", event.type()));
        }
        if (!event.subject().toString().equals(raw.key())) {
            return Checked.invalid("event.foreign-key");
        }
        return Checked.valid(event);
    }
}
