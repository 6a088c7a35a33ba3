package org.ashar.eventstore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was committed to Kafka, for as long as it takes.
 *
 * <p>Guarantee: every committed published event reaches the topic at least once, with the bytes
 * that were committed, and nothing else does. A stream is sent in order; after a failed send it is
 * sent again from there, so behind each event its successors follow in order, though some may have
 * come early once. A dead broker holds up nobody: the relay backs off, commands go on, and what the
 * bounded queue cannot hold is found in the store by a sweep.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 500;

    /** A round costs calls to broker and store, however small it is: it may wait for company. */
    private static final Duration LINGER = Duration.ofMillis(40);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final int REPORT_EVERY = 20;
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(2);

    private final CommitLog log;
    private final RelayQueue queue;
    private final RelayRound round;
    private final Outlet outlet;
    private final Clock clock;
    private final Duration sweepEvery;
    private final Thread thread;
    private final ConcurrentLinkedQueue<CurrentDocuments<?, ?>> toRefold =
            new ConcurrentLinkedQueue<>();

    private @Nullable Producer<String, byte[]> producer;
    private int failures;
    private volatile boolean swept;
    private volatile int inWork;
    private volatile @Nullable Instant inWorkSince;
    private volatile @Nullable Instant failingSince;

    Relay(
            EventStoreSettings settings,
            CommitLog log,
            Function<String, @Nullable CurrentDocuments<?, ?>> currents,
            Outlet outlet,
            Clock clock) {
        this.log = log;
        this.outlet = outlet;
        this.clock = clock;
        this.sweepEvery = settings.sweepEvery();
        this.queue = new RelayQueue(settings.maxWaiting());
        this.round = new RelayRound(log, KafkaCloudEvents.topic(settings.service()), currents);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("relay-" + settings.service())
                        .unstarted(this::work);
    }

    /** How far behind it is; costs no call to the store. */
    public RelayStatus status() {
        Instant queued = queue.oldest();
        Instant working = inWorkSince;
        Instant oldest =
                queued == null || working != null && working.isBefore(queued) ? working : queued;
        return new RelayStatus(
                queue.size() + inWork, oldest, swept && !queue.isSweepAsked(), failingSince);
    }

    void start() {
        thread.start();
    }

    /** Takes note of a commit just made; never waits. */
    void wake(Commit commit) {
        queue.offer(commit);
    }

    /** Something may be pending that nobody handed over. */
    void sweepSoon() {
        queue.askForSweep();
    }

    /** Takes charge of one more type of aggregate: what is pending of it, and old formats. */
    void adopt(CurrentDocuments<?, ?> documents) {
        toRefold.add(documents);
        queue.askForSweep();
    }

    /** Ends within a few seconds; what is not done by then stays pending. */
    void close() {
        queue.close();
        try {
            if (!thread.join(DRAIN)) {
                thread.interrupt();
                thread.join(DRAIN);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long sweptAt = System.nanoTime() - sweepEvery.toNanos();
        try {
            while (!queue.isClosed() || queue.size() > 0 && failures == 0) {
                try {
                    producer(); // makes the topic, which others may wait for before anything is
                    // sent
                    boolean asked = queue.takeSweep();
                    if (asked || System.nanoTime() - sweptAt >= sweepEvery.toNanos()) {
                        sweep(asked ? Duration.ZERO : SETTLED);
                        sweptAt = System.nanoTime();
                    }
                    boolean more = refold();
                    relay(queue.take(BATCH, more ? Duration.ZERO : sweepEvery, LINGER));
                } catch (StoreUnavailableException e) {
                    failed(e);
                } catch (RuntimeException e) {
                    discardProducer();
                    failed(e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The relay was told to stop at once", e);
        } catch (Error e) {
            failingSince = clock.instant();
            LOG.error("The relay stopped for good; what is pending waits for a restart", e);
            throw e;
        } finally {
            discardProducer();
        }
    }

    /** Whether all that could be done with this batch was done. */
    private boolean relay(Map<StreamId, NavigableMap<Long, Commit>> batch)
            throws InterruptedException {
        if (batch.isEmpty()) {
            return true;
        }
        inWorkSince = batch.values().iterator().next().firstEntry().getValue().recordedAt();
        inWork = batch.values().stream().mapToInt(Map::size).sum();
        try {
            RelayRound.Rest rest = round.run(producer(), batch);
            rest.left().forEach(queue::offer);
            if (rest.failure() == null) {
                recovered();
                return true;
            }
            if (!(rest.failure() instanceof RetriableException)) {
                discardProducer();
            }
            failed(rest.failure());
            return false;
        } finally {
            inWork = 0;
            inWorkSince = null;
        }
    }

    /**
     * Searches the store for pending commits recorded at least {@code age} ago, or in the future: a
     * clock that was put back since says nothing of their age.
     */
    private void sweep(Duration age) throws InterruptedException {
        Instant now = clock.instant();
        Instant before = now.minus(age);
        String after = "";
        List<Commit> page;
        do {
            page = log.reader().pending(after, BATCH);
            Map<StreamId, NavigableMap<Long, Commit>> batch = new LinkedHashMap<>();
            for (Commit commit : page) {
                after = commit.id();
                Instant recordedAt = commit.recordedAt();
                if (!recordedAt.isAfter(before) || recordedAt.isAfter(now)) {
                    queue.remove(commit);
                    batch.computeIfAbsent(commit.stream(), s -> new TreeMap<>())
                            .put(commit.from(), commit);
                }
            }
            if (!relay(batch)) {
                return;
            }
        } while (!page.isEmpty() && !queue.isClosed());
        swept = true;
        recovered();
    }

    /**
     * Folds a page of documents of old state formats again, so that relaying goes on in between;
     * whether there may be more.
     */
    private boolean refold() {
        CurrentDocuments<?, ?> documents = toRefold.peek();
        if (documents == null) {
            return false;
        }
        List<StreamId> outdated = documents.outdated(BATCH);
        boolean progress = false;
        for (StreamId stream : outdated) {
            try {
                progress |= documents.heal(stream);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("{} cannot be folded in the new state format", stream, e);
            }
        }
        if (!progress) {
            toRefold.remove(documents);
        }
        return !toRefold.isEmpty();
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> ready = producer;
        if (ready == null) {
            outlet.prepare();
            ready = outlet.producer();
            producer = ready;
        }
        return ready;
    }

    private void discardProducer() {
        Producer<String, byte[]> old = producer;
        producer = null;
        if (old != null) {
            try {
                old.close(PRODUCER_CLOSE);
            } catch (KafkaException e) {
                LOG.debug("A producer that failed did not close cleanly either", e);
            }
        }
    }

    private void recovered() {
        if (failures > 0) {
            LOG.info("The relay works again after {} failures", failures);
        }
        failures = 0;
        failingSince = null;
    }

    private void failed(Throwable why) throws InterruptedException {
        failures++;
        if (failingSince == null) {
            failingSince = clock.instant();
        }
        long longest =
                Math.min(
                        LONGEST_PAUSE.toMillis(),
                        FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10));
        Duration pause =
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        if (failures % REPORT_EVERY == 1) {
            LOG.warn("The relay failed ({}) and tries again; commands go on", failures, why);
        }
        queue.pause(pause);
        queue.askForSweep();
    }
}
