package org.ashar.accountability.witness;

import org.ashar.tlog.NoteSignature;

/** What came of asking a witness. */
sealed interface Reply {

    /** It cosigned what it was asked to; the signature was verified. */
    record Cosigned(NoteSignature cosignature) implements Reply {}

    /** It says that it cosigned a checkpoint of this size last, not the one it was told. */
    record OtherSize(long size) implements Reply {}

    /**
     * It did not answer, or not as a witness does.
     *
     * @param why for the operator; holds nothing of what it sent
     */
    record Useless(String why) implements Reply {}
}
