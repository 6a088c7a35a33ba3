package org.ashar.app.crash;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ashar.app.Main;
import org.ashar.standalone.Run;

/** An Ashar in a process of its own, to be killed. */
final class Target implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx320m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

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

    /** Starts what {@code ./ashar up} starts. */
    static Target up(Path data, int port, Path output, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of("up", "--data", data.toString(), "--port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        return start(Main.class.getName(), arguments, data, port, output);
    }

    /** Starts Ashar on a store that acknowledges without its journal, which must lose something. */
    static Target withoutJournal(Path data, int port, Path output) throws IOException {
        return start(
                UpWithoutJournal.class.getName(),
                List.of(data.toString(), Integer.toString(port)),
                data,
                port,
                output);
    }

    private static Target start(
            String main, List<String> arguments, Path data, int port, Path output)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path",
                                System.getProperty("java.class.path"))));
        command.add(main);
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .redirectInput(new File("/dev/null"))
                        .start();
        return new Target(process, data, output, URI.create("http://127.0.0.1:" + port));
    }

    URI address() {
        return address;
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
