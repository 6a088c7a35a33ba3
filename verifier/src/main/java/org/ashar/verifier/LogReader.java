package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.SignedNote;
import org.jspecify.annotations.Nullable;

/** Follows one log: reads it to its newest checkpoint, verified, and on whenever asked to. */
final class LogReader {

    private static final long PAUSE_MILLIS = 1_000;

    private final Site site;
    private final NoteKey key;
    private final @Nullable Checkpoint remembered;
    private final LogCopy copy;
    private final LogAudit audit;
    private final Duration patience;
    private final Progress progress;
    private @Nullable Reached reached;

    /** A checkpoint up to which all is verified, as the log signed it. */
    record Reached(SignedNote note, Checkpoint checkpoint) {}

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
        this.key = trusted(site, memory, given);
        this.remembered = memory == null ? null : checked(memory.note());
    }

    LogCopy copy() {
        return copy;
    }

    NoteKey key() {
        return key;
    }

    /** The size of the log when it was verified last; 0 the first time. */
    long remembered() {
        return remembered == null ? 0 : remembered.size();
    }

    /**
     * Reads and verifies what there is by now: the same log, and never less of it. A checkpoint may
     * come from a cache: an older one than was read already is no news, and one older than what is
     * remembered is asked for again, while patience lasts.
     */
    void read() throws BrokenLogException, IOException, InterruptedException {
        long since = System.nanoTime();
        SignedNote note = note(site.checkpoint());
        Checkpoint checkpoint = checked(note);
        if (reached != null && checkpoint.size() < reached.checkpoint().size()) {
            return;
        }
        while (checkpoint.size() < remembered()) {
            if (System.nanoTime() - since >= patience.toNanos()) {
                throw new BrokenLogException(
                        "log.shrunk",
                        Map.of(
                                "remembered", Long.toString(remembered()),
                                "found", Long.toString(checkpoint.size())));
            }
            site.pause(PAUSE_MILLIS);
            note = note(site.checkpoint());
            checkpoint = checked(note);
        }
        long size = checkpoint.size();
        audit.run(
                checkpoint,
                remembered,
                read -> progress.reached(Progress.Stage.EVENTS, read, size));
        reached = new Reached(note, checkpoint);
    }

    /** Where it was read to last. */
    Reached reached() {
        return Objects.requireNonNull(reached, "not read yet");
    }

    private static NoteKey trusted(Site site, @Nullable Memory memory, @Nullable NoteKey given)
            throws BrokenLogException, IOException, InterruptedException {
        if (memory != null) {
            if (given != null && !given.equals(memory.key())) {
                throw new BrokenLogException(
                        "key.changed",
                        Map.of("remembered", memory.key().vkey(), "given", given.vkey()));
            }
            return memory.key();
        }
        return given != null ? given : valid(NoteKey.parse(new String(site.key(), UTF_8).strip()));
    }

    private static SignedNote note(byte[] bytes) throws BrokenLogException {
        return valid(SignedNote.parse(bytes));
    }

    private Checkpoint checked(SignedNote note) throws BrokenLogException {
        valid(note.verify(List.of(key)));
        Checkpoint checkpoint = valid(Checkpoint.parse(note.text()));
        if (!checkpoint.origin().equals(key.name())) {
            throw new BrokenLogException(
                    "checkpoint.other-log",
                    Map.of("expected", key.name(), "found", checkpoint.origin()));
        }
        return checkpoint;
    }

    private static <T> T valid(Checked<T> checked) throws BrokenLogException {
        return switch (checked) {
            case Checked.Valid<T>(T value) -> value;
            case Checked.Invalid<T>(String code, Map<String, String> facts) ->
                    throw new BrokenLogException(code, facts);
        };
    }
}
