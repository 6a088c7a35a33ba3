package org.ashar.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Proofs that an entry is in a tree, and that one tree begins with another (RFC 6962 sections 2.1.1
 * and 2.1.2), made and verified (RFC 9162 sections 2.1.3.2 and 2.1.4.2, their last tests included).
 */
public final class Proofs {

    private Proofs() {}

    /** Where the roots of full subtrees are read. */
    @FunctionalInterface
    public interface Subtrees {
        /**
         * The root of a full subtree.
         *
         * @param level of the root: its subtree holds 2^level entries
         * @param index counted in subtrees of this level
         */
        Hash root(int level, long index);
    }

    /**
     * The siblings from the leaf at {@code index} upwards in the tree of {@code size} entries.
     * Throws {@link IllegalArgumentException} unless {@code 0 ≤ index < size}.
     */
    public static List<Hash> inclusion(long index, long size, Subtrees subtrees) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long middle = low + split(high - low);
            if (index < middle) {
                path.add(root(middle, high, subtrees));
                high = middle;
            } else {
                path.add(root(low, middle, subtrees));
                low = middle;
            }
        }
        return path.reversed();
    }

    /**
     * The hashes that show the tree of {@code from} entries to be the beginning of that of {@code
     * to}; none where the sizes are the same. Throws {@link IllegalArgumentException} unless {@code
     * 0 < from ≤ to}: for the empty tree there is nothing to show.
     */
    public static List<Hash> consistency(long from, long to, Subtrees subtrees) {
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("no proof from " + from + " to " + to);
        }
        List<Hash> path = new ArrayList<>();
        long low = 0;
        long high = to;
        boolean whole = true; // whether the older tree covers [0, from) as one known root
        while (from != high) {
            long middle = low + split(high - low);
            if (from <= middle) {
                path.add(root(middle, high, subtrees));
                high = middle;
            } else {
                path.add(root(low, middle, subtrees));
                low = middle;
                whole = false;
            }
        }
        if (!whole) {
            path.add(root(low, high, subtrees));
        }
        return path.reversed();
    }

    /** The root of the tree of {@code size} entries. */
    public static Hash root(long size, Subtrees subtrees) {
        if (size < 0) {
            throw new IllegalArgumentException("no tree of " + size);
        }
        return size == 0 ? Hash.EMPTY : root(0, size, subtrees);
    }

    /** Whether {@code path} shows {@code leaf} to be entry {@code index} of the tree. */
    public static boolean isIncluded(Hash leaf, long index, long size, Hash root, List<Hash> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * Whether {@code path} shows the tree of {@code from} entries to be the beginning of that of
     * {@code to}. The empty tree is the beginning of every tree, with an empty path alone.
     */
    public static boolean isConsistent(
            long from, Hash fromRoot, long to, Hash toRoot, List<Hash> path) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == 0) {
            return fromRoot.equals(Hash.EMPTY) && path.isEmpty();
        }
        if (from == to) {
            return fromRoot.equals(toRoot) && path.isEmpty();
        }
        boolean isPowerOfTwo = Long.bitCount(from) == 1;
        if (path.isEmpty() && !isPowerOfTwo) {
            return false;
        }
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>>= 1;
            last >>>= 1;
        }
        int next = 0;
        Hash older = isPowerOfTwo ? fromRoot : path.get(next++);
        Hash newer = older;
        for (; next < path.size(); next++) {
            if (last == 0) {
                return false;
            }
            Hash sibling = path.get(next);
            if ((node & 1) == 1 || node == last) {
                older = Hash.node(sibling, older);
                newer = Hash.node(sibling, newer);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                newer = Hash.node(newer, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && older.equals(fromRoot) && newer.equals(toRoot);
    }

    /** MTH(D[low:high]), where {@code low} is a multiple of the power of two that covers it. */
    private static Hash root(long low, long high, Subtrees subtrees) {
        long count = high - low;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return subtrees.root(level, low >>> level);
        }
        long middle = low + split(count);
        return Hash.node(root(low, middle, subtrees), root(middle, high, subtrees));
    }

    /** The largest power of two strictly below {@code count}. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }
}
