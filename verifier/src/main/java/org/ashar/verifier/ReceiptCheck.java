package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.WitnessPolicy;
import org.ashar.verifier.record.LoggedEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks one receipt, kept as {@code /api/ledger/events/…} answered it: the event, its entry, and
 * what shows that entry to be in the log. Nobody is asked.
 *
 * @param key the log's, which only someone else than the file can tell
 * @param policy witnesses that must have cosigned
 */
record ReceiptCheck(Path file, NoteKey key, WitnessPolicy policy) implements VerifyCommand.Check {

    private static final JsonMapper JSON =
            LoggedEvent.JSON.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Of bytes; an entry has 64 KiB at most. */
    private static final int LARGEST = 1024 * 1024;

    Verdict check() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] read = in.readNBytes(LARGEST + 1);
            return read.length > LARGEST
                    ? new Verdict.Unknown(file + " is too large for a receipt")
                    : check(JSON.readTree(read));
        } catch (IOException e) {
            return new Verdict.Unknown(file + " cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            return new Verdict.Unknown(file + " is not in JSON, or has a name twice");
        }
    }

    private Verdict check(JsonNode receipt) {
        byte[] entry = receipt.path("entry").asString("").getBytes(UTF_8);
        byte[] proof = receipt.path("receipt").asString("").getBytes(UTF_8);
        if (!receipt.has("index")
                || !receipt.has("leaf")
                || !(LogProof.parse(proof) instanceof Checked.Valid<LogProof>(LogProof kept))) {
            return new Verdict.Unknown(
                    file
                            + " is no receipt as /api/ledger/events/ answers it (event, index, leaf,"
                            + " entry, receipt)");
        }
        return switch (SignedCheckpoint.of(kept.checkpoint(), key)) {
            case Checked.Invalid<SignedCheckpoint>(String code, Map<String, String> _) ->
                    new Verdict.NotShown(code);
            case Checked.Valid<SignedCheckpoint>(SignedCheckpoint signed) ->
                    wrong(receipt, entry, kept)
                            .<Verdict>map(Verdict.NotShown::new)
                            .orElseGet(
                                    () ->
                                            shown(
                                                    receipt.path("event").asString(),
                                                    kept.index(),
                                                    signed));
        };
    }

    /** The code of what keeps it from showing anything; all that it says must be so. */
    private Optional<String> wrong(JsonNode receipt, byte[] entry, LogProof kept) {
        if (!kept.proves(entry, List.of(key))) {
            return Optional.of("receipt.not-included");
        }
        JsonNode said = JSON.readTree(entry);
        if (!said.path("id").equals(receipt.path("event"))) {
            return Optional.of("receipt.other-event");
        }
        boolean isSo =
                receipt.path("index").isIntegralNumber()
                        && receipt.path("index").asLong(-1) == kept.index()
                        && Hash.leaf(entry).base64().equals(receipt.path("leaf").asString(""));
        return isSo ? Optional.empty() : Optional.of("receipt.other-place");
    }

    private Verdict shown(String event, long index, SignedCheckpoint signed) {
        int by = policy.cosignatures(signed.note()).size();
        if (by < policy.quorum()) {
            return new Verdict.Unknown(
                    by
                            + " of the witnesses cosigned the receipt's checkpoint, and "
                            + policy.quorum()
                            + " must");
        }
        return new Verdict.Shown(
                event,
                index,
                signed.checkpoint().origin(),
                signed.size(),
                policy.quorum() == 0
                        ? Optional.empty()
                        : Optional.of(Witnessed.by(policy, signed, signed.size())));
    }
}
