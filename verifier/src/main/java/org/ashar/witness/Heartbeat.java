package org.ashar.witness;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.tlog.Checkpoint;

/** Says that a witness works: a line at the first cosignature of each log, then one an hour. */
final class Heartbeat {

    private static final Duration BETWEEN = Duration.ofHours(1);

    private final PrintStream out;
    private final Clock clock;
    private final Map<String, Instant> next = new ConcurrentHashMap<>();

    Heartbeat(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Hears of each cosignature. */
    void cosigned(Checkpoint checkpoint) {
        Instant now = clock.instant();
        next.compute(
                checkpoint.origin(),
                (origin, due) -> {
                    if (due != null && now.isBefore(due)) {
                        return due;
                    }
                    out.println(now + " cosigned " + origin + " up to " + checkpoint.size());
                    return now.plus(BETWEEN);
                });
    }
}
