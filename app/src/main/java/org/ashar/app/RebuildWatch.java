package org.ashar.app;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.ashar.standalone.StandaloneException;
import tools.jackson.databind.JsonNode;

/** Tells how far a rebuild is until its generation is read. Whoever watches, it goes on. */
final class RebuildWatch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Duration patience;
    private final String again;
    private String told = "";
    private long toldAt;

    /**
     * @param patience how long it may stand still before this gives up
     * @param again the command that tells again how far it is
     */
    RebuildWatch(Terminal terminal, Duration patience, String again) {
        this.terminal = terminal;
        this.patience = patience;
        this.again = again;
    }

    /**
     * Answers when {@code generation} is read. Throws {@link StandaloneException} where the rebuild
     * stands still, and says how to go on where this process is told to end.
     *
     * @param status how the view is doing, as its service tells it
     */
    void await(String view, int generation, Supplier<JsonNode> status) {
        AtomicBoolean watching = new AtomicBoolean(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(watching), "leave"));
        long began = System.nanoTime();
        long movedAt = began;
        long reached = -1;
        try {
            while (true) {
                JsonNode present = status.get();
                if (present.path("active").asInt() >= generation) {
                    String seconds =
                            String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
                    terminal.say(
                            "Done: "
                                    + view
                                    + " is read from generation "
                                    + generation
                                    + " now, after "
                                    + seconds
                                    + " s.");
                    return;
                }
                long applied = present.path("rebuild").path("applied").asLong();
                if (applied > reached) {
                    reached = applied;
                    movedAt = System.nanoTime();
                }
                tell(present);
                if (System.nanoTime() - movedAt > patience.toNanos()) {
                    throw new StandaloneException(
                            "the rebuild of "
                                    + view
                                    + " has not moved for "
                                    + patience.toSeconds()
                                    + " s"
                                    + trouble(present)
                                    + ". It goes on by itself as soon as it can: "
                                    + again
                                    + " tells how far it is");
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        } finally {
            watching.set(false);
        }
    }

    private void leave(AtomicBoolean watching) {
        if (watching.get()) {
            terminal.say("The rebuild goes on: " + again + " tells how far it is.");
        }
    }

    private void tell(JsonNode present) {
        JsonNode rebuild = present.path("rebuild");
        long applied = rebuild.path("applied").asLong();
        long target = rebuild.path("target").asLong();
        String line =
                (applied < target
                                ? applied + " of " + target + " events"
                                : "all " + target + " events, and what has come since")
                        + trouble(present);
        boolean isTime = told.isEmpty() || System.nanoTime() - toldAt > BETWEEN_LINES.toNanos();
        if (target > 0 && isTime && !line.equals(told)) {
            terminal.say("  " + line);
            told = line;
            toldAt = System.nanoTime();
        }
    }

    private static String trouble(JsonNode present) {
        String trouble = present.path("trouble").asString("");
        return trouble.isEmpty() ? "" : " (" + trouble + ")";
    }
}
