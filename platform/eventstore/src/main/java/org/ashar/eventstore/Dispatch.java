package org.ashar.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What became of sending the published events of some commits.
 *
 * @param acknowledged commits all of whose events the broker has, up to each stream's first failure
 * @param unsendable streams with an event that will never be taken, however often it is sent
 * @param failure a failure of any other kind, which may pass
 */
record Dispatch(
        List<Commit> acknowledged,
        Map<StreamId, Throwable> unsendable,
        @Nullable Throwable failure) {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private record Sent(Commit commit, List<Future<RecordMetadata>> futures) {}

    /**
     * Sends them, each stream in order, and waits for the answers.
     *
     * @param had commits that the broker acknowledged before, which are not sent again
     */
    static Dispatch of(
            Producer<String, byte[]> producer,
            String topic,
            List<Commit> commits,
            Predicate<Commit> had) {
        List<Sent> all = new ArrayList<>();
        Set<StreamId> unfit = new HashSet<>();
        for (Commit commit : commits) {
            if (unfit.contains(commit.stream())) {
                continue;
            }
            Sent sent =
                    new Sent(commit, had.test(commit) ? List.of() : send(producer, topic, commit));
            all.add(sent);
            Throwable failure = failureAtOnce(sent.futures());
            if (isForEver(failure)) {
                unfit.add(commit.stream());
            } else if (failure != null) {
                // No room or no broker: each further one would wait as long for nothing.
                return answers(all);
            }
        }
        producer.flush();
        return answers(all);
    }

    /** Sends a commit's events up to the first that fails at once. */
    private static List<Future<RecordMetadata>> send(
            Producer<String, byte[]> producer, String topic, Commit commit) {
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        for (PublishedEvent event : commit.published()) {
            try {
                futures.add(producer.send(KafkaCloudEvents.toRecord(topic, event)));
            } catch (SerializationException e) {
                futures.add(CompletableFuture.failedFuture(e));
            }
            if (failureAtOnce(futures) != null) {
                return futures;
            }
        }
        return futures;
    }

    private static @Nullable Throwable failureAtOnce(List<Future<RecordMetadata>> futures) {
        return !futures.isEmpty() && futures.getLast().state() == Future.State.FAILED
                ? futures.getLast().exceptionNow()
                : null;
    }

    /** Whether it lies in the event itself. */
    private static boolean isForEver(@Nullable Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof SerializationException
                || failure instanceof InvalidRecordException;
    }

    private static Dispatch answers(List<Sent> all) {
        List<Commit> acknowledged = new ArrayList<>();
        Map<StreamId, Throwable> unsendable = new LinkedHashMap<>();
        Set<StreamId> broken = new HashSet<>();
        Throwable failure = null;
        long end = System.nanoTime() + ANSWER_LIMIT.toNanos();
        for (Sent sent : all) {
            StreamId stream = sent.commit().stream();
            if (broken.contains(stream)) {
                continue;
            }
            Throwable failed = await(sent.futures(), end);
            if (failed == null) {
                acknowledged.add(sent.commit());
                continue;
            }
            broken.add(stream);
            if (isForEver(failed)) {
                unsendable.put(stream, failed);
            } else {
                failure = failed;
            }
        }
        return new Dispatch(acknowledged, unsendable, failure);
    }

    private static @Nullable Throwable await(List<Future<RecordMetadata>> futures, long end) {
        for (Future<RecordMetadata> future : futures) {
            try {
                future.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (TimeoutException e) {
                return e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return e;
            }
        }
        return null;
    }
}
