package org.ashar.app.crash;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ashar.app.Main;
import org.ashar.app.launch.Launch;
import org.ashar.standalone.Run;
import org.jspecify.annotations.Nullable;

/** An Ashar in a process of its own, to be killed. */
final class Target implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final String SMALL_MEMTABLE = "200000";
    private final Process process;
    private final Path data;
    private final Path output;
    private final URI address;

    private Target(Process process, Path data, Path output, URI address) {
        this.process = process;
        this.data = data;
        this.output = output;
        this.address = address;
    }

    /** Starts what {@code ./ashar up} starts, as the moment asks. */
    static Target up(Path data, int port, Path output, @Nullable Moment moment)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of("up", "--data", data.toString(), "--port", Integer.toString(port)));
        if (moment == Moment.DEMONSTRATION) {
            arguments.add("--demo");
        }
        Map<String, String> more =
                moment == Moment.JOURNAL
                        ? Map.of("ASHAR_STORE_MEMTABLE_BYTES", SMALL_MEMTABLE)
                        : Map.of();
        return start(Main.class, arguments, more, data, port, output);
    }

    /** Starts Ashar on a store that acknowledges without its journal, which must lose something. */
    static Target withoutJournal(Path data, int port, Path output)
            throws IOException, InterruptedException {
        return start(
                UpWithoutJournal.class,
                List.of(data.toString(), Integer.toString(port)),
                Map.of(),
                data,
                port,
                output);
    }

    private static Target start(
            Class<?> main,
            List<String> arguments,
            Map<String, String> environment,
            Path data,
            int port,
            Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Launch.server(main, arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        return new Target(builder.start(), data, output, URI.create("http://127.0.0.1:" + port));
    }

    URI address() {
        return address;
    }

    Path data() {
        return data;
    }

    /**
     * Waits until its data folder says that it is ready; a process that ended or takes too long
     * fails the test.
     */
    void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("it does not become ready:\n" + Files.readString(output));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isReady() {
        return Run.in(data)
                .filter(run -> run.pid() == process.pid() && run.state() == Run.State.READY)
                .isPresent();
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it survives SIGKILL");
        }
    }

    /** SIGTERM; kills what does not stop in time. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
