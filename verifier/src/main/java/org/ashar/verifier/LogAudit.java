package org.ashar.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.Tile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its first entry to a checkpoint, and on to later ones, and holds all of it
 * against these: each entry's form, each stream's sequence, every hash of every tile, and the root.
 * Keeps the right edge of the tree in memory, and the entries in a copy on disk.
 */
final class LogAudit {

    private static final int AHEAD = 12;

    private final Site site;
    private final LogCopy copy;
    private final Map<Integer, ByteArrayOutputStream> rows = new HashMap<>();
    private final Deque<Future<Bundle>> bundles = new ArrayDeque<>();
    private final Deque<TileCheck> checks = new ArrayDeque<>();
    private RightEdge edge = RightEdge.EMPTY;

    /** A tile as it must be, and as it is on its way. */
    @SuppressWarnings("ArrayRecordComponent") // its bytes are compared as such
    private record TileCheck(Tile tile, byte[] expected, Future<byte[]> served) {}

    LogAudit(Site site, LogCopy copy) {
        this.site = site;
        this.copy = copy;
    }

    /**
     * Reads on from where it stopped.
     *
     * @param checkpoint to read to; not before that
     * @param remembered a checkpoint that was verified earlier and must be on the way; null without
     * @param progress hears how many entries were read
     */
    void run(Checkpoint checkpoint, @Nullable Checkpoint remembered, LongConsumer progress)
            throws BrokenLogException, IOException, InterruptedException {
        long size = checkpoint.size();
        if (size > Integer.MAX_VALUE) {
            throw new IOException(
                    "the log says that it has "
                            + size
                            + " events, which is more than this program can hold");
        }
        long from = edge.size();
        long count = Math.ceilDiv(size, Tile.FULL);
        long asked = from / Tile.FULL;
        for (long index = asked; from < size && index < count; index++) {
            while (asked < count && asked < index + AHEAD) {
                ask(new Tile(Tile.ENTRIES, asked, Tile.widthAt(Tile.ENTRIES, asked, size)));
                asked++;
            }
            long first = index * Tile.FULL;
            for (Bundle.Entry entry : site.now(bundles.remove()).entries()) {
                // A bundle that was read in part begins with entries that are verified already.
                if (first++ == edge.size()) {
                    same(remembered, checkpoint.origin());
                    append(entry);
                }
            }
            settle(AHEAD);
            progress.accept(edge.size());
        }
        if (from < size) {
            rows.forEach((row, hashes) -> check(row, hashes, size));
            settle(0);
        }
        same(remembered, checkpoint.origin());
        if (edge.size() != size || (remembered != null && remembered.size() > size)) {
            throw new IllegalStateException("read to " + edge.size() + " instead of " + size);
        }
        if (!edge.root().equals(checkpoint.root())) {
            throw new BrokenLogException(
                    "log.root-differs",
                    Map.of(
                            "signed", checkpoint.root().base64(),
                            "computed", edge.root().base64()));
        }
    }

    private void ask(Tile tile) {
        bundles.add(site.begin(() -> Bundle.of(tile, site.tile(tile))));
    }

    private void same(@Nullable Checkpoint remembered, String origin) throws BrokenLogException {
        if (remembered != null
                && remembered.size() == edge.size()
                && !edge.root().equals(remembered.root())) {
            throw new BrokenLogException(
                    remembered.origin().equals(origin)
                            ? "log.history-rewritten"
                            : "log.not-successor",
                    Map.of(
                            "origin", remembered.origin(),
                            "size", Long.toString(remembered.size()),
                            "remembered", remembered.root().base64(),
                            "computed", edge.root().base64()));
        }
    }

    private void append(Bundle.Entry entry) throws BrokenLogException, IOException {
        long expected = copy.count(entry.stream()) + 1;
        if (entry.sequence() != expected) {
            throw new BrokenLogException(
                    "stream.sequence-broken",
                    Map.of(
                            "index", Long.toString(edge.size()),
                            "stream", entry.stream(),
                            "expected", Long.toString(expected),
                            "found", Long.toString(entry.sequence())));
        }
        copy.append(entry.stream(), entry.commitment(), entry.bytes());
        edge = edge.append(entry.leaf(), this::grow);
    }

    private void grow(int level, long index, Hash root) {
        if (level % Tile.HEIGHT != 0) {
            return;
        }
        int row = level / Tile.HEIGHT;
        ByteArrayOutputStream hashes =
                rows.computeIfAbsent(row, _ -> new ByteArrayOutputStream(Tile.FULL * Hash.SIZE));
        hashes.writeBytes(root.bytes());
        if (hashes.size() == Tile.FULL * Hash.SIZE) {
            check(row, hashes, (index + 1) << (row * Tile.HEIGHT));
            hashes.reset();
        }
    }

    private void check(int row, ByteArrayOutputStream hashes, long upTo) {
        if (hashes.size() > 0) {
            long last = (upTo >>> (row * Tile.HEIGHT)) - 1;
            Tile tile = new Tile(row, last / Tile.FULL, hashes.size() / Hash.SIZE);
            checks.add(
                    new TileCheck(tile, hashes.toByteArray(), site.begin(() -> site.tile(tile))));
        }
    }

    private void settle(int leave) throws BrokenLogException, IOException, InterruptedException {
        while (checks.size() > leave) {
            TileCheck check = checks.remove();
            if (!Arrays.equals(check.expected(), site.now(check.served()))) {
                throw new BrokenLogException("tile.differs", Map.of("at", check.tile().path()));
            }
        }
    }
}
