package org.ashar.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree kept whole in memory, for tests: entries are the numbers from 0, or what was given. */
final class Trees {

    private final Map<Integer, List<Hash>> levels = new HashMap<>();
    private final List<RightEdge> edges = new ArrayList<>(List.of(RightEdge.EMPTY));

    static Trees numbered(int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(entry(i));
        }
        return of(entries);
    }

    static Trees of(List<byte[]> entries) {
        Trees trees = new Trees();
        for (byte[] entry : entries) {
            trees.edges.add(
                    trees.edges
                            .getLast()
                            .append(
                                    Hash.leaf(entry),
                                    (level, index, root) -> {
                                        List<Hash> roots =
                                                trees.levels.computeIfAbsent(
                                                        level, l -> new ArrayList<>());
                                        if (roots.size() != index) {
                                            throw new AssertionError("out of order");
                                        }
                                        roots.add(root);
                                    }));
        }
        return trees;
    }

    static byte[] entry(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    Hash subtree(int level, long index) {
        List<Hash> roots = levels.get(level);
        if (roots == null) {
            throw new AssertionError("no full subtree of level " + level);
        }
        return roots.get((int) index);
    }

    Hash root(int size) {
        return edges.get(size).root();
    }
}
