package org.ashar.accountability.witness;

import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import org.ashar.accountability.ledger.PastLogs;
import org.ashar.accountability.ledger.PastLogs.PastLog;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;

/**
 * The checkpoints of logs that were succeeded, with what witnesses said of them: where an old key
 * is known to others, the evidence of what the log was. Nothing is cosigned of them any more, so
 * cosignatures are shown whether or not their witnesses are asked today.
 */
public final class WitnessedPast {

    private final PastLogs past;
    private final MongoDatabase database;

    WitnessedPast(PastLogs past, MongoDatabase database) {
        this.past = past;
        this.database = database;
    }

    /** The newest checkpoint that met a policy of its time; where none did, the newest. */
    public Optional<SignedNote> relied(PastLog log) {
        WitnessStore store = new WitnessStore(database, log.log());
        long met = store.everMet();
        return cosigned(log, met == 0 ? log.size() : met, store);
    }

    /** The newest checkpoint that a log signed. */
    public Optional<SignedNote> newest(PastLog log) {
        return cosigned(log, log.size(), new WitnessStore(database, log.log()));
    }

    private Optional<SignedNote> cosigned(PastLog log, long size, WitnessStore store) {
        return past.checkpoint(log, size)
                .map(
                        note -> {
                            SignedNote cosigned = note;
                            for (NoteSignature cosignature : store.cosignatures(size)) {
                                cosigned = cosigned.with(cosignature);
                            }
                            return cosigned;
                        });
    }
}
