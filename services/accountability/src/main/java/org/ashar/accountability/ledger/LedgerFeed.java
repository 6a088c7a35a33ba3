package org.ashar.accountability.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.ashar.messaging.BoundedValues;
import org.ashar.messaging.StoredRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a {@link Sequencer} all partitions of all services' topics, from where the log's head says,
 * while the {@link Lease} is this process's; else watches what another one publishes. No consumer
 * group takes part: the head is the only place that says how far the log has come. What fails is
 * tried again, from the head, after a wait. Ends where another log has succeeded this one.
 */
final class LedgerFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final List<String> topics;
    private final Sequencer sequencer;
    private final Lease lease;
    private final Ledger ledger;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile Set<TopicPartition> paused = Set.of();
    private volatile Runnable wake = () -> {};
    private int failures;
    private volatile boolean over;

    /**
     * @param ledger hears what another process has published
     */
    LedgerFeed(
            Map<String, Object> kafka,
            List<String> topics,
            Sequencer sequencer,
            Lease lease,
            Ledger ledger) {
        this.kafka = new HashMap<>(kafka);
        this.topics = List.copyOf(topics);
        this.sequencer = sequencer;
        this.lease = lease;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2 * Batch.MOST_ENTRIES);
        // A batch costs several calls to the store, however small: under load, wait for company.
        this.kafka.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        this.kafka.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        this.kafka.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        this.kafka.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024);
        this.kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        this.kafka.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 10_000);
    }

    void start() {
        thread.start();
    }

    /** The partitions that are paused because too much is held. */
    Set<TopicPartition> paused() {
        return paused;
    }

    /** Whether another log has succeeded this one, so that this process is of no more use. */
    boolean isOver() {
        return over;
    }

    private void run() {
        while (!isStopped() && !over) {
            try {
                if (ledger.isSucceeded()) {
                    end();
                } else if (lease.isMine()) {
                    write();
                } else {
                    watch();
                }
            } catch (RuntimeException | Error e) { // an error too must not end it unseen
                if (isStopped()) {
                    LOG.debug("Asked to stop", e);
                    return;
                }
                if (failures == 0) {
                    LOG.warn("The ledger does not go on for now; it is tried again", e);
                }
                long longest = Math.min(LONGEST_WAIT_MILLIS, 100L << Math.min(failures, 7));
                pause(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
                failures++;
            }
        }
    }

    private void end() {
        lease.release();
        over = true;
        LOG.error(
                "{} has been succeeded by another log: this process is not ready and adds nothing"
                        + " more; stop it",
                ledger.key().vkey());
    }

    private void watch() {
        long until = System.nanoTime() + BEAT.toNanos();
        while (!isStopped() && System.nanoTime() < until) {
            ledger.size();
            goesOn();
            pause(POLL.toMillis());
        }
    }

    private void write() {
        try (var consumer =
                new KafkaConsumer<>(
                        kafka,
                        new StringDeserializer(),
                        new BoundedValues(StoredRecord.MOST_BYTES))) {
            wake = consumer::wakeup;
            feed(consumer);
        } finally {
            paused = Set.of();
            wake = () -> {};
        }
    }

    /** Ends where another process has the lease, or another log has succeeded this one. */
    private void feed(KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, Long> from = sequencer.begin();
        long beganAt = System.nanoTime();
        long beatAt = beganAt;
        long lookedAt = beganAt - LOOK_AROUND.toNanos();
        while (!isStopped()) {
            if (System.nanoTime() - lookedAt >= LOOK_AROUND.toNanos()) {
                assign(consumer, from);
                consumer.resume(paused);
                paused = Set.of();
                lookedAt = System.nanoTime();
            }
            if (System.nanoTime() - beatAt >= BEAT.toNanos()) {
                if (ledger.isSucceeded()) {
                    return;
                }
                if (!lease.isMine()) {
                    LOG.info("Another process writes the ledger from now on");
                    return;
                }
                beatAt = System.nanoTime();
            }
            ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            polled.forEach(records::add);
            if (records.isEmpty()) {
                if (System.nanoTime() - beganAt >= LOOK_AROUND.toNanos()) {
                    goesOn(); // no sooner: what failed before may be what comes next
                }
            } else if (sequencer.take(records)) {
                letWait(consumer, sequencer.full());
                goesOn();
            } else if (ledger.isSucceeded()) {
                return;
            } else {
                LOG.info("Another process wrote the ledger; going on from where it is");
                from = sequencer.begin();
                seek(consumer, from);
            }
        }
    }

    private void goesOn() {
        if (failures > 0) {
            LOG.info("The ledger goes on, after {} failed attempt(s)", failures);
            failures = 0;
        }
    }

    /** Too much is held: these are read again later, from where they were not taken. */
    private void letWait(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> full) {
        if (full.isEmpty()) {
            return;
        }
        LOG.error("Too many events are held: {} wait for events that come before them", full);
        consumer.pause(full.keySet());
        full.forEach(consumer::seek);
        Set<TopicPartition> all = new HashSet<>(paused);
        all.addAll(full.keySet());
        paused = Set.copyOf(all);
    }

    /** Takes partitions that were not there before; the others go on where they are. */
    private void assign(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> from) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                all.add(new TopicPartition(topic, partition.partition()));
            }
        }
        if (consumer.assignment().containsAll(all)) {
            return;
        }
        Map<TopicPartition, Long> positions = new HashMap<>(from);
        consumer.assignment().forEach(p -> positions.put(p, consumer.position(p)));
        consumer.assign(all);
        seek(consumer, positions);
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> from) {
        consumer.assignment().forEach(p -> consumer.seek(p, from.getOrDefault(p, 0L)));
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void pause(long millis) {
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("Asked to stop while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets another process write at once. */
    @Override
    public void close() {
        stopped.countDown();
        wake.run();
        try {
            if (!thread.join(STOP_WITHIN)) {
                LOG.warn("The ledger's thread goes on after {}", STOP_WITHIN);
            } else {
                lease.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
