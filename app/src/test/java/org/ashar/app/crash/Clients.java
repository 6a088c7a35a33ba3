package org.ashar.app.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Eight clients at once. */
final class Clients implements AutoCloseable {

    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Village village;
    private final String name;
    private final Random random;
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<List<Attempt>>> working = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean isOver;

    Clients(Village village, String name, Random random) {
        this.village = village;
        this.name = name;
        this.random = random;
    }

    Village village() {
        return village;
    }

    /** Lets them work at a door until it does not answer or they are told to end. */
    void start(Door door) {
        for (int i = 0; i < CLIENTS; i++) {
            working.add(
                    threads.submit(
                            new Client(
                                    door,
                                    village,
                                    name + "c" + i,
                                    () -> isOver,
                                    answered::incrementAndGet,
                                    random.nextLong())));
        }
    }

    /** Waits until so many commands were answered; fails at once where no client works any more. */
    void awaitAnswered(int commands) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast("every client ended", this::haveEnded)
                .until(() -> answered.get() >= commands);
    }

    private boolean haveEnded() throws InterruptedException, ExecutionException {
        for (Future<List<Attempt>> client : working) {
            if (client.isDone()) {
                client.get();
            }
        }
        return working.stream().allMatch(Future::isDone);
    }

    /** What all of them did; they end after the promise that they are at. */
    List<Attempt> logs() throws InterruptedException, ExecutionException {
        isOver = true;
        List<Attempt> all = new ArrayList<>();
        try {
            for (Future<List<Attempt>> client : working) {
                all.addAll(client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        } catch (TimeoutException e) {
            throw new AssertionError("a client does not end", e);
        }
        return all;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
