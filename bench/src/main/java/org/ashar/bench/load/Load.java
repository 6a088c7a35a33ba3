package org.ashar.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Drives requests over a fixed number of connections and keeps their latencies. */
public final class Load {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    private Load() {}

    /** One request: its answer must be a success, or the measurement is void. */
    @FunctionalInterface
    public interface Request {
        Wire.Answer send(Wire wire, int number) throws IOException;
    }

    /**
     * What was seen.
     *
     * @param count requests answered
     * @param took from the first request to the last answer
     * @param micros latencies in microseconds
     */
    public record Seen(long count, Duration took, Histogram micros) {
        public double perSecond() {
            return count / (took.toNanos() / 1e9);
        }

        public double millisAt(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    /**
     * Sends requests 0 to {@code count − 1}, each connection the next one as soon as its last is
     * answered.
     */
    public static Seen closed(URI base, int connections, int count, Request request) {
        AtomicInteger next = new AtomicInteger();
        return drive(
                base,
                connections,
                () -> next.getAndIncrement(),
                count,
                number -> System.nanoTime(),
                request);
    }

    /**
     * Sends requests 0 to {@code count − 1} at their scheduled times, {@code perSecond} of them a
     * second, whether or not earlier ones were answered; latency counts from the scheduled time, so
     * waiting for a free connection is seen.
     */
    public static Seen open(URI base, int connections, int perSecond, int count, Request request) {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime() + 50_000_000L;
        return drive(
                base,
                connections,
                () -> next.getAndIncrement(),
                count,
                number -> {
                    long due = start + number * 1_000_000_000L / perSecond;
                    for (long wait = due - System.nanoTime();
                            wait > 0;
                            wait = due - System.nanoTime()) {
                        LockSupport.parkNanos(wait);
                    }
                    return due;
                },
                request);
    }

    private interface Start {
        long nanosOf(int number);
    }

    private static Seen drive(
            URI base,
            int connections,
            java.util.function.IntSupplier numbers,
            int count,
            Start start,
            Request request) {
        Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        AtomicLong last = new AtomicLong(Long.MIN_VALUE);
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                workers.add(
                        threads.submit(
                                () -> {
                                    try (Wire wire = new Wire(base)) {
                                        for (int n = numbers.getAsInt();
                                                n < count;
                                                n = numbers.getAsInt()) {
                                            long from = start.nanosOf(n);
                                            first.accumulateAndGet(from, Math::min);
                                            Wire.Answer answer = request.send(wire, n);
                                            long to = System.nanoTime();
                                            last.accumulateAndGet(to, Math::max);
                                            micros.recordValue(
                                                    Math.min(LONGEST_MICROS, (to - from) / 1000));
                                            if (!answer.isSuccess()) {
                                                throw new IOException(
                                                        "request "
                                                                + n
                                                                + ": "
                                                                + answer.status()
                                                                + " "
                                                                + answer.text());
                                            }
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the measurement is void", e.getCause());
        }
        return new Seen(count, Duration.ofNanos(last.get() - first.get()), micros);
    }
}
