package org.ashar.accountability.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ashar.tlog.Hash;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.Tile;

/**
 * Entries that are appended together.
 *
 * @param id random: a batch that loses the race for the head is never taken for another
 * @param before the tree they are appended to
 * @param entries in the order of the log, at most {@value #MOST_ENTRIES}
 */
record Batch(String id, RightEdge before, List<Entry> entries) {

    static final int MOST_ENTRIES = Tile.FULL;

    /** Bytes of leaves in a batch, at most. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    Batch {
        entries = List.copyOf(entries);
    }

    /** The tree with them. */
    RightEdge after() {
        return grow((_, _, _) -> {});
    }

    /** The hashes that they add to tiles of hashes, as runs: each goes behind what its tile has. */
    List<Run> runs() {
        Map<String, Run> runs = new TreeMap<>();
        grow(
                (level, index, root) -> {
                    if (level % Tile.HEIGHT == 0) {
                        int row = level / Tile.HEIGHT;
                        runs.computeIfAbsent(
                                        row + "/" + index / Tile.FULL,
                                        _ ->
                                                new Run(
                                                        row,
                                                        index / Tile.FULL,
                                                        (int) (index % Tile.FULL),
                                                        new ArrayList<>()))
                                .hashes()
                                .add(root);
                    }
                });
        return List.copyOf(runs.values());
    }

    /**
     * Hashes that follow each other in one tile.
     *
     * @param level of the tile
     * @param tile its index
     * @param from the place of the first hash in it
     */
    record Run(int level, long tile, int from, List<Hash> hashes) {

        /** How wide the tile is with them. */
        int width() {
            return from + hashes.size();
        }
    }

    private RightEdge grow(RightEdge.Subtrees subtrees) {
        RightEdge edge = before;
        for (Entry entry : entries) {
            edge = edge.append(entry.hash(), subtrees);
        }
        return edge;
    }
}
