package org.ashar.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process and no other: an id alone may have gone to another program since.
 *
 * @param pid the process id
 * @param started when it started; the epoch where the system does not tell
 */
record ProcessIdentity(long pid, Instant started) {
    /** The system derives start times from the clock at boot: the same one may differ by this. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startOf(process));
    }

    /** The process, if it still lives. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(
                        process ->
                                Duration.between(started, startOf(process))
                                                .abs()
                                                .compareTo(TOLERANCE)
                                        <= 0);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
