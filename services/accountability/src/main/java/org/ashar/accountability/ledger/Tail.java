package org.ashar.accountability.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The newest entries in memory, so that many who follow the log cost the store no more than one. It
 * is read when somebody follows, and not before.
 */
final class Tail {

    private static final int MOST_ENTRIES = 4_096;
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final int AT_ONCE = 1_024;
    private static final Selection ANY = new Selection(null, null, null, null);

    private final LedgerStore store;
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private long end;
    private long bytes;

    Tail(LedgerStore store) {
        this.store = store;
    }

    /**
     * Entries that are selected, from an index on and before another, at most {@code limit}; empty
     * where that index lies before what is kept.
     */
    synchronized Optional<List<LogEntry>> select(
            Selection selection, long from, long before, int limit) {
        grow(before);
        if (from < end - entries.size()) {
            return Optional.empty();
        }
        List<LogEntry> selected = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (entry.index() >= before || selected.size() == limit) {
                break;
            }
            if (entry.index() >= from && selection.includes(entry.facets())) {
                selected.add(entry);
            }
        }
        return Optional.of(selected);
    }

    private void grow(long size) {
        if (size - end > MOST_ENTRIES) {
            entries.clear();
            bytes = 0;
            end = size - MOST_ENTRIES;
        }
        while (end < size) {
            List<LogEntry> more = store.select(ANY, end, size, AT_ONCE);
            for (LogEntry entry : more) {
                entries.addLast(entry);
                bytes += entry.leaf().length;
                end = entry.index() + 1;
                while (entries.size() > MOST_ENTRIES || bytes > MOST_BYTES) {
                    bytes -= entries.removeFirst().leaf().length;
                }
            }
            if (more.isEmpty()) {
                throw new IllegalStateException("entry " + end + " is missing");
            }
        }
    }
}
