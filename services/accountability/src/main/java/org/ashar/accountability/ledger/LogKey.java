package org.ashar.accountability.ledger;

import java.util.List;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;

/**
 * The log's own key. Its name is the log's origin: the public prefix without scheme. It signs
 * checkpoints of heads that won alone, and Ed25519 signs the same text the same way each time, so
 * whoever finishes a head signs what everyone else would.
 *
 * @param log which of the logs of this ledger it signs, from 1: each goes on where the one before
 *     it ends, under another name
 */
record LogKey(NoteSigner signer, int log) {

    static LogKey of(String origin, byte[] seed, int log) {
        return new LogKey(NoteSigner.of(origin, NoteKey.Kind.ED25519, seed), log);
    }

    String vkey() {
        return publicKey().vkey();
    }

    String origin() {
        return signer.key().name();
    }

    NoteKey publicKey() {
        return signer.key();
    }

    SignedNote sign(Checkpoint checkpoint) {
        String text = checkpoint.text();
        // A log's signature holds no time.
        return new SignedNote(text, List.of(signer.sign(text, 0)));
    }
}
