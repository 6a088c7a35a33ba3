package org.ashar.witness;

import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;

/**
 * The checkpoint of a log that a witness cosigned last.
 *
 * @param time of the cosignature, in POSIX seconds
 * @param note with the log's signatures and the cosignature
 */
record Cosigned(Checkpoint checkpoint, long time, SignedNote note) {

    /** What every log begins with. */
    static Checkpoint nothingOf(String origin) {
        return new Checkpoint(origin, 0, Hash.EMPTY);
    }

    /** Reads a note that {@code witness} cosigned. */
    static Checked<Cosigned> parse(SignedNote note, NoteKey witness) {
        return switch (note.verify(List.of(witness))) {
            case Checked.Valid<List<NoteSignature>>(List<NoteSignature> own) ->
                    Checkpoint.parse(note.text())
                            .then(
                                    checkpoint ->
                                            Checked.valid(
                                                    new Cosigned(
                                                            checkpoint,
                                                            own.getLast().time(),
                                                            note)));
            case Checked.Invalid<List<NoteSignature>>(String code, Map<String, String> arguments) ->
                    Checked.invalid(code, arguments);
        };
    }
}
