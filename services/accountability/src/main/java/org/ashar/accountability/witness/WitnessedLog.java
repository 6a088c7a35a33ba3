package org.ashar.accountability.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;

/** The log's checkpoints with what witnesses say of them. */
public final class WitnessedLog {

    private final Ledger ledger;
    private final WitnessStore store;
    private final WitnessPolicy policy;

    WitnessedLog(Ledger ledger, WitnessStore store, WitnessPolicy policy) {
        this.ledger = ledger;
        this.store = store;
        this.policy = policy;
    }

    /** Whose cosignatures make a checkpoint one to rely on. */
    public WitnessPolicy policy() {
        return policy;
    }

    /**
     * The newest checkpoint that meets the policy, with its cosignatures; the newest at all where
     * no witness is asked. Empty where there is none yet.
     */
    public Optional<SignedNote> relied() {
        return policy.quorum() == 0 ? newest() : signed(store.met(policy));
    }

    /** The newest checkpoint that the log signed, with what cosignatures it has. */
    public Optional<SignedNote> newest() {
        return ledger.checkpoint()
                .map(note -> SignedNote.parse(note.getBytes(UTF_8)).orThrow())
                .map(this::cosigned);
    }

    /** The checkpoint of this size that the log signed, with what cosignatures it has, if any. */
    public Optional<SignedNote> signed(long size) {
        return ledger.checkpoint(size).map(this::cosigned);
    }

    /** How many entries {@link #relied} covers. */
    long reliedSize() {
        return policy.quorum() == 0 ? ledger.size() : store.met(policy);
    }

    /**
     * The receipt of an entry, against the newest checkpoint that meets the policy where that
     * covers the entry, else against the newest.
     */
    public LogProof proof(long index) {
        SignedNote checkpoint =
                relied().filter(note -> sizeOf(note) > index)
                        .or(this::newest)
                        .orElseThrow(() -> new IllegalArgumentException("nothing is logged"));
        return ledger.proof(index, checkpoint);
    }

    private SignedNote cosigned(SignedNote note) {
        if (policy.witnesses().isEmpty()) {
            return note;
        }
        Map<NoteKey, NoteSignature> cosignatures =
                store.cosignatures(sizeOf(note), policy.witnesses());
        SignedNote cosigned = note;
        for (NoteKey witness : policy.witnesses()) {
            NoteSignature cosignature = cosignatures.get(witness);
            if (cosignature != null) {
                cosigned = cosigned.with(cosignature);
            }
        }
        return cosigned;
    }

    /** Entries that a checkpoint of this log covers. */
    static long sizeOf(SignedNote checkpoint) {
        return Checkpoint.parse(checkpoint.text()).orThrow().size();
    }
}
