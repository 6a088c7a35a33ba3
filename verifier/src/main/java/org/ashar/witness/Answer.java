package org.ashar.witness;

import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;

/** What a witness answers to a log. */
sealed interface Answer {

    /** The witness vouches for the checkpoint, and remembers that it does. */
    record Cosigned(Checkpoint checkpoint, NoteSignature cosignature) implements Answer {}

    /** The request goes on from another size than {@code size}, which was cosigned last. */
    record OtherSize(long size) implements Answer {}

    /** The log signed what contradicts what was cosigned before, or could not show otherwise. */
    record Inconsistent(SignedNote checkpoint) implements Answer {}

    /** No request, or none from a log that is witnessed here. */
    record Refused(Reason reason) implements Answer {}

    /** Why nothing else is looked at. */
    enum Reason {
        MALFORMED,
        SHRINKING,
        UNKNOWN_LOG,
        NOT_SIGNED
    }
}
