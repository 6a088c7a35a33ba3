package org.ashar.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A proof that stops before the root shows nothing, also where the claimed root is what it leads to
 * so far (RFC 9162, the last step of sections 2.1.3.2 and 2.1.4.2).
 */
class ShortProofTest {

    private static final int LARGEST = 70;
    private static final Trees TREE = Trees.numbered(LARGEST);

    /** Entries from {@code low} to before {@code high}, which one node of a tree covers. */
    private record Range(long low, long high) {

        Hash root() {
            return Proofs.root(
                    high - low, (level, index) -> TREE.subtree(level, index + (low >>> level)));
        }

        /** Those of them that the tree of {@code size} entries has. */
        Range within(long size) {
            return new Range(low, Math.min(size, high));
        }
    }

    @Test
    void a_leaf_alone_is_not_in_a_tree_of_more() {
        Hash leaf = Hash.leaf(Trees.entry(0));
        assertThat(Proofs.isIncluded(leaf, 0, 8, leaf, List.of())).isFalse();
        assertThat(Proofs.isIncluded(leaf, 0, 1, leaf, List.of())).isTrue();
    }

    @Test
    void no_shortened_path_shows_an_entry() {
        for (int size = 1; size <= LARGEST; size++) {
            for (int index = 0; index < size; index++) {
                Hash leaf = Hash.leaf(Trees.entry(index));
                List<Hash> path = Proofs.inclusion(index, size, TREE::subtree);
                List<Range> up = around(new Range(index, index + 1), size);
                assertThat(up).hasSize(path.size() + 1);
                for (int length = 0; length <= path.size(); length++) {
                    Hash root = up.get(length).root();
                    assertThat(Proofs.isIncluded(leaf, index, size, root, path.subList(0, length)))
                            .as(length + " hashes for " + index + " of " + size)
                            .isEqualTo(length == path.size());
                }
            }
        }
    }

    @Test
    void no_shortened_path_shows_a_beginning() {
        for (int to = 2; to <= LARGEST; to++) {
            for (int from = 1; from < to; from++) {
                List<Hash> path = Proofs.consistency(from, to, TREE::subtree);
                List<Range> up = around(new Range(from - Long.lowestOneBit(from), from), to);
                int first = path.size() - up.size() + 1;
                assertThat(first).isEqualTo(Long.bitCount(from) == 1 ? 0 : 1);
                for (int step = 0; step < up.size(); step++) {
                    Range newer = up.get(step);
                    assertThat(
                                    Proofs.isConsistent(
                                            from,
                                            newer.within(from).root(),
                                            to,
                                            newer.root(),
                                            path.subList(0, first + step)))
                            .as(first + step + " hashes from " + from + " to " + to)
                            .isEqualTo(step == up.size() - 1);
                }
            }
        }
    }

    /** A range and all those around it, up to the whole tree. */
    private static List<Range> around(Range innermost, long size) {
        List<Range> around = new ArrayList<>();
        Range range = new Range(0, size);
        around.add(range);
        while (!range.equals(innermost)) {
            long middle = range.low() + Long.highestOneBit(range.high() - range.low() - 1);
            range =
                    innermost.low() < middle
                            ? new Range(range.low(), middle)
                            : new Range(middle, range.high());
            around.add(range);
        }
        return around.reversed();
    }
}
