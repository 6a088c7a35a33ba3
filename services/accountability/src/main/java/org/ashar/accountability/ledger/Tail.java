package org.ashar.accountability.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries in memory, so that many who follow the log cost the store no more than one. It
 * is read when somebody follows, and not before.
 */
final class Tail {

    private static final int MOST_ENTRIES = 4_096;
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int AT_ONCE = 64;

    private final LedgerStore store;
    private final ReentrantLock lock = new ReentrantLock();

    /** Those from {@code start} to {@code end}, each at its index modulo the length. */
    private final @Nullable LogEntry[] ring = new LogEntry[MOST_ENTRIES];

    private long start;
    private long end;
    private long bytes;

    Tail(LedgerStore store) {
        this.store = store;
    }

    /**
     * Entries that are selected, from an index on and before another, at most {@code limit}; empty
     * where that index lies before what is kept.
     */
    Optional<Ledger.Part> select(Selection selection, long from, long before, int limit)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            grow(before);
            return from < start
                    ? Optional.empty()
                    : Optional.of(part(selection, from, before, limit));
        } finally {
            lock.unlock();
        }
    }

    private Ledger.Part part(Selection selection, long from, long before, int limit) {
        List<LogEntry> selected = new ArrayList<>();
        long next = from;
        while (next < before && selected.size() < limit) {
            LogEntry entry = Objects.requireNonNull(ring[at(next)]);
            if (selection.includes(entry.facets())) {
                selected.add(entry);
            }
            next++;
        }
        return new Ledger.Part(selected, next);
    }

    boolean holds(long index) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return start <= index && index < end;
        } finally {
            lock.unlock();
        }
    }

    private void grow(long size) {
        if (size - end > MOST_ENTRIES) {
            while (start < end) {
                dropFirst();
            }
            start = size - MOST_ENTRIES;
            end = start;
        }
        while (end < size) {
            List<LogEntry> more = store.select(Selection.ANY, end, size, AT_ONCE);
            if (more.isEmpty() || more.getFirst().index() != end) {
                throw new IllegalStateException("entry " + end + " is missing");
            }
            more.forEach(this::add);
        }
    }

    private void add(LogEntry entry) {
        while (end - start == MOST_ENTRIES || (bytes > MOST_BYTES && start < end)) {
            dropFirst();
        }
        ring[at(entry.index())] = entry;
        bytes += entry.leaf().length;
        end = entry.index() + 1;
    }

    private void dropFirst() {
        bytes -= Objects.requireNonNull(ring[at(start)]).leaf().length;
        ring[at(start)] = null;
        start++;
    }

    private static int at(long index) {
        return (int) (index % MOST_ENTRIES);
    }
}
