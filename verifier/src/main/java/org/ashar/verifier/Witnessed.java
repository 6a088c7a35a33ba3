package org.ashar.verifier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.WitnessPolicy;

/**
 * What the witnesses of one's choice say of a log that was read.
 *
 * @param quorum how many of them are enough
 * @param asked how many there are
 * @param size of the checkpoint that the log serves with their signatures; 0 without one
 * @param by whose cosignatures it has
 * @param missing why there is no such checkpoint, or which part of what was read it leaves out;
 *     empty where it covers all of it
 */
public record Witnessed(
        int quorum, int asked, long size, List<Cosignature> by, Optional<String> missing) {

    private static final long LAST_SECOND = 253_402_300_799L;

    /**
     * A witness's word.
     *
     * @param time when, by its clock
     */
    public record Cosignature(String name, String time) {}

    /**
     * @param read how many entries were read
     */
    static Witnessed by(WitnessPolicy policy, SignedCheckpoint found, long read) {
        return new Witnessed(
                policy.quorum(),
                policy.witnesses().size(),
                found.size(),
                policy.cosignatures(found.note()).stream().map(Witnessed::word).toList(),
                found.size() >= read
                        ? Optional.empty()
                        : Optional.of(
                                "only the first "
                                        + found.size()
                                        + " of the "
                                        + read
                                        + " events that were read are covered"));
    }

    static Witnessed none(WitnessPolicy policy, String why) {
        return new Witnessed(
                policy.quorum(), policy.witnesses().size(), 0, List.of(), Optional.of(why));
    }

    private static Cosignature word(NoteSignature signature) {
        return new Cosignature(
                signature.name(),
                Instant.ofEpochSecond(Math.min(signature.time(), LAST_SECOND)).toString());
    }

    boolean isEnough() {
        return missing.isEmpty() && by.size() >= quorum;
    }
}
