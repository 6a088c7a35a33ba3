package org.ashar.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.ashar.kernel.Checked;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.Tile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a log from its first entry to a checkpoint and holds all of it against that checkpoint:
 * each entry's form, each stream's sequence, every hash of every tile, and the root. Keeps the
 * right edge of the tree and one number a stream, however long the log is.
 */
final class LogAudit {

    private static final int AHEAD = 8;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LedgerSource source;
    private final long size;
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<Integer, ByteArrayOutputStream> rows = new HashMap<>();
    private final Deque<CompletableFuture<byte[]>> tiles = new ArrayDeque<>();
    private final Deque<TileCheck> checks = new ArrayDeque<>();

    /** A tile as it must be, and as it is on its way. */
    @SuppressWarnings("ArrayRecordComponent") // its bytes are compared as such
    private record TileCheck(Tile tile, byte[] expected, CompletableFuture<byte[]> served) {}

    LogAudit(LedgerSource source, long size) {
        this.source = source;
        this.size = size;
    }

    /**
     * Reads everything.
     *
     * @param remembered a checkpoint that was verified earlier and must be on the way; null without
     * @param progress hears how many entries were read
     */
    void run(Checkpoint checkpoint, @Nullable Checkpoint remembered, LongConsumer progress)
            throws BrokenLogException, IOException, InterruptedException {
        RightEdge edge = RightEdge.EMPTY;
        long bundles = (size + Tile.FULL - 1) / Tile.FULL;
        long asked = 0;
        for (long bundle = 0; bundle < bundles; bundle++) {
            while (asked < bundles && asked < bundle + AHEAD) {
                tiles.add(source.tile(entries(asked++)));
            }
            Tile tile = entries(bundle);
            List<byte[]> entries = parse(tile, LedgerSource.now(tiles.remove()));
            for (byte[] entry : entries) {
                if (remembered != null && edge.size() == remembered.size()) {
                    same(remembered, edge);
                }
                read(edge.size(), entry);
                edge = edge.append(Hash.leaf(entry), this::grow);
            }
            settle(AHEAD);
            progress.accept(edge.size());
        }
        rows.forEach((row, hashes) -> check(row, hashes, size));
        settle(0);
        if (remembered != null && remembered.size() == size) {
            same(remembered, edge);
        }
        if (!edge.root().equals(checkpoint.root())) {
            throw new BrokenLogException(
                    "log.root-differs",
                    Map.of(
                            "signed", checkpoint.root().base64(),
                            "computed", edge.root().base64()));
        }
    }

    private Tile entries(long bundle) {
        return new Tile(Tile.ENTRIES, bundle, Tile.widthAt(Tile.ENTRIES, bundle, size));
    }

    private static List<byte[]> parse(Tile tile, byte[] bytes) throws BrokenLogException {
        return switch (EntryBundle.parse(bytes, tile.width())) {
            case Checked.Valid<List<byte[]>>(List<byte[]> entries) -> entries;
            case Checked.Invalid<List<byte[]>>(String code, Map<String, String> _) ->
                    throw new BrokenLogException(code, Map.of("at", tile.path()));
        };
    }

    private static void same(Checkpoint remembered, RightEdge edge) throws BrokenLogException {
        if (!edge.root().equals(remembered.root())) {
            throw new BrokenLogException(
                    "log.history-rewritten",
                    Map.of(
                            "size", Long.toString(remembered.size()),
                            "remembered", remembered.root().base64(),
                            "computed", edge.root().base64()));
        }
    }

    private void read(long index, byte[] entry) throws BrokenLogException {
        Map<String, String> at = Map.of("index", Long.toString(index));
        if (!(CanonicalJson.of(entry) instanceof Checked.Valid<byte[]>(byte[] canonical))
                || !Arrays.equals(canonical, entry)) {
            throw new BrokenLogException("entry.not-canonical", at);
        }
        JsonNode event;
        try {
            event = JSON.readTree(entry);
        } catch (JacksonException e) {
            throw new BrokenLogException("entry.not-canonical", at);
        }
        String id = event.path("id").asString("");
        String subject = event.path("subject").asString("");
        String digits = event.path("sequence").asString("");
        if (!digits.matches("[0-9]{12,18}") || !id.equals(subject + "@" + Long.parseLong(digits))) {
            throw new BrokenLogException("entry.no-event", at);
        }
        long sequence = Long.parseLong(digits);
        long expected = sequences.merge(subject, 1L, Long::sum);
        if (sequence != expected) {
            throw new BrokenLogException(
                    "stream.sequence-broken",
                    Map.of(
                            "index", Long.toString(index),
                            "stream", subject,
                            "expected", Long.toString(expected),
                            "found", Long.toString(sequence)));
        }
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
            checks.add(new TileCheck(tile, hashes.toByteArray(), source.tile(tile)));
        }
    }

    private void settle(int leave) throws BrokenLogException, IOException, InterruptedException {
        while (checks.size() > leave) {
            TileCheck check = checks.remove();
            if (!Arrays.equals(check.expected(), LedgerSource.now(check.served()))) {
                throw new BrokenLogException("tile.differs", Map.of("at", check.tile().path()));
            }
        }
    }
}
