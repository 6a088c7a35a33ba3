package org.ashar.witness;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.ashar.kernel.Checked;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.SignedNote;

/**
 * Cosigns checkpoints of the logs that it knows.
 *
 * <p>Guarantee: of one log, it only ever cosigns checkpoints of which each begins with all those
 * before it, and none with an earlier time than the one before. What it cosigned is on the disk
 * before anybody sees the cosignature, so that neither a kill nor a power cut makes it forget. What
 * breaks that: a folder put back from an older copy.
 */
final class Witness {

    private final NoteSigner signer;
    private final Map<String, List<NoteKey>> logs;
    private final WitnessFolder folder;
    private final Clock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /**
     * @param logs the keys of each log that is witnessed, by its origin
     */
    Witness(WitnessFolder folder, Map<String, List<NoteKey>> logs, Clock clock) {
        this.signer = folder.signer();
        this.logs = Map.copyOf(logs);
        this.folder = folder;
        this.clock = clock;
    }

    /** Who it is, and how far each log was cosigned: what anybody may read. */
    String told() {
        StringBuilder told = new StringBuilder("Witness " + signer.key().name() + "\n");
        told.append("  key  ").append(signer.key().vkey()).append('\n');
        for (String origin : new TreeSet<>(logs.keySet())) {
            told.append("  log  ").append(origin).append(folder.reached(origin)).append('\n');
        }
        return told.toString();
    }

    /**
     * Answers a request. Throws where what is cosigned could not be kept: nothing is cosigned then.
     */
    Answer add(byte[] body) throws IOException {
        if (!(AddCheckpoint.parse(body) instanceof Checked.Valid<AddCheckpoint>(var asked))
                || !(Checkpoint.parse(asked.checkpoint().text())
                        instanceof Checked.Valid<Checkpoint>(Checkpoint checkpoint))) {
            return new Answer.Refused(Answer.Reason.MALFORMED);
        }
        List<NoteKey> keys = logs.get(checkpoint.origin());
        if (keys == null) {
            return new Answer.Refused(Answer.Reason.UNKNOWN_LOG);
        }
        if (!(asked.checkpoint().verify(keys)
                instanceof Checked.Valid<List<NoteSignature>>(List<NoteSignature> signatures))) {
            return new Answer.Refused(Answer.Reason.NOT_SIGNED);
        }
        if (asked.oldSize() > checkpoint.size()) {
            return new Answer.Refused(Answer.Reason.SHRINKING);
        }
        oneAtATime.lock();
        try {
            return judge(asked, checkpoint, signatures);
        } finally {
            oneAtATime.unlock();
        }
    }

    private Answer judge(AddCheckpoint asked, Checkpoint checkpoint, List<NoteSignature> signatures)
            throws IOException {
        Optional<Cosigned> last = folder.last(checkpoint.origin());
        Checkpoint before =
                last.map(Cosigned::checkpoint)
                        .orElseGet(() -> Cosigned.nothingOf(checkpoint.origin()));
        if (asked.oldSize() != before.size()) {
            return new Answer.OtherSize(before.size());
        }
        if (!Proofs.isConsistent(
                        before.size(),
                        before.root(),
                        checkpoint.size(),
                        checkpoint.root(),
                        asked.path())
                || (checkpoint.size() == 0 && !checkpoint.root().equals(before.root()))) {
            return new Answer.Inconsistent(asked.checkpoint());
        }
        long now = clock.instant().getEpochSecond();
        long time = Math.max(now, last.map(Cosigned::time).orElse(0L));
        String text = asked.checkpoint().text();
        NoteSignature cosignature = signer.sign(text, time);
        List<NoteSignature> kept = new ArrayList<>(onePerKey(signatures));
        kept.add(cosignature);
        folder.remember(new Cosigned(checkpoint, time, new SignedNote(text, kept)));
        return new Answer.Cosigned(checkpoint, cosignature);
    }

    /** One of each key: a note repeats a line as often as it likes, and ours needs room. */
    private static List<NoteSignature> onePerKey(List<NoteSignature> signatures) {
        Map<String, NoteSignature> byKey = new LinkedHashMap<>();
        signatures.forEach(one -> byKey.putIfAbsent(one.name() + " " + one.keyId(), one));
        return byKey.values().stream().limit(SignedNote.MOST_SIGNATURES - 1).toList();
    }
}
