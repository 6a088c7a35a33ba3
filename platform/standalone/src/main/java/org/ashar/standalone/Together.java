package org.ashar.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs things at once, and waits for all of them or for a time limit. */
final class Together {
    private Together() {}

    /**
     * Runs every task on a thread of its name. Returns when all have ended well; throws when one
     * failed, or was still at it at the limit, after all the others have ended or reached the
     * limit.
     */
    static void run(Duration limit, Map<String, Runnable> tasks) {
        Map<String, FutureTask<Void>> started = new LinkedHashMap<>();
        tasks.forEach(
                (name, task) -> {
                    FutureTask<Void> future = new FutureTask<>(task, null);
                    started.put(name, future);
                    Thread.ofPlatform().name(name).daemon().start(future);
                });
        long end = System.nanoTime() + limit.toNanos();
        List<StandaloneException> failures = new ArrayList<>();
        started.forEach(
                (name, future) -> {
                    try {
                        future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                    } catch (ExecutionException e) {
                        failures.add(explained(name, e.getCause() == null ? e : e.getCause()));
                    } catch (TimeoutException e) {
                        failures.add(
                                new StandaloneException(
                                        String.format(
                                                Locale.ROOT,
                                                "%s took longer than %d s",
                                                name,
                                                limit.toSeconds()),
                                        e));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        failures.add(
                                new StandaloneException(
                                        "interrupted while waiting for " + name, e));
                    }
                });
        if (!failures.isEmpty()) {
            StandaloneException first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static StandaloneException explained(String name, Throwable problem) {
        if (problem instanceof StandaloneException known) {
            return known;
        }
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean isSaid =
                root instanceof IllegalArgumentException || root instanceof IllegalStateException;
        return new StandaloneException(
                name + " failed: " + (isSaid ? root.getMessage() : root), problem);
    }
}
