package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;
import org.jspecify.annotations.Nullable;

/** Follows one log: reads it to its newest checkpoint, verified, and on whenever asked to. */
final class LogReader {

    private static final long PAUSE_MILLIS = 1_000;
    private static final int MOST_OLDER = 8;

    private final Site site;
    private final NoteKey key;
    private final boolean keyBelieved;
    private final @Nullable Checkpoint remembered;
    private final LogCopy copy;
    private final LogAudit audit;
    private final Duration patience;
    private final Progress progress;
    private final Set<Checkpoint> older = new HashSet<>();
    private @Nullable SignedCheckpoint reached;

    /**
     * @param memory of an earlier run; null without
     * @param given the key to trust; null to believe the one that the log shows, at first sight
     * @param patience how long a log that looks shorter than it was is asked again
     */
    LogReader(
            Site site,
            @Nullable Memory memory,
            @Nullable NoteKey given,
            LogCopy copy,
            Duration patience,
            Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        this.site = site;
        this.copy = copy;
        this.audit = new LogAudit(site, copy);
        this.patience = patience;
        this.progress = progress;
        this.keyBelieved = memory == null && given == null;
        this.key = trusted(site, memory, given);
        this.remembered = memory == null ? null : memory.log().checkpoint();
    }

    LogCopy copy() {
        return copy;
    }

    NoteKey key() {
        return key;
    }

    /** Whether the key is what the log showed, at first sight. */
    boolean isKeyBelieved() {
        return keyBelieved;
    }

    /** The size of the log when it was verified last; 0 the first time. */
    long remembered() {
        return remembered == null ? 0 : remembered.size();
    }

    /**
     * Reads and verifies what there is by now: the same log, and never less of it. A checkpoint may
     * come from a cache: an older one than was read already is no news, and one older than what is
     * remembered is asked for again, while patience lasts. Each must be of the same history.
     */
    void read() throws BrokenLogException, IOException, InterruptedException {
        long since = System.nanoTime();
        Set<Checkpoint> tooOld = new HashSet<>();
        SignedCheckpoint found = newest();
        while (found.size() < remembered()) {
            if (System.nanoTime() - since >= patience.toNanos()) {
                throw new BrokenLogException(
                        "log.shrunk",
                        Map.of(
                                "remembered", Long.toString(remembered()),
                                "found", Long.toString(found.size())));
            }
            tooOld.add(found.checkpoint());
            site.pause(PAUSE_MILLIS);
            found = newest();
        }
        if (reached != null && found.size() < reached.size()) {
            tooOld.add(found.checkpoint());
        } else {
            long size = found.size();
            audit.run(
                    found.checkpoint(),
                    remembered,
                    read -> progress.reached(Progress.Stage.EVENTS, read, size));
            reached = found;
        }
        for (Checkpoint checkpoint : tooOld) {
            holds(checkpoint);
        }
    }

    /** It was signed all the same. A few are looked at, since each costs a part of the log. */
    private void holds(Checkpoint checkpoint) throws BrokenLogException, IOException {
        if (older.size() < MOST_OLDER && older.add(checkpoint)) {
            Hash computed = copy.root(checkpoint.size());
            if (!computed.equals(checkpoint.root())) {
                throw new BrokenLogException(
                        "log.forked",
                        Map.of(
                                "size", Long.toString(checkpoint.size()),
                                "signed", checkpoint.root().base64(),
                                "computed", computed.base64()));
            }
        }
    }

    /**
     * What witnesses say of the log that was read. Reads on where they saw more of it; that what
     * they cosigned is of another history ends the audit.
     */
    Witnessed witnessed(WitnessPolicy policy)
            throws BrokenLogException, IOException, InterruptedException {
        byte[] shown;
        try {
            shown = site.cosigned();
        } catch (IOException e) {
            return Witnessed.none(policy, InWords.of(e));
        }
        SignedCheckpoint found = signed(shown);
        if (found.size() > reached().size()) {
            read();
        }
        if (found.size() > reached().size()) {
            return Witnessed.none(policy, "what they cosigned is ahead of the newest checkpoint");
        }
        holds(found.checkpoint());
        return Witnessed.by(policy, found);
    }

    /** Where it was read to last. */
    SignedCheckpoint reached() {
        return Objects.requireNonNull(reached, "not read yet");
    }

    private static NoteKey trusted(Site site, @Nullable Memory memory, @Nullable NoteKey given)
            throws BrokenLogException, IOException, InterruptedException {
        if (memory != null) {
            if (given != null && !given.equals(memory.key())) {
                throw new IOException(
                        "--key and the state file contradict each other, so nothing was asked: --key is "
                                + given.vkey()
                                + ", and the state file is of "
                                + memory.key().vkey()
                                + ", which a log keeps for ever");
            }
            return memory.key();
        }
        return given != null ? given : atFirstSight(new String(site.key(), UTF_8).strip());
    }

    private static NoteKey atFirstSight(String shown) throws IOException {
        if (NoteKey.parse(shown) instanceof Checked.Valid<NoteKey>(NoteKey key)
                && key.kind() == NoteKey.Kind.ED25519) {
            return key;
        }
        throw new IOException("what is at ledger/key is not the key of a log");
    }

    private SignedCheckpoint newest() throws BrokenLogException, IOException, InterruptedException {
        return signed(site.checkpoint());
    }

    private SignedCheckpoint signed(byte[] shown) throws BrokenLogException, IOException {
        return switch (SignedCheckpoint.read(shown, key)) {
            case Checked.Valid<SignedCheckpoint>(SignedCheckpoint found) -> found;
            case Checked.Invalid<SignedCheckpoint>(String code, Map<String, String> facts) -> {
                demandThisLog(shown);
                throw new BrokenLogException(code, facts);
            }
        };
    }

    /** Throws where it is another log, which says nothing in this one's name: a wrong address. */
    private void demandThisLog(byte[] shown) throws IOException {
        if (SignedNote.parse(shown) instanceof Checked.Valid<SignedNote>(SignedNote note)
                && Checkpoint.parse(note.text()) instanceof Checked.Valid<Checkpoint>(Checkpoint of)
                && !of.origin().equals(key.name())
                && note.signatures().stream().noneMatch(s -> s.name().equals(key.name()))) {
            throw new IOException(
                    "the log at this address is "
                            + of.origin()
                            + ", and the key is that of "
                            + key.name()
                            + ": ask for the right address, or for the key of this log");
        }
    }
}
