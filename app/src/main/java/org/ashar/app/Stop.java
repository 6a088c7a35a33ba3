package org.ashar.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ashar.standalone.Run;
import org.ashar.standalone.StandaloneException;

/** Stops what runs on a data folder, and waits until it has stopped. */
final class Stop {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Terminal terminal;
    private final Path usualData;

    Stop(Terminal terminal, Path usualData) {
        this.terminal = terminal;
        this.usualData = usualData;
    }

    int run(List<String> arguments) {
        Options options = Options.parse("stop", arguments, Set.of("--data"), Set.of(), 0);
        Path data = options.value("--data").map(Path::of).orElse(usualData);
        Optional<ProcessHandle> process = Run.in(data).flatMap(Run::process);
        if (process.isEmpty()) {
            terminal.say("Nothing runs on " + data + ".");
            return Main.DONE;
        }
        ProcessHandle running = process.get();
        terminal.say("Stopping process " + running.pid() + " …");
        if (!running.destroy()) {
            throw new StandaloneException(
                    "process " + running.pid() + " cannot be stopped: is it another user's?");
        }
        try {
            running.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StandaloneException(
                    "process "
                            + running.pid()
                            + " has not stopped within "
                            + LIMIT.toSeconds()
                            + " s; kill -9 "
                            + running.pid()
                            + " ends it, and what was answered is kept",
                    e);
        } catch (ExecutionException e) {
            throw new StandaloneException("process " + running.pid() + " cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while waiting", e);
        }
        terminal.say("Stopped.");
        return Main.DONE;
    }
}
