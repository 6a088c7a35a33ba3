package org.ashar.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker whose log is a list and whose failures are scripted. */
final class ScriptedBroker implements Outlet {

    private final List<ProducerRecord<String, byte[]>> log = new ArrayList<>();
    private final AtomicInteger producers = new AtomicInteger();
    private volatile boolean down;
    private volatile Predicate<ProducerRecord<String, byte[]>> loses = sent -> false;
    private volatile Predicate<ProducerRecord<String, byte[]>> hidesAnswer = sent -> false;

    private volatile Predicate<ProducerRecord<String, byte[]>> refuses = sent -> false;
    private volatile Refusal refusal = Refusal.AT_ONCE;

    /** When a record that is never taken is told to be so. */
    enum Refusal {
        AT_ONCE,
        LATER,
        BY_THROWING
    }

    void stop() {
        down = true;
    }

    void startAgain() {
        down = false;
    }

    /** Records for which this holds are not written, and their sending fails later on. */
    void lose(Predicate<ProducerRecord<String, byte[]>> which) {
        loses = which;
    }

    /** Records for which this holds are written, though their sending fails. */
    void hideAnswer(Predicate<ProducerRecord<String, byte[]>> which) {
        hidesAnswer = which;
    }

    /** Records for which this holds are refused for what they are. */
    void refuse(Predicate<ProducerRecord<String, byte[]>> which, Refusal how) {
        refusal = how;
        refuses = which;
    }

    synchronized List<ProducerRecord<String, byte[]>> log() {
        return List.copyOf(log);
    }

    int producers() {
        return producers.get();
    }

    @Override
    public void prepare() {
        if (down) {
            throw new TimeoutException("no broker");
        }
    }

    @Override
    public Producer<String, byte[]> producer() {
        producers.incrementAndGet();
        return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> sent) {
                return take(sent);
            }
        };
    }

    private Future<RecordMetadata> take(ProducerRecord<String, byte[]> sent) {
        if (down) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker"));
        }
        if (refuses.test(sent)) {
            return refused();
        }
        boolean lost = loses.test(sent);
        if (!lost) {
            synchronized (this) {
                log.add(sent);
            }
        }
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        if (lost || hidesAnswer.test(sent)) {
            Thread.startVirtualThread(
                    () -> answer.completeExceptionally(new TimeoutException("no answer")));
        } else {
            answer.complete(new RecordMetadata(new TopicPartition(sent.topic(), 0), 0, 0, 0, 0, 0));
        }
        return answer;
    }

    private Future<RecordMetadata> refused() {
        RecordTooLargeException tooLarge = new RecordTooLargeException("scripted");
        return switch (refusal) {
            case AT_ONCE -> CompletableFuture.failedFuture(tooLarge);
            case LATER -> {
                CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
                Thread.startVirtualThread(() -> answer.completeExceptionally(tooLarge));
                yield answer;
            }
            case BY_THROWING -> throw new SerializationException("scripted");
        };
    }
}
