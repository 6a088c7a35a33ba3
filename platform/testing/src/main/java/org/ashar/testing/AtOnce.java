package org.ashar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * {@value #SENDERS} senders that are let go at the same moment, and what every service promises
 * them.
 *
 * <p>Whoever calls this makes one request of it for each sender, numbered from 0; what a request
 * throws fails the test, and so does one that takes more than two minutes.
 */
public final class AtOnce {

    /** How many send. */
    public static final int SENDERS = 32;

    private static final int ACCEPTED = 200;
    private static final int STALE = 412;
    private static final long LIMIT_SECONDS = 120;

    /** What a service answered, as far as it is compared here. */
    public interface Answer {
        /** The HTTP status. */
        int status();

        /** The body. */
        String text();
    }

    private AtOnce() {}

    /** What each sender gets, in their order. */
    public static <T> List<T> all(IntFunction<T> request) {
        CyclicBarrier start = new CyclicBarrier(SENDERS);
        List<Callable<T>> senders = new ArrayList<>();
        IntStream.range(0, SENDERS)
                .forEach(
                        sender ->
                                senders.add(
                                        () -> {
                                            start.await();
                                            return request.apply(sender);
                                        }));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> answers = new ArrayList<>();
            for (Future<T> sent : threads.invokeAll(senders, LIMIT_SECONDS, TimeUnit.SECONDS)) {
                answers.add(sent.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while senders wait", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a sender got no answer", e.getCause());
        }
    }

    /**
     * Of senders who all write on what they saw at the same version, one is accepted and the others
     * are told that it is stale. Answers which one.
     */
    public static int oneWinner(IntFunction<? extends Answer> write) {
        List<? extends Answer> answers = all(write);
        assertThat(answers.stream().filter(answer -> answer.status() == ACCEPTED)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == STALE))
                .hasSize(SENDERS - 1);
        return IntStream.range(0, SENDERS)
                .filter(writer -> answers.get(writer).status() == ACCEPTED)
                .findFirst()
                .orElseThrow();
    }

    /** All senders of one command under one key get one answer: this one. */
    public static <A extends Answer> A oneAnswer(IntFunction<A> send) {
        List<A> answers = all(send);
        assertThat(answers.stream().map(answer -> answer.status() + answer.text()).distinct())
                .hasSize(1);
        return answers.getFirst();
    }
}
