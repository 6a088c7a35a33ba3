package org.ashar.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Feeds one generation of a view from Kafka. An offset is committed only after the store has
 * acknowledged what came before it; a batch that fails is read again after a wait.
 */
final class GenerationConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationConsumer.class);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);

    /** An event with its headers has room; a poll may answer thousands. */
    private static final int MOST_BYTES = PublishedEvent.MAX_BYTES + 16 * 1024;

    private final BatchApplier applier;
    private final Episodes episodes;
    private final ConcurrentMessageListenerContainer<String, byte[]> container;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Set<TopicPartition> full = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastTimestamp = new AtomicLong();

    GenerationConsumer(
            ViewDefinition view, ViewSettings settings, int generation, BatchApplier applier) {
        this.applier = applier;
        String group = GenerationNames.group(view.service(), view.name(), generation);
        this.episodes = new Episodes(LOG, "View " + view.name() + ", generation " + generation);
        ContainerProperties properties =
                new ContainerProperties(
                        view.fromServices().stream()
                                .map(KafkaCloudEvents::topic)
                                .toArray(String[]::new));
        properties.setGroupId(group);
        properties.setClientId(group);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(250);
        properties.setShutdownTimeout(settings.stopWithin().toMillis());
        properties.setAuthExceptionRetryInterval(Duration.ofSeconds(30));
        properties.setMicrometerEnabled(false);
        properties.setMessageListener(new Listener());
        properties.setConsumerRebalanceListener(new Assignment());
        this.container =
                new ConcurrentMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                clientProperties(settings),
                                StringDeserializer::new,
                                () -> new BoundedValues(MOST_BYTES)),
                        properties);
        // What it cannot go on from ends it, and it is made anew: it never passes over a batch.
        container.setCommonErrorHandler(new CommonContainerStoppingErrorHandler());
        container.setConcurrency(settings.concurrency());
        container.setBeanName("view-" + view.name() + "-g" + generation);
    }

    private static Map<String, Object> clientProperties(ViewSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        // A batch costs several calls to the store, however small: under load, wait for company.
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 40);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 10_000);
        properties.putAll(settings.kafka());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    void start() {
        container.start();
    }

    /** Answers when it has stopped, or after {@link ViewSettings#stopWithin}. */
    void stop() {
        container.stop();
    }

    /** Whether nothing but {@link #stop} can have ended it. */
    boolean isAlive() {
        return container.isRunning() && container.isInExpectedState();
    }

    /** For each partition applied from here, the offset to go on from. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Broker time of the latest record applied, in milliseconds; 0 before the first. */
    long lastTimestamp() {
        return lastTimestamp.get();
    }

    /** Partitions that wait because too much of theirs is held. */
    Set<TopicPartition> full() {
        return Set.copyOf(full);
    }

    void resume(TopicPartition partition) {
        full.remove(partition);
        container.resumePartition(partition);
    }

    void pause() {
        container.pause();
    }

    boolean isPaused() {
        return container.isContainerPaused();
    }

    void resume() {
        if (container.isPauseRequested()) {
            container.resume();
        }
    }

    @Nullable String trouble() {
        return episodes.trouble();
    }

    private void apply(
            List<ConsumerRecord<String, byte[]>> records,
            Acknowledgment acknowledgment,
            Consumer<?, ?> consumer) {
        BatchApplier.Taken taken;
        try {
            taken = applier.apply(records);
        } catch (RuntimeException e) {
            acknowledgment.nack(0, episodes.failed(e));
            return;
        }
        episodes.succeeded();
        taken.next().forEach((partition, next) -> positions.merge(partition, next, Math::max));
        for (ConsumerRecord<String, byte[]> record : records) {
            lastTimestamp.accumulateAndGet(record.timestamp(), Math::max);
        }
        for (TopicPartition partition : taken.full()) {
            Long from = taken.next().get(partition);
            if (from != null) {
                if (full.add(partition)) {
                    LOG.error("{} waits at {}: too many events are held", partition, from);
                }
                container.pausePartition(partition);
                consumer.seek(partition, from);
            }
        }
        commit(taken.next(), consumer);
    }

    /** What is not committed comes again and is seen to have been applied. */
    private void commit(Map<TopicPartition, Long> next, Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try {
            try {
                consumer.commitSync(offsets, COMMIT_WITHIN);
            } catch (WakeupException e) {
                LOG.debug("Pausing woke a poll that was over", e);
                consumer.commitSync(offsets, COMMIT_WITHIN);
            }
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.info("Another consumer takes over: {}", e.getMessage());
        } catch (RetriableException | WakeupException e) {
            LOG.info("Offsets are committed with a later batch: {}", e.getMessage());
        }
    }

    private final class Listener
            implements BatchAcknowledgingConsumerAwareMessageListener<String, byte[]> {
        @Override
        public void onMessage(
                List<ConsumerRecord<String, byte[]>> records,
                @Nullable Acknowledgment acknowledgment,
                @Nullable Consumer<?, ?> consumer) {
            if (acknowledgment == null || consumer == null) {
                throw new IllegalStateException("offsets are not committed by hand");
            }
            apply(records, acknowledgment, consumer);
        }
    }

    private final class Assignment implements ConsumerAwareRebalanceListener {
        @Override
        public void onPartitionsAssigned(
                Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            applier.forget();
        }
    }
}
