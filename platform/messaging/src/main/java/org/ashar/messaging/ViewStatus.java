package org.ashar.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a view is doing. Figures are of the last look, at most some seconds old; they are of the
 * whole view, not of this instance alone.
 *
 * @param view its name
 * @param ready whether everything published before this runner started has been applied
 * @param active the generation being read
 * @param lagEvents events published and not yet applied; -1 while it is not known
 * @param lag for how long at least the view has been behind; zero when it is not
 * @param held events waiting for an earlier one of their stream
 * @param parked events that could not be applied
 * @param paused partitions that wait because too much is held, {@code <topic>:<partition>}
 * @param rebuild the rebuild going on, if any
 * @param trouble what keeps the view from going on, if anything; for operators, in English
 */
public record ViewStatus(
        String view,
        boolean ready,
        int active,
        long lagEvents,
        Duration lag,
        long held,
        long parked,
        List<String> paused,
        @Nullable Rebuild rebuild,
        @Nullable String trouble) {

    public ViewStatus {
        paused = List.copyOf(paused);
    }

    /** Of a view of which no more is known yet. */
    static ViewStatus unknown(String view, int active, String trouble) {
        return new ViewStatus(
                view, false, active, -1, Duration.ZERO, 0, 0, List.of(), null, trouble);
    }

    /**
     * A rebuild.
     *
     * @param generation the generation being built
     * @param startedAt when it began
     * @param applied events applied so far
     * @param target events that there were when it began; it is switched when these are applied and
     *     it has caught up with the active generation
     */
    public record Rebuild(int generation, Instant startedAt, long applied, long target) {}
}
