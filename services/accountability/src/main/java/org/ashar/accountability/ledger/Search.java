package org.ashar.accountability.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ashar.accountability.ledger.Ledger.Part;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Looks for selected entries in the log, a stretch at a time. What it finds is bounded in number
 * and bytes, and the looking in time: a rare selection tells how far it came.
 */
final class Search {

    /** Of leaves in one answer; the last few may go beyond. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final int AT_ONCE = 32;

    /** Of the log that one question to the store looks through. */
    private static final long STRETCH = 16_384;

    /** How long an answer looks for what is selected until it tells how far it came. */
    private static final Duration LOOKING = Duration.ofSeconds(1);

    private final LedgerStore store;

    Search(LedgerStore store) {
        this.store = store;
    }

    /** From an index on and before another, at most {@code limit}. */
    Part forward(Selection selection, long from, long before, int limit) {
        long beganAt = System.nanoTime();
        List<LogEntry> found = new ArrayList<>();
        long next = from;
        long bytes = 0;
        while (next < before
                && found.size() < limit
                && bytes < MOST_BYTES
                && (next == from || hasTime(beganAt))) {
            int atOnce = Math.min(AT_ONCE, limit - found.size());
            long end = Math.min(before, next + STRETCH);
            List<LogEntry> more = store.select(selection, next, end, atOnce);
            found.addAll(more);
            bytes += bytes(more);
            next = more.size() < atOnce ? end : more.getLast().index() + 1;
        }
        return new Part(found, next);
    }

    /** Before an index, the newest first, at most {@code limit}, of one stream or of any. */
    Part back(Selection selection, @Nullable StreamId subject, long before, int limit) {
        List<Long> indexes = new ArrayList<>();
        long left = before;
        long stretch = limit;
        long beganAt = System.nanoTime();
        while (left > 0 && indexes.size() <= limit && (left == before || hasTime(beganAt))) {
            long from = Math.max(0, left - stretch);
            indexes.addAll(store.indexes(selection, subject, from, left).reversed());
            left = from;
            stretch = Math.min(STRETCH, 4 * stretch);
        }
        int most = Math.min(limit, indexes.size());
        List<LogEntry> found = new ArrayList<>();
        long bytes = 0;
        while (found.size() < most && bytes < MOST_BYTES) {
            int to = Math.min(most, found.size() + AT_ONCE);
            List<LogEntry> more = store.at(indexes.subList(found.size(), to)).reversed();
            found.addAll(more);
            bytes += bytes(more);
        }
        return new Part(found, found.size() < indexes.size() ? found.getLast().index() : left);
    }

    private static boolean hasTime(long beganAt) {
        return System.nanoTime() - beganAt < LOOKING.toNanos();
    }

    private static long bytes(Collection<LogEntry> entries) {
        return entries.stream().mapToLong(entry -> entry.leaf().length).sum();
    }
}
