package org.ashar.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees and proofs, held against the published Certificate Transparency values and at random. */
class TreeTest {

    private static final int LARGEST = 70_000;
    private static final int ROUNDS = 2_000;
    private static final Trees CLASSIC =
            Trees.of(
                    Stream.of(
                                    "",
                                    "00",
                                    "10",
                                    "2021",
                                    "3031",
                                    "40414243",
                                    "5051525354555657",
                                    "606162636465666768696a6b6c6d6e6f")
                            .map(HexFormat.of()::parseHex)
                            .toList());

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void roots_are_the_published_ones(int size, String root) {
        assertThat(CLASSIC.root(size).hex()).isEqualTo(root);
        assertThat(Proofs.root(size, CLASSIC::subtree).hex()).isEqualTo(root);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    })
    void inclusion_proofs_are_the_published_ones(int index, int size, String path) {
        assertThat(Proofs.inclusion(index, size, CLASSIC::subtree)).isEqualTo(hashes(path));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "4, 8, 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "3, 7, 0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"
                + " 07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7"
                + " fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
                + " 837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"
    })
    void consistency_proofs_are_the_published_ones(int from, int to, String path) {
        assertThat(Proofs.consistency(from, to, CLASSIC::subtree)).isEqualTo(hashes(path));
    }

    @Test
    void every_proof_of_small_trees_verifies_and_no_other_does() {
        for (int size = 1; size <= 40; size++) {
            Trees tree = Trees.numbered(size);
            for (int index = 0; index < size; index++) {
                List<Hash> path = Proofs.inclusion(index, size, tree::subtree);
                for (int claimed = -1; claimed <= size; claimed++) {
                    assertThat(isIncluded(tree, index, claimed, size, path))
                            .as(index + " as " + claimed + " of " + size)
                            .isEqualTo(claimed == index);
                }
            }
            for (int from = 1; from <= size; from++) {
                List<Hash> path = Proofs.consistency(from, size, tree::subtree);
                for (int claimed = 1; claimed <= size; claimed++) {
                    boolean shown =
                            Proofs.isConsistent(
                                    claimed, tree.root(claimed), size, tree.root(size), path);
                    boolean nothingToShow = claimed == size && from == size;
                    assertThat(shown)
                            .as(from + " as " + claimed + " to " + size)
                            .isEqualTo(claimed == from || nothingToShow);
                }
            }
        }
    }

    /**
     * Another size is claimed with that size's own root, or so far off that the path is too short.
     * With the same root and a size nearby, the same path may lead there: what binds a size to its
     * root is the checkpoint alone.
     */
    @Test
    void random_proofs_verify_and_any_change_spoils_them() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Trees tree = Trees.numbered(LARGEST);
        for (int round = 0; round < ROUNDS; round++) {
            int size = 2 + random.nextInt(random.nextBoolean() ? 70 : LARGEST - 2);
            int index = random.nextInt(size);
            int from = 1 + random.nextInt(size - 1);
            String told = "seed %d: %d of %d, from %d".formatted(seed, index, size, from);
            List<Hash> path = Proofs.inclusion(index, size, tree::subtree);
            assertThat(isIncluded(tree, index, index, size, path)).as(told).isTrue();
            assertThat(spoiltInclusions(tree, index, size, path, random))
                    .as(told)
                    .containsOnly(false);
            List<Hash> between = Proofs.consistency(from, size, tree::subtree);
            assertThat(isConsistent(tree, from, size, between)).as(told).isTrue();
            assertThat(spoiltConsistencies(tree, from, size, between, random))
                    .as(told)
                    .containsOnly(false);
        }
    }

    @Test
    void every_entry_of_a_large_tree_is_shown() {
        int size = LARGEST - new Random().nextInt(1_000);
        Trees tree = Trees.numbered(size);
        for (int index = 0; index < size; index++) {
            assertThat(
                            isIncluded(
                                    tree,
                                    index,
                                    index,
                                    size,
                                    Proofs.inclusion(index, size, tree::subtree)))
                    .isTrue();
        }
    }

    @Test
    void the_empty_tree_begins_every_tree_without_a_proof() {
        Hash root = CLASSIC.root(8);
        assertThat(Proofs.isConsistent(0, Hash.EMPTY, 8, root, List.of())).isTrue();
        assertThat(Proofs.isConsistent(0, Hash.EMPTY, 8, root, List.of(root))).isFalse();
        assertThat(Proofs.isConsistent(0, root, 8, root, List.of())).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proofs.consistency(0, 8, CLASSIC::subtree));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proofs.inclusion(8, 8, CLASSIC::subtree));
    }

    @Test
    void an_edge_goes_on_from_where_it_stopped() {
        RightEdge edge = RightEdge.EMPTY;
        Trees whole = Trees.numbered(1_000);
        for (int i = 0; i < 1_000; i++) {
            RightEdge restored = new RightEdge(edge.size(), edge.peaks());
            edge = restored.append(Hash.leaf(Trees.entry(i)), (level, index, root) -> {});
            assertThat(edge.root()).isEqualTo(whole.root(i + 1));
        }
        long size = edge.size();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RightEdge(size, List.of(Hash.EMPTY)));
    }

    private static boolean isIncluded(
            Trees tree, int entry, long claimed, long size, List<Hash> path) {
        Hash root = Proofs.root(size, tree::subtree);
        return Proofs.isIncluded(Hash.leaf(Trees.entry(entry)), claimed, size, root, path);
    }

    private static boolean isConsistent(Trees tree, int from, int to, List<Hash> path) {
        return Proofs.isConsistent(from, tree.root(from), to, tree.root(to), path);
    }

    private static List<Boolean> spoiltInclusions(
            Trees tree, int index, int size, List<Hash> path, Random random) {
        Hash leaf = Hash.leaf(Trees.entry(index));
        Hash root = tree.root(size);
        return List.of(
                isIncluded(tree, index, (index + 1) % size, size, path),
                isIncluded(tree, index, index, size + 1, path),
                isIncluded(tree, index, index, size, changed(path, random)),
                path.size() > 1 && isIncluded(tree, index, index, size, swapped(path, random)),
                Proofs.isIncluded(leaf, index, size * 2L, root, path),
                Proofs.isIncluded(changed(leaf, random), index, size, root, path),
                Proofs.isIncluded(leaf, index, size, changed(root, random), path));
    }

    /** From a tree to a larger one: from a tree to itself the path is empty whatever its size. */
    private static List<Boolean> spoiltConsistencies(
            Trees tree, int from, int to, List<Hash> path, Random random) {
        Hash older = tree.root(from);
        Hash newer = tree.root(to);
        return List.of(
                isConsistent(tree, from - 1, to, path),
                isConsistent(tree, from + 1, to, path),
                isConsistent(tree, from, to + 1, path),
                isConsistent(tree, from, to, changed(path, random)),
                isConsistent(tree, from, to, path.subList(1, path.size())),
                path.size() > 1 && isConsistent(tree, from, to, swapped(path, random)),
                Proofs.isConsistent(from, older, to * 2L, newer, path),
                Proofs.isConsistent(from, changed(older, random), to, newer, path),
                Proofs.isConsistent(from, older, to, changed(newer, random), path));
    }

    /** One bit of one hash flipped. */
    private static List<Hash> changed(List<Hash> path, Random random) {
        List<Hash> changed = new ArrayList<>(path);
        int which = random.nextInt(path.size());
        changed.set(which, changed(path.get(which), random));
        return changed;
    }

    /** One bit flipped. */
    private static Hash changed(Hash hash, Random random) {
        byte[] bytes = hash.bytes();
        bytes[random.nextInt(Hash.SIZE)] ^= (byte) (1 << random.nextInt(8));
        return Hash.of(bytes);
    }

    /** Two neighbouring hashes of at least two exchanged: no two in a path are the same. */
    private static List<Hash> swapped(List<Hash> path, Random random) {
        List<Hash> swapped = new ArrayList<>(path);
        int which = random.nextInt(path.size() - 1);
        Collections.swap(swapped, which, which + 1);
        return swapped;
    }

    private static List<Hash> hashes(String hex) {
        return Stream.of(hex.split(" ")).map(HexFormat.of()::parseHex).map(Hash::of).toList();
    }
}
