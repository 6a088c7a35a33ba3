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
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.WitnessPolicy;
import tools.jackson.core.JacksonException;
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

    /** Of bytes; an entry has 64 KiB at most. */
    private static final int LARGEST = 1024 * 1024;

    Verdict check() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] read = in.readNBytes(LARGEST + 1);
            return read.length > LARGEST
                    ? new Verdict.Unknown(file + " is too large for a receipt")
                    : check(JsonMapper.shared().readTree(read));
        } catch (IOException e) {
            return new Verdict.Unknown(file + " cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            return new Verdict.Unknown(file + " is not in JSON");
        }
    }

    private Verdict check(JsonNode receipt) {
        String event = receipt.path("event").asString("");
        byte[] entry = receipt.path("entry").asString("").getBytes(UTF_8);
        byte[] proof = receipt.path("receipt").asString("").getBytes(UTF_8);
        if (!(LogProof.parse(proof) instanceof Checked.Valid<LogProof>(LogProof kept))) {
            return new Verdict.Unknown(
                    file
                            + " is no receipt as /api/ledger/events/ answers it (event, entry, receipt)");
        }
        return switch (SignedCheckpoint.of(kept.checkpoint(), key)) {
            case Checked.Invalid<SignedCheckpoint>(String code, Map<String, String> _) ->
                    new Verdict.NotShown(code);
            case Checked.Valid<SignedCheckpoint>(SignedCheckpoint signed) ->
                    !kept.proves(entry, List.of(key))
                            ? new Verdict.NotShown("receipt.not-included")
                            : !id(entry).equals(event)
                                    ? new Verdict.NotShown("receipt.other-event")
                                    : shown(event, kept.index(), signed);
        };
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

    private static String id(byte[] entry) {
        return JsonMapper.shared().readTree(entry).path("id").asString("");
    }
}
