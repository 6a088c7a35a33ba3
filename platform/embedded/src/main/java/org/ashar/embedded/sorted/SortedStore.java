package org.ashar.embedded.sorted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.ashar.embedded.journal.Journal;
import org.ashar.embedded.journal.JournalMark;
import org.ashar.embedded.journal.StoreStoppedException;
import org.ashar.embedded.journal.Trouble;
import org.ashar.embedded.journal.Troubles;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of bytes that survives the loss of process and power. {@link #apply} changes
 * memory and hands the change to the {@link Journal}; it is safe once the journal says so. When
 * enough is in memory it is written to a sorted file in the background, while writers go on, and
 * the journal before it is deleted. Files are merged in the background so that their number and the
 * space they take stay bounded.
 *
 * <p>Readers take no lock. One change is applied atomically with respect to crashes, but its keys
 * become visible one after another, in their order in the batch.
 */
public final class SortedStore implements AutoCloseable {
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(60);

    private final SortedStoreOptions options;
    private final Journal journal;
    private final TableFiles files;
    private final Troubles troubles;
    private final Background background;
    private final ReentrantLock writing = new ReentrantLock();
    private final Condition flushed = writing.newCondition();
    private volatile State state;
    private volatile @Nullable StoreStoppedException stopped;
    private volatile boolean closed;

    /** What readers look at, from the newest to the oldest. */
    record State(Memtable active, @Nullable Frozen frozen, List<Table> tables) {}

    /** Full memory on its way to a file. */
    record Frozen(Memtable memtable, JournalMark mark, long position) {}

    private SortedStore(
            SortedStoreOptions options,
            Journal journal,
            TableFiles files,
            Troubles troubles,
            State state) {
        this.options = options;
        this.journal = journal;
        this.files = files;
        this.troubles = troubles;
        this.state = state;
        this.background = new Background(this);
    }

    /**
     * Opens a store, replaying its journal.
     *
     * @param dropped says of a key that nothing will ever ask for it again, so that merges leave it
     *     out
     */
    public static SortedStore open(
            Path directory, SortedStoreOptions options, Predicate<byte[]> dropped)
            throws IOException {
        Files.createDirectories(directory);
        Manifest manifest = Manifest.read(directory);
        Troubles troubles = new Troubles();
        TableFiles files =
                new TableFiles(directory, options, manifest.nextFile(), dropped, troubles);
        List<Table> tables = files.open(manifest.tables());
        Memtable memtable = new Memtable();
        Journal journal =
                options.journal()
                        ? Journal.open(
                                directory,
                                manifest.mark(),
                                record -> WriteBatch.read(record).applyTo(memtable),
                                troubles)
                        : Journal.discarding();
        files.remember(manifest.mark());
        State state = new State(memtable, null, tables);
        SortedStore store = new SortedStore(options, journal, files, troubles, state);
        store.background.start();
        return store;
    }

    public Journal journal() {
        return journal;
    }

    /** What is wrong with it. */
    public Troubles troubles() {
        return troubles;
    }

    /** What is stored under the key, or null. */
    public byte @Nullable [] get(byte[] key) {
        State now = state;
        byte[] value = now.active.get(key);
        if (value == null && now.frozen != null) {
            value = now.frozen.memtable.get(key);
        }
        if (value != null) {
            return Memtable.isRemoved(value) ? null : value;
        }
        try (Snapshot snapshot = snapshot()) {
            return snapshot.get(key);
        }
    }

    /** Holds what readers look at; see {@link Snapshot}. */
    public Snapshot snapshot() {
        while (!closed) {
            State now = state;
            List<Table> used = new ArrayList<>(now.tables.size());
            for (Table table : now.tables) {
                if (!table.tryUse()) {
                    break;
                }
                used.add(table);
            }
            if (used.size() == now.tables.size()) {
                return new Snapshot(
                        now.frozen == null
                                ? List.of(now.active)
                                : List.of(now.active, now.frozen.memtable),
                        used);
            }
            releaseAll(used);
        }
        throw new StoreStoppedException("the store is closed", null);
    }

    static void releaseAll(List<Table> tables) {
        try {
            for (Table table : tables) {
                table.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes memory and hands the change to the journal.
     *
     * @return the journal position after which the change is safe
     * @throws StoreStoppedException nothing more can be written
     */
    public long apply(WriteBatch batch) {
        byte[] record = batch.record();
        writing.lock();
        try {
            makeRoom();
            long position = journal.append(record);
            batch.applyTo(state.active);
            return position;
        } catch (Error e) {
            fail("memory and journal may differ", e);
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private void makeRoom() {
        refuseIfStopped();
        if (state.active.bytes() < options.memtableBytes()) {
            return;
        }
        long left = FLUSH_LIMIT.toNanos();
        while (state.frozen != null && state.active.bytes() >= 2 * options.memtableBytes()) {
            if (left <= 0) {
                throw new StoreStoppedException("writing files does not keep up", null);
            }
            try {
                left = flushed.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreStoppedException("interrupted while waiting to write", e);
            }
            refuseIfStopped();
        }
        if (state.frozen == null) {
            freeze();
        }
    }

    private void refuseIfStopped() {
        StoreStoppedException reason = stopped;
        if (reason != null) {
            throw new StoreStoppedException("the store has stopped", reason);
        }
    }

    private void freeze() {
        Memtable full = state.active;
        Frozen frozen = new Frozen(full, journal.rotate(), journal.position());
        state = new State(new Memtable(), frozen, state.tables);
        background.wakeFlush();
    }

    /** Writes frozen memory to a file, names it, forgets the journal before it. */
    void flush(Frozen frozen) throws IOException {
        Table table = files.write(frozen.memtable, state.tables);
        journal.awaitDurable(frozen.position, FLUSH_LIMIT);
        writing.lock();
        try {
            List<Table> tables = new ArrayList<>();
            tables.add(table);
            tables.addAll(state.tables);
            files.publish(frozen.mark, tables);
            state = new State(state.active, null, List.copyOf(tables));
            flushed.signalAll();
        } finally {
            writing.unlock();
        }
        journal.deleteBefore(frozen.mark);
    }

    /**
     * Replaces neighbouring files by one that holds what still counts of them. Where that one
     * cannot be named, the store stops: which files count after a restart is not known.
     */
    void merge(List<Table> inputs, BooleanSupplier wanted) throws IOException {
        List<Table> before = state.tables;
        int end = before.indexOf(inputs.getLast()) + 1;
        Table merged = files.merge(inputs, before.subList(end, before.size()), wanted);
        if (merged == null) {
            return;
        }
        writing.lock();
        try {
            List<Table> tables = new ArrayList<>(state.tables);
            int at = tables.indexOf(inputs.getFirst());
            tables.subList(at, at + inputs.size()).clear();
            tables.add(at, merged);
            files.publish(null, tables);
            state = new State(state.active, state.frozen, List.copyOf(tables));
        } catch (IOException e) {
            fail("merged files cannot be named", e);
            throw e;
        } finally {
            writing.unlock();
        }
        inputs.forEach(Table::replaced);
        releaseAll(inputs);
    }

    State state() {
        return state;
    }

    boolean isStopped() {
        return stopped != null;
    }

    /** Takes no more, since what is stored could differ from what was acknowledged. */
    void fail(String what, Throwable cause) {
        StoreStoppedException reason = new StoreStoppedException(what, cause);
        troubles.meet(Trouble.STOPPED, reason);
        stop(reason);
    }

    private void stop(StoreStoppedException reason) {
        writing.lock();
        try {
            stopped = reason;
            flushed.signalAll();
        } finally {
            writing.unlock();
        }
    }

    /** Asks that space of dropped keys be given back, when writers are quiet. */
    public void reclaim() {
        background.wakeReclaim();
    }

    /** The same, where the files show that it was asked for before and never done. */
    public void reclaimLeftovers() {
        if (state.tables.stream().anyMatch(files::holdsDropped)) {
            reclaim();
        }
    }

    /** Bytes of the sorted files. */
    public long fileBytes() {
        return state.tables.stream().mapToLong(Table::size).sum();
    }

    /**
     * Writes everything to files; afterwards the journal is empty. Where nothing can be written any
     * more, the journal keeps what was acknowledged. Nothing may be written later.
     */
    @Override
    public void close() throws IOException {
        background.close();
        journal.close();
        try {
            if (!troubles.met().contains(Trouble.STOPPED)) {
                flushAll();
            }
        } finally {
            stop(new StoreStoppedException("the store is closed", null));
            closed = true;
            releaseAll(state.tables);
        }
    }

    private void flushAll() throws IOException {
        Frozen frozen = state.frozen;
        if (frozen != null) {
            flush(frozen);
        }
        if (state.active.bytes() > 0) {
            writing.lock();
            try {
                freeze();
            } finally {
                writing.unlock();
            }
            Frozen last = state.frozen;
            if (last != null) {
                flush(last);
            }
        }
    }
}
