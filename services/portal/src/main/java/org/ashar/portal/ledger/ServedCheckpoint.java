package org.ashar.portal.ledger;

import java.util.List;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;

/** A checkpoint with the signatures under it. */
public record ServedCheckpoint(SignedNote note, Checkpoint checkpoint) {

    /** Reads a signed note; whether a signature is good is for {@link #isSignedBy} to say. */
    public static Checked<ServedCheckpoint> parse(byte[] note) {
        return SignedNote.parse(note)
                .then(
                        signed ->
                                Checkpoint.parse(signed.text())
                                        .then(
                                                checkpoint ->
                                                        Checked.valid(
                                                                new ServedCheckpoint(
                                                                        signed, checkpoint))));
    }

    /** Whether the log that has this key signed it, under the name that it says of itself. */
    public boolean isSignedBy(NoteKey key) {
        return key.name().equals(checkpoint.origin())
                && note.verify(List.of(key)) instanceof Checked.Valid<?>;
    }

    /** The signatures of others. */
    public List<NoteSignature> cosignatures(NoteKey key) {
        return note.signatures().stream().filter(signature -> !signature.isBy(key)).toList();
    }
}
