package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.SignedNote;

/** A log of any size, with entries of its own: two with other words are a fork from the start. */
final class GrowingLog {

    final NoteSigner signer;
    private final Map<String, Hash> subtrees = new HashMap<>();
    private final List<RightEdge> edges = new ArrayList<>(List.of(RightEdge.EMPTY));

    /**
     * @param word makes its entries
     */
    GrowingLog(String origin, String word, int size) {
        signer = NoteSigner.of(origin, Kind.ED25519, new byte[32]);
        for (int entry = 0; entry < size; entry++) {
            edges.add(
                    edges.getLast()
                            .append(
                                    Hash.leaf((word + entry).getBytes(UTF_8)),
                                    (level, index, root) ->
                                            subtrees.put(level + "/" + index, root)));
        }
    }

    SignedNote checkpoint(int size) {
        String text = new Checkpoint(signer.key().name(), size, edges.get(size).root()).text();
        return new SignedNote(text, List.of(signer.sign(text, 0)));
    }

    List<Hash> path(int from, int to) {
        return from == 0
                ? List.of()
                : Proofs.consistency(
                        from,
                        to,
                        (level, index) ->
                                Objects.requireNonNull(subtrees.get(level + "/" + index)));
    }

    /** What this log asks when {@code from} entries were cosigned last. */
    AddCheckpoint request(int from, int to) {
        return new AddCheckpoint(from, path(from, to), checkpoint(to));
    }

    byte[] asked(int from, int to) {
        return request(from, to).written();
    }
}
