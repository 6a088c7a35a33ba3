package org.ashar.eventstore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real broker. Every call ends within the time limits below. */
final class KafkaOutlet implements Outlet {

    /** For ever: the partition of a stream follows from this number. */
    static final int PARTITIONS = 6;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final Duration ADMIN_LIMIT = Duration.ofSeconds(15);
    private static final int REQUEST_MILLIS = 5_000;
    private static final int DELIVERY_MILLIS = 12_000;

    private final EventStoreSettings settings;
    private final String topic;

    KafkaOutlet(EventStoreSettings settings) {
        this.settings = settings;
        this.topic = KafkaCloudEvents.topic(settings.service());
    }

    @Override
    public Producer<String, byte[]> producer() {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, settings.service() + "-relay");
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void prepare() {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        Admin admin = Admin.create(properties);
        try {
            Optional<Short> replication =
                    settings.replication() < 1
                            ? Optional.empty()
                            : Optional.of(settings.replication());
            NewTopic wanted =
                    new NewTopic(topic, Optional.of(PARTITIONS), replication).configs(config());
            try {
                await(admin.createTopics(List.of(wanted)).all());
                LOG.info("Created {} with {} partitions, kept for ever", topic, PARTITIONS);
            } catch (TopicExistsException e) {
                verify(admin);
            }
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private Map<String, String> config() {
        Map<String, String> config = new HashMap<>(settings.topicConfig());
        config.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        config.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        return config;
    }

    /** A topic found is held to our settings; its number of partitions cannot be mended. */
    private void verify(Admin admin) {
        int partitions =
                requireNonNull(
                                await(admin.describeTopics(List.of(topic)).allTopicNames())
                                        .get(topic))
                        .partitions()
                        .size();
        if (partitions != PARTITIONS) {
            LOG.error(
                    "{} has {} partitions instead of {}: republish it from the commits",
                    topic,
                    partitions,
                    PARTITIONS);
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config found =
                requireNonNull(await(admin.describeConfigs(List.of(resource)).all()).get(resource));
        Collection<AlterConfigOp> changes = new ArrayList<>();
        config().forEach(
                        (name, value) -> {
                            ConfigEntry entry = found.get(name);
                            if (entry == null || !value.equals(entry.value())) {
                                changes.add(
                                        new AlterConfigOp(
                                                new ConfigEntry(name, value),
                                                AlterConfigOp.OpType.SET));
                            }
                        });
        if (!changes.isEmpty()) {
            LOG.warn("{} was kept otherwise than we need; setting {}", topic, changes);
            await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(ADMIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the broker refused", e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the broker is silent", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
