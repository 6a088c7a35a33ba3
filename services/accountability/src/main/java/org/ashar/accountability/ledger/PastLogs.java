package org.ashar.accountability.ledger;

import java.util.List;
import java.util.Optional;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.Tile;

/**
 * The logs that were succeeded. Nothing is added to them, and all that they signed goes on
 * verifying: their entries are the first ones of the present log, at the same indexes.
 */
public final class PastLogs {

    private final Succession succession;
    private final LedgerStore store;
    private final Ledger ledger;

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
        return succession.past().stream()
                .map(past -> new PastLog(past.log(), past.key(), store.published(past.log())))
                .toList();
    }

    /** The one with this number; empty where there is none, or it is the present one. */
    public Optional<PastLog> find(String number) {
        return all().stream()
                .filter(past -> number.equals(Integer.toString(past.log())))
                .findFirst();
    }

    /** The last checkpoint that a log signed. */
    public Optional<String> checkpoint(PastLog past) {
        return store.checkpoint(past.log(), past.size());
    }

    /** A tile or bundle of a log; empty where its last checkpoint implies none. */
    public Optional<byte[]> tile(PastLog past, Tile tile) {
        return tile.isWithin(past.size()) ? ledger.tile(tile) : Optional.empty();
    }
}
