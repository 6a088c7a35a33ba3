package org.ashar.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * The commits that wait for the relay, by stream, oldest stream first. Bounded in number and in
 * what they hold: what does not fit is forgotten and a sweep asked for, which finds it in the
 * store.
 */
final class RelayQueue {

    /** Characters and bytes of content that wait, at most, but for one commit. */
    static final long MOST_CONTENT = 8 << 20;

    private final LinkedHashMap<StreamId, NavigableMap<Long, Commit>> streams =
            new LinkedHashMap<>();
    private final int limit;
    private int size;
    private long content;
    private int wanted;
    private boolean sweepAsked = true;
    private boolean closed;

    RelayQueue(int limit) {
        this.limit = limit;
    }

    /** Hands a commit over; never waits for anything. */
    synchronized void offer(Commit commit) {
        if (size >= limit || content >= MOST_CONTENT) {
            askForSweep();
            return;
        }
        NavigableMap<Long, Commit> waiting =
                streams.computeIfAbsent(commit.stream(), s -> new TreeMap<>());
        if (waiting.put(commit.from(), commit) == null) {
            size++;
            content += commit.contentSize();
        }
        if (size == wanted) {
            notifyAll();
        }
    }

    synchronized void askForSweep() {
        sweepAsked = true;
        notifyAll();
    }

    /** Whether a sweep was asked for since this was last called. */
    synchronized boolean takeSweep() {
        boolean asked = sweepAsked;
        sweepAsked = false;
        return asked;
    }

    /**
     * Whole streams, oldest first, until {@code most} commits are taken. Waits at most {@code
     * patience} for the first one and then {@code linger} for company; returns at once, perhaps
     * with nothing, when a sweep is asked for or the queue is closed.
     */
    synchronized Map<StreamId, NavigableMap<Long, Commit>> take(
            int most, Duration patience, Duration linger) throws InterruptedException {
        await(patience, 1);
        if (size > 0) {
            await(linger, most);
        }
        Map<StreamId, NavigableMap<Long, Commit>> taken = new LinkedHashMap<>();
        int count = 0;
        while (!streams.isEmpty() && count < most) {
            Map.Entry<StreamId, NavigableMap<Long, Commit>> oldest = streams.pollFirstEntry();
            taken.put(oldest.getKey(), oldest.getValue());
            count += oldest.getValue().size();
            for (Commit commit : oldest.getValue().values()) {
                content -= commit.contentSize();
            }
        }
        size -= count;
        return taken;
    }

    /** Forgets a commit that is being seen to. */
    synchronized void remove(Commit commit) {
        NavigableMap<Long, Commit> waiting = streams.get(commit.stream());
        if (waiting == null) {
            return;
        }
        Commit removed = waiting.remove(commit.from());
        if (removed != null) {
            size--;
            content -= removed.contentSize();
        }
        if (waiting.isEmpty()) {
            streams.remove(commit.stream());
        }
    }

    /** Waits without taking anything; ends early only on close. */
    synchronized void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int size() {
        return size;
    }

    synchronized boolean isSweepAsked() {
        return sweepAsked;
    }

    /** When the commit that waits longest was recorded. */
    synchronized @Nullable Instant oldest() {
        return streams.values().stream()
                .map(waiting -> waiting.firstEntry().getValue().recordedAt())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private synchronized void await(Duration time, int enough) throws InterruptedException {
        wanted = enough;
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos();
                left > 0 && size < enough && !sweepAsked && !closed;
                left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
