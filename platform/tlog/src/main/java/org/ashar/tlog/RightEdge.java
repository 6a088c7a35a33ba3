package org.ashar.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is needed to go on with a tree: its size and the roots of the full subtrees along its
 * right edge, largest first (one for each bit of the size). Immutable; at most 63 hashes.
 */
public record RightEdge(long size, List<Hash> peaks) {

    /** The edge of the empty tree. */
    public static final RightEdge EMPTY = new RightEdge(0, List.of());

    public RightEdge {
        peaks = List.copyOf(peaks);
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " entries has another right edge");
        }
    }

    /** Hears of each full subtree as it comes about: a leaf is at level 0. */
    @FunctionalInterface
    public interface Subtrees {
        /**
         * A subtree is full now.
         *
         * @param level of its root: it holds 2^level entries
         * @param index counted in subtrees of this level
         */
        void complete(int level, long index, Hash root);
    }

    /** The edge of the tree with one more leaf; {@code subtrees} hears of what became full. */
    public RightEdge append(Hash leaf, Subtrees subtrees) {
        List<Hash> next = new ArrayList<>(peaks);
        Hash root = leaf;
        int level = 0;
        subtrees.complete(0, size, root);
        while (((size >>> level) & 1) == 1) {
            root = Hash.node(next.removeLast(), root);
            level++;
            subtrees.complete(level, size >>> level, root);
        }
        next.add(root);
        return new RightEdge(size + 1, next);
    }

    /** The root of the tree. */
    public Hash root() {
        if (peaks.isEmpty()) {
            return Hash.EMPTY;
        }
        Hash root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = Hash.node(peaks.get(i), root);
        }
        return root;
    }
}
