package org.ashar.verifier;

import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.SignedNote;

/**
 * A checkpoint of a log under the log's own signature.
 *
 * @param note as the log signed it
 */
record SignedCheckpoint(SignedNote note, Checkpoint checkpoint) {

    /** Reads a note that must be signed with {@code key}, and say something of the key's log. */
    static Checked<SignedCheckpoint> read(byte[] bytes, NoteKey key) {
        return SignedNote.parse(bytes).then(note -> of(note, key));
    }

    /** The same of a note that was read already. */
    static Checked<SignedCheckpoint> of(SignedNote note, NoteKey key) {
        return note.verify(List.of(key))
                .then(_ -> Checkpoint.parse(note.text()))
                .then(
                        checkpoint ->
                                checkpoint.origin().equals(key.name())
                                        ? Checked.valid(new SignedCheckpoint(note, checkpoint))
                                        : Checked.invalid(
                                                "checkpoint.other-log",
                                                Map.of(
                                                        "expected", key.name(),
                                                        "found", checkpoint.origin())));
    }

    long size() {
        return checkpoint.size();
    }
}
