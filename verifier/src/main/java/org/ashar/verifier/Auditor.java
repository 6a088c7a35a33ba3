package org.ashar.verifier;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.WitnessPolicy;
import org.jspecify.annotations.Nullable;

/** Verifies an installation's log and record once, and remembers the log where asked to. */
public final class Auditor {

    private final Task task;
    private final Clock clock;

    /**
     * What to verify.
     *
     * @param root where the installation is; ends in a slash
     * @param key the log's key; null to believe the one that the log shows, at first sight
     * @param state the file to remember the log in; null to remember nothing
     * @param successor whether that file may remember the log that this one succeeded, which must
     *     begin with that
     * @param witnesses whose cosignatures are asked for
     * @param records whether the public record is compared with the log
     * @param zone where the installation's days end at midnight, if its record does not say
     * @param patience how long a record that is ahead of the log, or behind it, is waited for, and
     *     a log that looks shorter than it was, or shows less with cosignatures than was read
     */
    public record Task(
            URI root,
            @Nullable NoteKey key,
            @Nullable Path state,
            boolean successor,
            WitnessPolicy witnesses,
            boolean records,
            ZoneId zone,
            Duration patience)
            implements VerifyCommand.Check {}

    public Auditor(Task task, Clock clock) {
        this.task = task;
        this.clock = clock;
    }

    /** Reads the whole log and the record, and judges them. */
    public Verdict verify(Progress progress) throws InterruptedException {
        try (Site site = new Site(task.root(), Site.WAITED_FOR);
                LogCopy copy = new LogCopy()) {
            Memory memory = memory();
            LogReader log =
                    new LogReader(site, memory, task.key(), copy, task.patience(), progress);
            return verify(site, log, progress);
        } catch (BrokenLogException e) {
            return e.verdict();
        } catch (IOException e) {
            return new Verdict.Unknown(InWords.of(e));
        } catch (RuntimeException | Error e) {
            return new Verdict.Unknown(
                    "this program or this computer could not go on"
                            + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
    }

    private Verdict verify(Site site, LogReader log, Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        log.read();
        remember(log);
        Optional<Records> records =
                task.records()
                        ? Optional.of(
                                new RecordAudit(site, log, task.zone(), task.patience(), clock)
                                        .run(progress))
                        : Optional.empty();
        Checkpoint compared = log.reached().checkpoint();
        // Asked last, so that they vouch for what the log got while it was compared, too.
        Optional<Witnessed> witnessed =
                task.witnesses().equals(WitnessPolicy.NONE)
                        ? Optional.empty()
                        : Optional.of(log.witnessed(task.witnesses()));
        return judged(records, sound(log, compared, remember(log), witnessed));
    }

    /**
     * What an earlier run wrote; throws where this one could not write, before anything is asked.
     */
    private @Nullable Memory memory() throws IOException {
        if (task.state() == null) {
            return null;
        }
        Memory.demandRoom(task.state());
        Memory memory = Memory.read(task.state()).orElse(null);
        if (!task.successor() || task.key() == null) {
            return memory;
        }
        if (memory == null) {
            throw new IOException(
                    task.state() + " is not there, which is to remember the log before this one");
        }
        return new Memory(task.key(), memory.log());
    }

    /**
     * Whatever the record says: what was verified of the log must stay.
     *
     * @return why it could not be kept, which changes no verdict; empty where it was
     */
    private Optional<String> remember(LogReader log) {
        if (task.state() != null) {
            try {
                new Memory(log.key(), log.reached()).write(task.state());
            } catch (IOException e) {
                return Optional.of(InWords.of(e));
            }
        }
        return Optional.empty();
    }

    private static Verdict judged(Optional<Records> records, Verdict.SoundLog log) {
        if (records.isPresent() && records.get().differing() > 0) {
            return new Verdict.Differs(log, records.get());
        }
        if (records.isPresent() && !records.get().undecided().isEmpty()) {
            return new Verdict.Undecided(log, records.get());
        }
        if (!log.witnessed().map(Witnessed::isEnough).orElse(true)) {
            return new Verdict.Unwitnessed(log, records);
        }
        return records.<Verdict>map(same -> new Verdict.Verified(log, same))
                .orElseGet(() -> new Verdict.LogVerified(log));
    }

    private static Verdict.SoundLog sound(
            LogReader log,
            Checkpoint checkpoint,
            Optional<String> forgotten,
            Optional<Witnessed> witnessed) {
        return new Verdict.SoundLog(
                checkpoint.origin(),
                checkpoint.size(),
                checkpoint.root().base64(),
                log.key().vkey(),
                log.isKeyBelieved(),
                log.remembered(),
                forgotten,
                witnessed);
    }
}
