package org.ashar.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead journal. {@link #append} takes a record at memory speed and answers its position;
 * one writer thread puts all records that are waiting on disk with a single flush (group commit)
 * and then tells those who asked through {@link #whenDurable}. Records nobody waits for go to disk
 * within {@value #LAZY_MILLIS} ms.
 *
 * <p>When the disk refuses a write or a flush, the journal is stopped for good: whoever waits is
 * told, every later append throws {@link StoreStoppedException}, and the store's {@link Troubles}
 * hear of it. A failed flush is never tried again, since the kernel may have dropped the pages.
 */
public final class Journal implements AutoCloseable {
    private static final int LAZY_MILLIS = 20;
    private static final int MAX_PENDING = 16 << 20;

    private final @Nullable Path directory;
    private final Troubles troubles;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final ArrayDeque<Frame> sealed = new ArrayDeque<>();
    private final Waiters waiters = new Waiters();
    private final Thread writer;
    private Frame pending = new Frame();
    private @Nullable Frame spare;
    private long segment;
    private boolean segmentUsed;
    private long nextFrame;
    private long appended;
    private long durable;
    private long flushes;
    private @Nullable StoreStoppedException stopped;
    private boolean closing;

    private Journal(@Nullable Path directory, JournalMark next, Troubles troubles) {
        this.directory = directory;
        this.troubles = troubles;
        this.segment = next.segment();
        this.nextFrame = next.frame();
        this.writer = new Thread(this::writeAll, "store-journal");
        this.writer.setDaemon(true);
    }

    /**
     * Replays what the journal holds from {@code mark} on, then opens it for writing.
     *
     * @param troubles hear of it when the journal can no longer be written
     * @throws DamagedStoreException the journal is not as it was written
     */
    public static Journal open(
            Path directory, JournalMark mark, Consumer<ByteBuffer> records, Troubles troubles)
            throws IOException {
        JournalMark next = JournalReader.replay(directory, mark, records);
        Journal journal = new Journal(directory, next, troubles);
        journal.writer.start();
        return journal;
    }

    /** Whether the very first segment is still there: nothing was ever kept elsewhere. */
    public static boolean isWhole(Path directory) {
        return Files.exists(Segment.path(directory, JournalMark.START.segment()));
    }

    /** A journal that keeps nothing and acknowledges at once: for proving the crash test. */
    public static Journal discarding() {
        return new Journal(null, JournalMark.START, new Troubles());
    }

    /** Takes a record; blocks only while {@value #MAX_PENDING} bytes wait for a slow disk. */
    public long append(byte[] record) {
        lock.lock();
        try {
            while (stopped == null && pending.size() > MAX_PENDING) {
                written.awaitUninterruptibly();
            }
            if (stopped != null) {
                throw new StoreStoppedException("the store has stopped", stopped);
            }
            if (closing) {
                throw new StoreStoppedException("the store is closed", null);
            }
            appended++;
            if (directory == null) {
                durable = appended;
            } else {
                boolean first = pending.isEmpty();
                pending.add(record, appended);
                if (first) {
                    work.signal();
                }
            }
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /** The position of the newest record. */
    public long position() {
        lock.lock();
        try {
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /** How many times the disk was flushed since the start. */
    public long flushes() {
        lock.lock();
        try {
            return flushes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls {@code told} once, when everything up to {@code position} is on disk (with null) or can
     * no longer get there (with the reason); at once where that is so already, else on the
     * journal's own thread, which must not be kept.
     */
    public void whenDurable(long position, Consumer<@Nullable StoreStoppedException> told) {
        StoreStoppedException answer;
        lock.lock();
        try {
            if (durable < position && stopped == null) {
                waiters.add(new Waiters.Waiter(position, told));
                work.signal();
                return;
            }
            answer = durable >= position ? null : stopped;
        } finally {
            lock.unlock();
        }
        told.accept(answer);
    }

    /** Waits until everything up to {@code position} is on disk. */
    public void awaitDurable(long position, Duration limit) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        whenDurable(
                position,
                problem -> {
                    if (problem == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(problem);
                    }
                });
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreStoppedException("the journal did not reach the disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreStoppedException("interrupted while the journal was written", e);
        }
    }

    /**
     * Lets later records begin a new segment and answers where it begins. A segment nothing was
     * written to is that new one: replay takes a number left out for a lost file.
     */
    public JournalMark rotate() {
        lock.lock();
        try {
            if (directory == null) {
                return JournalMark.START;
            }
            if (!pending.isEmpty()) {
                seal();
            }
            if (segmentUsed) {
                segment++;
                segmentUsed = false;
            }
            return new JournalMark(segment, nextFrame);
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the segments that nothing needs any more. */
    public void deleteBefore(JournalMark mark) throws IOException {
        if (directory != null) {
            for (Map.Entry<Long, Path> old :
                    Segment.list(directory).headMap(mark.segment()).entrySet()) {
                Files.deleteIfExists(old.getValue());
            }
        }
    }

    /** Writes what is waiting and stops. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        if (directory == null) {
            return;
        }
        try {
            if (!writer.join(Duration.ofSeconds(30))) {
                throw new IOException("the journal's last flush does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing the journal", e);
        }
    }

    private void seal() {
        segmentUsed = true;
        pending.seal(segment, nextFrame++);
        sealed.add(pending);
        Frame next = spare;
        spare = null;
        pending = next == null ? new Frame() : next;
    }

    private void writeAll() {
        try (SegmentWriter segments = new SegmentWriter(Objects.requireNonNull(directory))) {
            for (Frame frame = next(); frame != null; frame = next()) {
                segments.write(frame);
                tell(frame);
            }
        } catch (IOException | RuntimeException | Error e) {
            troubles.meet(Trouble.STOPPED, e);
            stop(new StoreStoppedException("the journal cannot be written", e));
        }
    }

    private @Nullable Frame next() {
        lock.lock();
        try {
            while (true) {
                Frame ready = sealed.poll();
                if (ready != null) {
                    return ready;
                }
                if (!pending.isEmpty()) {
                    if (waiters.isEmpty() && !closing) {
                        awaitBriefly();
                    }
                    if (sealed.isEmpty() && !pending.isEmpty()) {
                        seal();
                    }
                } else if (closing) {
                    return null;
                } else {
                    work.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives records nobody waits for a moment to gather. */
    private void awaitBriefly() {
        long left = TimeUnit.MILLISECONDS.toNanos(LAZY_MILLIS);
        try {
            while (left > 0 && waiters.isEmpty() && !closing && pending.size() < MAX_PENDING / 2) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new StoreStoppedException("the journal's own thread was interrupted", e);
        }
    }

    private void tell(Frame frame) {
        List<Waiters.Waiter> due;
        lock.lock();
        try {
            flushes++;
            durable = frame.lastRecord();
            due = waiters.takeUpTo(durable);
            frame.clear();
            spare = frame;
            written.signalAll();
        } finally {
            lock.unlock();
        }
        Waiters.tell(due, null);
    }

    private void stop(StoreStoppedException reason) {
        List<Waiters.Waiter> due;
        lock.lock();
        try {
            stopped = reason;
            due = waiters.takeUpTo(Long.MAX_VALUE);
            written.signalAll();
        } finally {
            lock.unlock();
        }
        Waiters.tell(due, reason);
    }
}
