package org.ashar.embedded.sorted;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two threads behind a store: one writes full memory to files, one merges files. When memory
 * cannot be written the store stops; when a merge fails (a full disk, say) it is tried again later,
 * since nothing depends on it but speed and space. Damage does not pass: nothing is merged after it
 * was met.
 */
final class Background implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Background.class);
    private static final int MERGE_AT = 4;
    private static final int MOST_TABLES = 24;

    /** So many times larger than the files before it, and a file is left alone. */
    private static final int SIMILAR = 3;

    private static final Duration RETRY = Duration.ofSeconds(10);

    /**
     * To give space back, everything is merged: not until no memory has been written to a file for
     * this long, but not too late either.
     */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration LATEST = Duration.ofMinutes(10);

    private final SortedStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread flusher;
    private final Thread merger;
    private boolean flushWanted;
    private boolean mergeWanted = true;
    private boolean reclaimWanted;
    private long reclaimWantedAt;
    private long flushedAt = System.nanoTime() - QUIET.toNanos();
    private volatile boolean closing;

    Background(SortedStore store) {
        this.store = store;
        flusher = new Thread(this::flushLoop, "store-flush");
        merger = new Thread(this::mergeLoop, "store-merge");
    }

    void start() {
        for (Thread thread : List.of(flusher, merger)) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    void wakeFlush() {
        signal(() -> flushWanted = true);
    }

    void wakeReclaim() {
        signal(
                () -> {
                    reclaimWantedAt = reclaimWanted ? reclaimWantedAt : System.nanoTime();
                    reclaimWanted = true;
                });
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void flushLoop() {
        while (awaitFlush()) {
            SortedStore.Frozen frozen = store.state().frozen();
            if (frozen == null) {
                continue;
            }
            try {
                signal(() -> flushedAt = System.nanoTime());
                store.flush(frozen);
                signal(
                        () -> {
                            flushedAt = System.nanoTime();
                            mergeWanted = true;
                        });
            } catch (IOException | RuntimeException | Error e) {
                store.fail("memory cannot be written to a file", e);
                return;
            }
        }
    }

    private boolean awaitFlush() {
        lock.lock();
        try {
            while (!flushWanted && !closing) {
                changed.awaitUninterruptibly();
            }
            flushWanted = false;
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private void mergeLoop() {
        while (awaitMerge()) {
            try {
                List<Table> inputs = choose();
                if (!inputs.isEmpty()) {
                    store.merge(inputs, () -> !closing);
                    signal(() -> mergeWanted = true);
                }
            } catch (DamagedStoreException e) {
                // The next flush may find others to merge; to try these again at once helps nobody.
                store.troubles().meet(Trouble.DAMAGED, e);
            } catch (IOException | RuntimeException | Error e) {
                log.warn("merging files failed and is tried again where the store goes on", e);
                if (store.isStopped() || !pause()) {
                    return;
                }
                signal(() -> mergeWanted = true);
            }
        }
    }

    private boolean awaitMerge() {
        lock.lock();
        try {
            while (!mergeWanted && !isReclaimDue() && !closing) {
                if (reclaimWanted) {
                    changed.awaitNanos(QUIET.toNanos());
                } else {
                    changed.await();
                }
            }
            mergeWanted = false;
            return !closing;
        } catch (InterruptedException e) {
            log.warn("the merging thread was interrupted and ends", e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isReclaimDue() {
        long now = System.nanoTime();
        boolean quiet = store.state().frozen() == null && now - flushedAt >= QUIET.toNanos();
        return reclaimWanted && (quiet || now - reclaimWantedAt >= LATEST.toNanos());
    }

    private boolean pause() {
        lock.lock();
        try {
            long left = RETRY.toNanos();
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            log.warn("the merging thread was interrupted and ends", e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The newest files of like size, once there are enough; all, when space is to be given back.
     */
    private List<Table> choose() {
        List<Table> tables = store.state().tables();
        lock.lock();
        try {
            if (isReclaimDue()) {
                reclaimWanted = false;
                return tables;
            }
        } finally {
            lock.unlock();
        }
        long largest = 0;
        int count = 0;
        while (count < tables.size()
                && (count == 0 || tables.get(count).size() <= largest * SIMILAR)) {
            largest = Math.max(largest, tables.get(count++).size());
        }
        return count >= MERGE_AT || tables.size() > MOST_TABLES
                ? tables.subList(0, Math.max(2, count))
                : List.of();
    }

    /** Lets a running flush end; a merge is given up, since it may take long. */
    @Override
    public void close() throws IOException {
        signal(() -> closing = true);
        try {
            for (Thread thread : List.of(flusher, merger)) {
                if (!thread.join(Duration.ofSeconds(60))) {
                    throw new IOException(thread.getName() + " does not end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing the store", e);
        }
    }
}
