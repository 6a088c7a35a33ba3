package org.ashar.tlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The full subtrees of a tree of a given size, computed from its tiles of hashes. Each tile is read
 * once: a proof needs one or two of each level. For one thread, and for few proofs: what was read
 * is kept.
 */
public final class TiledTree implements Proofs.Subtrees {

    private final long size;
    private final Function<Tile, byte[]> tiles;
    private final Map<Tile, byte[]> read = new HashMap<>();

    /**
     * @param size entries of the tree
     * @param tiles answers the hashes of a tile, {@value Hash#SIZE} bytes for each of its width
     */
    public TiledTree(long size, Function<Tile, byte[]> tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    @Override
    public Hash root(int level, long index) {
        Tile tile = Tile.holding(level, index, size);
        byte[] bytes = read.computeIfAbsent(tile, tiles);
        if (bytes.length != tile.width() * Hash.SIZE) {
            throw new IllegalArgumentException(tile.path() + " has " + bytes.length + " bytes");
        }
        int inside = level % Tile.HEIGHT;
        int first = (int) ((index << inside) % Tile.FULL);
        List<Hash> row = new ArrayList<>();
        for (int at = first; at < first + (1 << inside); at++) {
            row.add(Hash.of(bytes, at * Hash.SIZE, (at + 1) * Hash.SIZE));
        }
        while (row.size() > 1) {
            List<Hash> above = new ArrayList<>();
            for (int at = 0; at < row.size(); at += 2) {
                above.add(Hash.node(row.get(at), row.get(at + 1)));
            }
            row = above;
        }
        return row.getFirst();
    }
}
