package org.ashar.portal.ledger;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.Proofs;

/** How an entry's leaf leads to a checkpoint's root, one hash after the other. */
public record PathToRoot(Hash leaf, List<Step> steps) {

    /**
     * One hash on the way up.
     *
     * @param left whether the sibling stands on the left
     * @param result the hash of both, which is the next one on the way
     */
    public record Step(boolean left, Hash sibling, Hash result) {}

    public PathToRoot {
        steps = List.copyOf(steps);
    }

    /** The path of an entry, where it leads to the checkpoint's root; empty where it does not. */
    public static Optional<PathToRoot> of(
            byte[] entry, long index, List<String> path, Checkpoint checkpoint) {
        List<Hash> siblings;
        try {
            siblings = path.stream().map(h -> Hash.of(Base64.getDecoder().decode(h))).toList();
        } catch (IllegalArgumentException e) {
            // No base64, no 32 bytes: it leads nowhere.
            return Optional.empty();
        }
        Hash leaf = Hash.leaf(entry);
        return Proofs.isIncluded(leaf, index, checkpoint.size(), checkpoint.root(), siblings)
                ? Optional.of(new PathToRoot(leaf, steps(leaf, index, checkpoint, siblings)))
                : Optional.empty();
    }

    private static List<Step> steps(
            Hash leaf, long index, Checkpoint checkpoint, List<Hash> siblings) {
        List<Step> steps = new ArrayList<>();
        long node = index;
        long last = checkpoint.size() - 1;
        Hash hash = leaf;
        for (Hash sibling : siblings) {
            boolean left = (node & 1) == 1 || node == last;
            hash = left ? Hash.node(sibling, hash) : Hash.node(hash, sibling);
            steps.add(new Step(left, sibling, hash));
            // Where the node stands last and alone, it goes up until it is a right child.
            int up = left && node > 0 ? Long.numberOfTrailingZeros(node) + 1 : 1;
            node >>>= up;
            last >>>= up;
        }
        return steps;
    }
}
