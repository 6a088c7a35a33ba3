package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ashar.kernel.StreamId;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;
import org.ashar.tlog.TiledTree;
import org.jspecify.annotations.Nullable;

/** The log as anyone may read it: up to the newest checkpoint that was published. */
public final class Ledger {

    /** Of hashes kept in memory, 8 KiB each: proofs share all but the lowest. */
    private static final long MOST_TILES = 1_024;

    private final LedgerStore store;
    private final LogKey key;
    private final String name;
    private final Search search;
    private final Tail tail;
    private final Cache<Tile, byte[]> tiles = Caffeine.newBuilder().maximumSize(MOST_TILES).build();
    private final AtomicLong size = new AtomicLong();
    private volatile boolean succeeded;
    private volatile long grewAt = System.nanoTime();
    private final ReentrantLock catchingUp = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition longer = lock.newCondition();

    /**
     * @param name of its first log
     */
    Ledger(LedgerStore store, LogKey key, String name) {
        this.store = store;
        this.key = key;
        this.name = name;
        this.search = new Search(store);
        this.tail = new Tail(store);
    }

    /** Hears that more was published; what another process published is heard of by asking. */
    void published(long now) {
        if (size.getAndAccumulate(now, Math::max) >= now) {
            return;
        }
        grewAt = System.nanoTime();
        lock.lock();
        try {
            longer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Seconds since this process heard last that the log grew. */
    double checkpointAge() {
        return (System.nanoTime() - grewAt) / 1e9;
    }

    /** How many entries there are. */
    public long size() {
        published(store.published(key.log()));
        return size.get();
    }

    /** Which of the ledger's logs this is, from 1. */
    public int log() {
        return key.log();
    }

    /** Whether another log has succeeded this one, which this process is to leave alone then. */
    public boolean isSucceeded() {
        if (!succeeded) {
            succeeded = store.isSucceeded(key.log());
        }
        return succeeded;
    }

    /** Whether it was seen already that another log has succeeded this one. */
    public boolean isOver() {
        return succeeded;
    }

    /** The name of the ledger's first log, which stays whichever of its logs is the present one. */
    public String name() {
        return name;
    }

    /** The log's public key. */
    public NoteKey key() {
        return key.publicKey();
    }

    /** The newest signed checkpoint; empty before the first entry. */
    public Optional<String> checkpoint() {
        return store.checkpoint(key.log(), size());
    }

    /** The signed checkpoint of this very size; empty where there is none. */
    public Optional<SignedNote> checkpoint(long of) {
        return of > size()
                ? Optional.empty()
                : store.checkpoint(key.log(), of)
                        .map(note -> SignedNote.parse(note.getBytes(UTF_8)).orThrow());
    }

    /** A tile of hashes or a bundle of entries; empty where the newest checkpoint implies none. */
    public Optional<byte[]> tile(Tile tile) {
        if (!tile.isWithin(size.get()) && !tile.isWithin(size())) {
            return Optional.empty();
        }
        return Optional.of(tile.level() == Tile.ENTRIES ? bundle(tile) : hashes(tile));
    }

    /** Where an event is; empty where the log does not have it yet. */
    public Optional<Long> index(String event) {
        return Optional.ofNullable(store.indexes(List.of(event)).get(event))
                .filter(this::isPublished);
    }

    private boolean isPublished(long index) {
        return index < size.get() || index < size();
    }

    /**
     * Entries of the log.
     *
     * @param next where to go on: the index behind those that were looked at, or in a list of the
     *     newest, before which
     */
    public record Part(List<LogEntry> entries, long next) {

        public Part {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Entries that are selected, from an index on and before another, at most {@code limit}, no
     * more than some megabytes of them, and what is found within a second or so.
     *
     * @param before at most {@link #size}
     */
    public Part select(Selection selection, long from, long before, int limit) {
        return search.forward(selection, from, Math.min(before, size.get()), limit);
    }

    /**
     * Waits until the log is longer than {@code known}, but no longer than {@code most}; its size.
     */
    public long awaitLonger(long known, Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lock();
        try {
            while (size.get() <= known && nanos > 0) {
                nanos = longer.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
        return size.get();
    }

    /**
     * What {@link #select} finds, for those who follow the log: near its end it costs the store
     * nothing. Those who are farther back look one after the other, and leave room for others.
     */
    public Part follow(Selection selection, long from, long before, int limit)
            throws InterruptedException {
        long until = Math.min(before, size.get());
        Optional<Part> near = tail.select(selection, from, until, limit);
        if (near.isPresent()) {
            return near.get();
        }
        catchingUp.lockInterruptibly();
        try {
            return search.forward(selection, from, until, limit);
        } finally {
            catchingUp.unlock();
        }
    }

    /** Whether {@link #follow} reads from memory what is at an index and behind it. */
    public boolean remembers(long index) throws InterruptedException {
        return tail.holds(index);
    }

    /** Data that an entry of the log only refers to, by their SHA-256 in hex. */
    public Optional<byte[]> payload(String digest) {
        return store.payloads()
                .referredFrom(digest)
                .filter(this::isPublished)
                .flatMap(_ -> store.payloads().find(digest));
    }

    /**
     * Entries that are selected and come before an index, the newest first, at most {@code limit},
     * no more than some megabytes of them, and what is found within a second or so. Those before
     * {@link Part#next} are left; 0 where none is.
     *
     * @param subject the stream that they are of; null for any
     */
    public Part newest(Selection selection, @Nullable StreamId subject, long before, int limit) {
        return search.back(selection, subject, Math.min(before, size()), limit);
    }

    /** The entry at an index of the log. */
    public byte[] entry(long index) {
        return leaves(index, 1).getFirst();
    }

    /** The receipt of an entry, against a checkpoint of this log that covers it. */
    public LogProof proof(long index, SignedNote checkpoint) {
        long of = Checkpoint.parse(checkpoint.text()).orThrow().size();
        return new LogProof(index, Proofs.inclusion(index, of, tree(of)), checkpoint);
    }

    /** Shows that the log of {@code from} entries is the beginning of that of {@code to}. */
    public List<Hash> consistency(long from, long to) {
        return Proofs.consistency(from, to, tree(to));
    }

    private TiledTree tree(long of) {
        return new TiledTree(of, this::hashes);
    }

    /** A tile of hashes that the log surely has: what is published of it never changes. */
    private byte[] hashes(Tile tile) {
        return tiles.get(
                tile,
                wanted ->
                        store.tiles()
                                .tile(wanted)
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        wanted.path() + " is missing")));
    }

    private byte[] bundle(Tile tile) {
        return EntryBundle.of(leaves(tile.index() * Tile.FULL, tile.width()));
    }

    private List<byte[]> leaves(long from, int count) {
        List<byte[]> leaves = store.leaves(from, count);
        if (leaves.size() != count) {
            throw new IllegalStateException(
                    "of " + count + " entries from " + from + " there are " + leaves.size());
        }
        return leaves;
    }
}
