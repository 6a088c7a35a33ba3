package org.ashar.portal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.Proofs;
import org.junit.jupiter.api.Test;

class PathToRootTest {

    private static Hash subtree(int level, long index) {
        return level == 0
                ? Hash.leaf(entry(index))
                : Hash.node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
    }

    private static byte[] entry(long index) {
        return new byte[] {(byte) index};
    }

    private static Checkpoint checkpoint(long size) {
        return new Checkpoint("log.example.org", size, Proofs.root(size, PathToRootTest::subtree));
    }

    private static List<String> path(long index, long size) {
        return Proofs.inclusion(index, size, PathToRootTest::subtree).stream()
                .map(Hash::base64)
                .toList();
    }

    @Test
    void every_path_leads_step_by_step_to_the_root() {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                Checkpoint checkpoint = checkpoint(size);
                PathToRoot path =
                        PathToRoot.of(entry(index), index, path(index, size), checkpoint)
                                .orElseThrow();
                Hash hash = path.leaf();
                for (PathToRoot.Step step : path.steps()) {
                    hash =
                            step.left()
                                    ? Hash.node(step.sibling(), hash)
                                    : Hash.node(hash, step.sibling());
                    assertThat(step.result()).isEqualTo(hash);
                }
                assertThat(hash).isEqualTo(checkpoint.root());
            }
        }
    }

    @Test
    void a_path_of_anything_else_leads_nowhere() {
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            int size = 2 + random.nextInt(69);
            int index = random.nextInt(size);
            Checkpoint checkpoint = checkpoint(size);
            List<String> path = new ArrayList<>(path(index, size));
            byte[] entry = entry(index);
            long claimed = index;
            switch (random.nextInt(6)) {
                case 0 -> entry = entry(index + 1);
                case 1 -> claimed = (long) size + index;
                case 2 -> path.removeLast();
                case 3 -> path.add(checkpoint.root().base64());
                case 4 -> path.set(0, Hash.leaf(entry(200)).base64());
                default -> {
                    path.add(0, "no hash");
                    Collections.rotate(path, 1);
                }
            }
            assertThat(PathToRoot.of(entry, claimed, path, checkpoint)).isEmpty();
        }
    }
}
