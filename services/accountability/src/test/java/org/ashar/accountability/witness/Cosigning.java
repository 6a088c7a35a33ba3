package org.ashar.accountability.witness;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.PastLogs;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.WitnessPolicy;

/** Witnesses whose word is put into the store at once, for tests of what is made of it. */
public final class Cosigning {

    private final Ledger ledger;
    private final MongoDatabase database;
    private final WitnessStore store;
    private final WitnessPolicy policy;

    public Cosigning(Ledger ledger, MongoDatabase database, int quorum, List<NoteKey> witnesses) {
        this.ledger = ledger;
        this.database = database;
        this.store = new WitnessStore(database, 1);
        this.policy = new WitnessPolicy(quorum, witnesses);
    }

    public WitnessedLog log() {
        return new WitnessedLog(ledger, store, policy);
    }

    public WitnessedPast past(PastLogs logs) {
        return new WitnessedPast(logs, database);
    }

    /** The witness cosigns the newest checkpoint. */
    public void cosigns(NoteSigner witness) {
        String text = log().newest().orElseThrow().text();
        store.keep(ledger.size(), witness.key(), witness.sign(text, 1_760_000_000));
        store.noteIfMet(policy, ledger.size());
    }
}
