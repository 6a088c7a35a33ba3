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

    /** How often what is too old is asked for again, while patience lasts. */
    private static final int ASKED_AGAIN = 30;

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

    /** Whether a reading ended half-way: what was asked for then may still come. */
    private boolean stopped;

    /**
     * @param memory of an earlier run; null without
     * @param given the key to trust; null to believe the one that the log shows, at first sight
     * @param patience how long a log that looks shorter than it was is asked again, and one that
     *     shows less with cosignatures than was read
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
            if (isOver(since)) {
                Checkpoint before = Objects.requireNonNull(remembered);
                throw new BrokenLogException(
                        found.checkpoint().origin().equals(before.origin())
                                ? "log.shrunk"
                                : "log.not-successor",
                        Map.of(
                                "origin", before.origin(),
                                "size", Long.toString(remembered()),
                                "remembered", Long.toString(remembered()),
                                "found", Long.toString(found.size())));
            }
            tooOld.add(found.checkpoint());
            pause();
            found = newest();
        }
        if (reached != null && found.size() < reached.size()) {
            tooOld.add(found.checkpoint());
        } else {
            readTo(found);
        }
        // They were signed all the same. A few are looked at, since each costs a part of the log.
        for (Checkpoint checkpoint : tooOld) {
            if (older.size() < MOST_OLDER && older.add(checkpoint)) {
                demandSame(checkpoint);
            }
        }
    }

    private void readTo(SignedCheckpoint found)
            throws BrokenLogException, IOException, InterruptedException {
        if (stopped) {
            throw new IOException("the log could not be read on");
        }
        long size = found.size();
        stopped = true;
        audit.run(
                found.checkpoint(),
                remembered,
                read -> progress.reached(Progress.Stage.EVENTS, read, size));
        stopped = false;
        reached = found;
    }

    private boolean isOver(long since) {
        return System.nanoTime() - since >= patience.toNanos();
    }

    private void pause() throws InterruptedException {
        site.pause(patience.toMillis() / ASKED_AGAIN);
    }

    /** Throws where a checkpoint of no more than was read is of another history. */
    private void demandSame(Checkpoint checkpoint) throws BrokenLogException, IOException {
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

    /**
     * What witnesses say of the log as far as it was read by now: it is asked for again, while
     * patience lasts, until enough of them say it of all that. That what they cosigned is of
     * another history ends the audit; so it is read up to there where they saw more of it.
     */
    Witnessed witnessed(WitnessPolicy policy) throws BrokenLogException, InterruptedException {
        long read = reached().size();
        long since = System.nanoTime();
        Set<Checkpoint> shown = new HashSet<>();
        Witnessed witnessed = witnessed(policy, shown, read);
        while (!witnessed.isEnough() && !isOver(since)) {
            pause();
            witnessed = witnessed(policy, shown, read);
        }
        return witnessed;
    }

    private Witnessed witnessed(WitnessPolicy policy, Set<Checkpoint> shown, long read)
            throws BrokenLogException, InterruptedException {
        try {
            return Witnessed.by(policy, cosigned(shown), read);
        } catch (IOException e) {
            return Witnessed.none(policy, InWords.of(e));
        }
    }

    /**
     * @param shown those that were held against the log already
     */
    private SignedCheckpoint cosigned(Set<Checkpoint> shown)
            throws BrokenLogException, IOException, InterruptedException {
        SignedCheckpoint found = signed(site.cosigned());
        if (found.size() > reached().size()) {
            readTo(found);
        } else if (shown.add(found.checkpoint())) {
            demandSame(found.checkpoint());
        }
        return found;
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
                                + ", which a log keeps for ever; if another log succeeded it, say"
                                + " --successor as well");
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
                demandThisLog(shown, key.name());
                throw new BrokenLogException(code, facts);
            }
        };
    }

    /**
     * Throws where it is not said in this log's name: at a wrong address, or by something in
     * between that answers with a page of its own.
     */
    private static void demandThisLog(byte[] shown, String name) throws IOException {
        if (!(SignedNote.parse(shown) instanceof Checked.Valid<SignedNote>(SignedNote note))) {
            String text = new String(shown, UTF_8);
            if (!text.startsWith(name + "\n") && !text.contains("\n— " + name + " ")) {
                throw new IOException(
                        "what was answered as the checkpoint is no signed note in the name of "
                                + name
                                + ": look at it, since something in between may have answered");
            }
        } else if (Checkpoint.parse(note.text()) instanceof Checked.Valid<Checkpoint>(var of)
                && !of.origin().equals(name)
                && note.signatures().stream().noneMatch(s -> s.name().equals(name))) {
            throw new IOException(
                    "the log at this address is "
                            + of.origin()
                            + ", and the key is that of "
                            + name
                            + ": ask for the right address, or for the key of this log, whose /logs lists"
                            + " those that it goes on from");
        }
    }
}
