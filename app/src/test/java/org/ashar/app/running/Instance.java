package org.ashar.app.running;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.app.Main;
import org.ashar.app.launch.Launch;
import org.awaitility.Awaitility;

/** A process that {@code ./ashar} would start. */
final class Instance implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern READY = Pattern.compile("Ready after \\d+ s: (http://\\S+)");

    /** Its bit in the masks of signals that Linux shows. */
    private static final long SIGINT = 0b10;

    private final Process process;
    private final Path data;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reading;

    private Instance(Process process, Path data) {
        this.process = process;
        this.data = data;
        this.reading = Thread.ofVirtual().start(this::read);
    }

    /** Starts {@code up} on a data folder, on any free port. */
    static Instance up(Path data, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        if (!List.of(more).contains("--port")) {
            arguments.addAll(List.of("--port", "0"));
        }
        arguments.addAll(List.of(more));
        List<String> command = new ArrayList<>(hearingInterrupts());
        command.addAll(Launch.server(Main.class, arguments));
        return start(command, data);
    }

    /**
     * What a command begins with, so that it hears SIGINT also in the background of a script, where
     * it is ignored and Java would keep to that. Nothing where {@code env} cannot do it.
     */
    private static List<String> hearingInterrupts() throws IOException, InterruptedException {
        List<String> reset = List.of("env", "--default-signal=INT");
        List<String> attempt = new ArrayList<>(reset);
        attempt.add("true");
        Process process = new ProcessBuilder(attempt).redirectErrorStream(true).start();
        boolean isKnown = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        return isKnown ? reset : List.of();
    }

    /** Runs one of the commands that look at what runs on a data folder. */
    static Instance command(Path data, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return start(Launch.tool(all), data);
    }

    private static Instance start(List<String> command, Path data) throws IOException {
        return new Instance(new ProcessBuilder(command).redirectErrorStream(true).start(), data);
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(its output ended: " + e.getMessage() + ")");
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it is ready, and answers where. */
    String address() {
        return await(READY).group(1);
    }

    /** Waits for a line that holds {@code pattern}. */
    Matcher await(Pattern pattern) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> find(pattern) != null || !process.isAlive());
        Matcher found = find(pattern);
        if (found == null) {
            throw new AssertionError("it ended without " + pattern + ":\n" + output());
        }
        return found;
    }

    private @org.jspecify.annotations.Nullable Matcher find(Pattern pattern) {
        for (String line : List.copyOf(lines)) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
        return null;
    }

    /** Waits until the process has ended, and answers its exit status. */
    int status() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + output());
        }
        if (!reading.join(Duration.ofSeconds(30))) {
            throw new AssertionError("its output does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** All that it printed so far, and where it logged, the end of its log. */
    String output() {
        StringBuilder all = new StringBuilder(String.join("\n", List.copyOf(lines)));
        Path log = data.resolve("logs/ashar.log");
        try {
            if (Files.exists(log)) {
                List<String> logged = Files.readAllLines(log);
                all.append("\n--- log\n");
                logged.stream()
                        .skip(Math.max(0, logged.size() - 60))
                        .forEach(line -> all.append(line).append('\n'));
            }
        } catch (IOException e) {
            all.append("\n(the log cannot be read: ").append(e.getMessage()).append(")");
        }
        return all.toString();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** SIGTERM, and waits for the end. */
    void stop() throws InterruptedException {
        process.destroy();
        status();
    }

    /** SIGINT, as a terminal sends it at Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(pid())).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("it could not be interrupted");
        }
    }

    /** Not where SIGINT was ignored when it started, as it is in the background of a script. */
    boolean hearsInterrupts() throws IOException {
        Path status = Path.of("/proc", Long.toString(pid()), "status");
        if (!Files.exists(status)) {
            return true;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .noneMatch(ignored -> (ignored & SIGINT) != 0);
    }

    @Override
    public void close() {
        kill();
    }

    static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
