package org.ashar.eventstore;

import java.time.Duration;
import java.util.Map;

/**
 * What an event store is told about its place.
 *
 * @param installation short name fixed at an installation's first start
 * @param service the service that owns the events
 * @param kafka client properties: {@code bootstrap.servers} and, where needed, security; ours win
 *     where order and durability depend on them
 * @param replication replication factor of the topic; -1 takes the broker's default
 * @param topicConfig further topic settings ({@code min.insync.replicas}, {@code flush.messages});
 *     retention and clean-up are ours
 * @param sweepEvery how often the store is searched for pending commits that no wake told of
 * @param maxWaiting commits held in memory for the relay, at most; beyond it, it sweeps
 */
public record EventStoreSettings(
        String installation,
        String service,
        Map<String, Object> kafka,
        short replication,
        Map<String, String> topicConfig,
        Duration sweepEvery,
        int maxWaiting) {

    public EventStoreSettings {
        kafka = Map.copyOf(kafka);
        topicConfig = Map.copyOf(topicConfig);
        if (maxWaiting < 1 || !sweepEvery.isPositive()) {
            throw new IllegalArgumentException("nothing may wait, or no time between sweeps");
        }
    }

    /** The usual settings. */
    public static EventStoreSettings of(
            String installation, String service, Map<String, Object> kafka) {
        return new EventStoreSettings(
                installation, service, kafka, (short) -1, Map.of(), Duration.ofSeconds(30), 2_000);
    }

    /** The same with these topic settings. */
    public EventStoreSettings withTopic(short replicas, Map<String, String> config) {
        return new EventStoreSettings(
                installation, service, kafka, replicas, config, sweepEvery, maxWaiting);
    }

    /** The same with these limits of the relay. */
    public EventStoreSettings withRelay(Duration every, int waiting) {
        return new EventStoreSettings(
                installation, service, kafka, replication, topicConfig, every, waiting);
    }

    /** Without the client properties, which may hold credentials. */
    @Override
    public String toString() {
        return "EventStoreSettings[" + installation + "/" + service + ", " + topicConfig + "]";
    }
}
