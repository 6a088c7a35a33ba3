package org.ashar.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ashar.standalone.DataFolder;
import org.ashar.standalone.Standalone;
import org.ashar.standalone.StandaloneException;
import org.ashar.standalone.StandaloneSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Starts everything, says where it is, and stays until it is told to stop. */
final class Up {
    private static final int USUAL_PORT = 8080;
    private static final int START_LIMIT_SECONDS = 30;
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path usualData;
    private final Clock clock;

    Up(Terminal terminal, Map<String, String> environment, Path usualData, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.usualData = usualData;
        this.clock = clock;
    }

    int run(List<String> arguments) {
        Options options =
                Options.parse(
                        "up",
                        arguments,
                        Set.of("--data", "--port", "--host"),
                        Set.of("--demo", "--fresh", "--yes"),
                        0);
        Path data = options.value("--data").map(Path::of).orElse(usualData).toAbsolutePath();
        StandaloneSettings settings =
                new StandaloneSettings(
                        data,
                        options.value("--host").orElse("127.0.0.1"),
                        options.value("--port").map(Up::port).orElse(USUAL_PORT),
                        clock,
                        environment,
                        Services.FRONT,
                        Services.BEHIND);
        if (options.has("--fresh")) {
            Standalone.demandFreePort(settings); // nothing is deleted for a start that cannot be
            if (!cleared(data, options.has("--yes"))) {
                return Main.FAILED;
            }
        }
        long began = System.nanoTime();
        terminal.say("Starting Ashar on " + data);
        CompletableFuture<Standalone> starting = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(starting, stopped), "stop"));
        Standalone standalone;
        try {
            standalone = Standalone.start(settings, terminal::say);
            starting.complete(standalone);
        } catch (RuntimeException e) {
            starting.completeExceptionally(e);
            throw e;
        }
        terminal.say(
                "Ready after %s s: %s"
                        .replaceFirst(
                                "%s", Long.toString((System.nanoTime() - began) / 1_000_000_000))
                        .replaceFirst("%s", standalone.address()));
        if (options.has("--demo")) {
            new DemoCommand(terminal, environment, data, clock).load(standalone.address());
        }
        invite(standalone.address(), data, options.has("--demo"));
        awaitStop(stopped);
        return Main.DONE;
    }

    private boolean cleared(Path data, boolean confirmed) {
        if (!DataFolder.mayDelete(data)) {
            return true;
        }
        if (!confirmed && !terminal.confirmed("Delete everything in " + data + "?")) {
            terminal.complain("nothing was deleted; without a terminal to ask, say --yes");
            return false;
        }
        DataFolder.delete(data);
        terminal.say("Deleted " + data);
        return true;
    }

    private void invite(String address, Path data, boolean demo) {
        String folder = data.equals(usualData) ? "" : " --data " + data;
        terminal.say("");
        terminal.say("Three things to try:");
        if (demo) {
            terminal.say(
                    "  read      "
                            + address
                            + "/places/soate/41706211812000 (or choose a place at "
                            + address
                            + "/)");
        } else {
            String tip =
                    isEmpty(address) ? "with --demo there would be much to read" : "choose a place";
            terminal.say("  read      " + address + "/ (" + tip + ")");
        }
        terminal.say("  ask       curl '" + address + "/api/commitments?limit=2'");
        terminal.say(
                "  promise   ./ashar token --role officer --place 41706211812000"
                        + folder
                        + "   then POST to "
                        + address
                        + "/api/commitments");
        terminal.say("");
        terminal.say("Ctrl-C stops it; ./ashar stop" + folder + " does too.");
    }

    /** Whether nothing is published here yet, as far as that can be told. */
    private static boolean isEmpty(String address) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/api/commitments?limit=1"))
                        .timeout(LOOK_LIMIT)
                        .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LOOK_LIMIT).build()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    && JsonMapper.shared().readTree(answer.body()).path("items").isEmpty();
        } catch (IOException | JacksonException e) {
            return false; // only a tip is left out
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stop(CompletableFuture<Standalone> starting, CountDownLatch stopped) {
        try {
            Standalone standalone = starting.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
            terminal.say("Stopping …");
            standalone.close();
            terminal.say("Stopped.");
        } catch (ExecutionException e) {
            stopped.countDown(); // it never started, and has said why
        } catch (TimeoutException e) {
            terminal.complain(
                    "stopped while it was starting; the next start goes on from what was kept");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitStop(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new StandaloneException(
                    "there is no port " + text + ": a port is 1 to 65535, or 0 for any free one");
        }
        return Integer.parseInt(text);
    }
}
