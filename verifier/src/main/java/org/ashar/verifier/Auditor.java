package org.ashar.verifier;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
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
     * @param zone where the installation's days end at midnight, if its record does not say
     * @param patience how long a record that is ahead of the log, or behind it, is waited for
     */
    public record Task(
            URI root,
            @Nullable NoteKey key,
            @Nullable Path state,
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
            return verify(site, new LogReader(site, memory, task.key(), copy, progress), progress);
        } catch (BrokenLogException e) {
            return e.verdict();
        } catch (IOException e) {
            return new Verdict.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Verdict verify(Site site, LogReader log, Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        log.read();
        Records records =
                new RecordAudit(site, log, task.zone(), task.patience(), clock).run(progress);
        LogReader.Reached reached = log.reached();
        Verdict.SoundLog sound =
                new Verdict.SoundLog(
                        reached.checkpoint().origin(),
                        reached.checkpoint().size(),
                        reached.checkpoint().root().base64(),
                        log.remembered());
        if (records.differing() > 0) {
            return new Verdict.Differs(sound, records);
        }
        if (!records.undecided().isEmpty()) {
            return new Verdict.Undecided(sound, records);
        }
        if (task.state() != null) {
            new Memory(log.key(), reached.note()).write(task.state());
        }
        return new Verdict.Verified(sound, records);
    }
}
