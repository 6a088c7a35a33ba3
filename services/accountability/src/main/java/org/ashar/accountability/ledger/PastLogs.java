package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;

/**
 * The logs that were succeeded. Nothing is added to them, and all that they signed goes on
 * verifying: their entries are the first ones of the present log, at the same indexes.
 */
public final class PastLogs {

    private final Succession succession;
    private final LedgerStore store;
    private final Ledger ledger;

    /** A log's key never changes. */
    private final Map<Integer, NoteKey> keys = new ConcurrentHashMap<>();

    PastLogs(Succession succession, LedgerStore store, Ledger ledger) {
        this.succession = succession;
        this.store = store;
        this.ledger = ledger;
    }

    /**
     * One of them.
     *
     * @param log its number, from 1
     * @param size entries that its last checkpoint covers
     */
    public record PastLog(int log, NoteKey key, long size) {}

    /** All of them, the first one first. */
    public List<PastLog> all() {
        return IntStream.range(1, ledger.log()).mapToObj(this::past).toList();
    }

    /** The one with this number; empty where there is none, or it is the present one. */
    public Optional<PastLog> find(String number) {
        return IntStream.range(1, ledger.log())
                .filter(log -> number.equals(Integer.toString(log)))
                .mapToObj(this::past)
                .findFirst();
    }

    private PastLog past(int log) {
        return new PastLog(log, keys.computeIfAbsent(log, succession::past), store.published(log));
    }

    /** The checkpoint of this very size that a log signed; empty where there is none. */
    public Optional<SignedNote> checkpoint(PastLog past, long of) {
        return store.checkpoint(past.log(), of)
                .map(note -> SignedNote.parse(note.getBytes(UTF_8)).orThrow());
    }

    /** A tile or bundle of a log; empty where its last checkpoint implies none. */
    public Optional<byte[]> tile(PastLog past, Tile tile) {
        return tile.isWithin(past.size()) ? ledger.tile(tile) : Optional.empty();
    }
}
