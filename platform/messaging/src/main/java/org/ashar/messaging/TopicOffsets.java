package org.ashar.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.ashar.eventstore.KafkaCloudEvents;

/** Where topics end and how far groups have come. Each call answers or throws within seconds. */
final class TopicOffsets implements AutoCloseable {

    private static final long WITHIN_SECONDS = 10;

    private final Admin admin;
    private final List<String> topics;

    TopicOffsets(Map<String, Object> kafka, ViewDefinition view) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        this.admin = Admin.create(properties);
        this.topics = view.fromServices().stream().map(KafkaCloudEvents::topic).sorted().toList();
    }

    /** The end of each partition of the view's topics; empty while one of them does not exist. */
    Optional<Map<TopicPartition, Long>> ends() {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            get(admin.describeTopics(topics).allTopicNames())
                    .forEach(
                            (topic, description) ->
                                    description
                                            .partitions()
                                            .forEach(
                                                    p ->
                                                            latest.put(
                                                                    new TopicPartition(
                                                                            topic, p.partition()),
                                                                    OffsetSpec.latest())));
            Map<TopicPartition, Long> ends = new HashMap<>();
            get(admin.listOffsets(latest).all())
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return Optional.of(ends);
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** What a group has committed. */
    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> partition :
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                        .entrySet()) {
            if (partition.getValue() != null) {
                committed.put(partition.getKey(), partition.getValue().offset());
            }
        }
        return committed;
    }

    /** Lets a group begin at the first event; whether it will. */
    boolean forget(String group) {
        return committed(group).isEmpty() || deleteGroup(group);
    }

    /** Deletes a group that nobody needs; whether it is gone. */
    boolean deleteGroup(String group) {
        try {
            get(admin.deleteConsumerGroups(List.of(group)).all());
            return true;
        } catch (GroupIdNotFoundException e) {
            return true;
        } catch (GroupNotEmptyException e) {
            return false;
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
