package org.ashar.tlog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose cosignatures make a checkpoint one to rely on: those of at least {@code quorum} of the
 * witnesses. Each is counted once, whatever a note carries.
 *
 * @param quorum how many; 0 only where there are no witnesses
 * @param witnesses keys of cosignatures, no name and no key twice
 */
public record WitnessPolicy(int quorum, List<NoteKey> witnesses) {

    /** Every checkpoint is one to rely on. */
    public static final WitnessPolicy NONE = new WitnessPolicy(0, List.of());

    public WitnessPolicy {
        witnesses = List.copyOf(witnesses);
        Set<String> names = new HashSet<>();
        for (NoteKey witness : witnesses) {
            if (witness.kind() != NoteKey.Kind.COSIGNATURE) {
                throw new IllegalArgumentException(witness + " is no key of a witness");
            }
            if (!names.add(witness.name())
                    || witnesses.stream().filter(witness::isSameKeyAs).count() > 1) {
                throw new IllegalArgumentException(witness.name() + " is named twice");
            }
        }
        if (quorum > witnesses.size() || quorum < Math.min(1, witnesses.size())) {
            throw new IllegalArgumentException(
                    "the quorum of " + witnesses.size() + " witnesses is not " + quorum);
        }
    }

    /**
     * Whether enough witnesses cosigned this note. A signature that is not good counts as none: it
     * spoils nothing that others say.
     */
    public boolean isMetBy(SignedNote note) {
        return cosignatures(note).size() >= quorum;
    }

    /** The good cosignatures of a note, one of each witness that has one. */
    public List<NoteSignature> cosignatures(SignedNote note) {
        return witnesses.stream()
                .flatMap(
                        witness ->
                                note.signatures().stream()
                                        .filter(signature -> signature.isBy(witness))
                                        .filter(s -> witness.verifies(note.text(), s.signature()))
                                        .limit(1))
                .toList();
    }
}
