package org.ashar.portal.pages;

import java.time.Instant;
import java.util.List;
import org.ashar.portal.ledger.ServedCheckpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.jspecify.annotations.Nullable;

/** A checkpoint, ready to be shown: what the log says of itself, and who cosigned that. */
public final class CheckpointView {

    private static final int SHOWN = 16;

    /** The size of a cosignature (C2SP tlog-cosignature): a time in 8 bytes, then Ed25519. */
    private static final int COSIGNATURE = 8 + 64;

    /** The last second of the year 9999: what is later is no time that anybody signed at. */
    private static final long LATEST = 253_402_300_799L;

    /**
     * Who cosigned.
     *
     * @param moment null where the signature tells no time
     */
    public record Cosigner(String name, @Nullable String moment) {}

    private final ServedCheckpoint served;
    private final NoteKey key;
    private final List<NoteSignature> cosignatures;
    private final Wording w;

    CheckpointView(ServedCheckpoint served, NoteKey key, Wording w) {
        this.served = served;
        this.key = key;
        this.w = w;
        cosignatures = served.cosignatures(key);
    }

    public String origin() {
        return Visible.of(served.checkpoint().origin(), EntryLine.NAME).value();
    }

    public String size() {
        return w.number(served.checkpoint().size());
    }

    public String root() {
        return served.checkpoint().root().base64();
    }

    /** Whether its signature is good under the key that is shown. */
    public boolean signed() {
        return served.isSignedBy(key);
    }

    public List<Cosigner> cosigners() {
        return cosignatures.stream().limit(SHOWN).map(this::cosigner).toList();
    }

    /** How many are not shown. */
    public int more() {
        return Math.max(0, cosignatures.size() - SHOWN);
    }

    private Cosigner cosigner(NoteSignature signature) {
        boolean timed = signature.signature().length == COSIGNATURE;
        return new Cosigner(
                Visible.of(signature.name(), EntryLine.NAME).value(),
                timed && signature.time() >= 0 && signature.time() <= LATEST
                        ? w.moment(Instant.ofEpochSecond(signature.time()))
                        : null);
    }
}
