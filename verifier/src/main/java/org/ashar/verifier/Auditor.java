package org.ashar.verifier;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
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
     * @param records whether the public record is compared with the log
     * @param zone where the installation's days end at midnight, if its record does not say
     * @param patience how long a record that is ahead of the log, or behind it, is waited for, and
     *     a log that looks shorter than it was
     */
    public record Task(
            URI root,
            @Nullable NoteKey key,
            @Nullable Path state,
            boolean records,
            ZoneId zone,
            Duration patience) {}

    public Auditor(Task task, Clock clock) {
        this.task = task;
        this.clock = clock;
    }

    /** Reads the whole log and the record, and judges them. */
    public Verdict verify(Progress progress) throws InterruptedException {
        try (Site site = new Site(task.root(), Site.WAITED_FOR);
                LogCopy copy = new LogCopy()) {
            Memory memory = task.state() == null ? null : Memory.read(task.state()).orElse(null);
            LogReader log =
                    new LogReader(site, memory, task.key(), copy, task.patience(), progress);
            return verify(site, log, progress);
        } catch (BrokenLogException e) {
            return e.verdict();
        } catch (IOException e) {
            return new Verdict.Unknown(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            return new Verdict.Unknown("this program did not foresee what it read: " + e);
        }
    }

    private Verdict verify(Site site, LogReader log, Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        log.read();
        remember(log);
        if (!task.records()) {
            return new Verdict.LogVerified(sound(log));
        }
        Records records =
                new RecordAudit(site, log, task.zone(), task.patience(), clock).run(progress);
        remember(log);
        return compared(records, log);
    }

    /** Whatever the record says: what was verified of the log must stay. */
    private void remember(LogReader log) throws IOException {
        if (task.state() != null) {
            new Memory(log.key(), log.reached()).write(task.state());
        }
    }

    private static Verdict compared(Records records, LogReader log) {
        if (records.differing() > 0) {
            return new Verdict.Differs(sound(log), records);
        }
        return records.undecided().isEmpty()
                ? new Verdict.Verified(sound(log), records)
                : new Verdict.Undecided(sound(log), records);
    }

    private static Verdict.SoundLog sound(LogReader log) {
        Checkpoint checkpoint = log.reached().checkpoint();
        return new Verdict.SoundLog(
                checkpoint.origin(),
                checkpoint.size(),
                checkpoint.root().base64(),
                log.remembered());
    }
}
