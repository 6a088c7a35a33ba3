package org.ashar.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ashar.standalone.Run;

/** Says what runs on a data folder. */
final class Status {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Terminal terminal;
    private final Path usualData;

    Status(Terminal terminal, Path usualData) {
        this.terminal = terminal;
        this.usualData = usualData;
    }

    int run(List<String> arguments) {
        Options options = Options.parse("status", arguments, Set.of("--data"), Set.of(), 0);
        Path data = options.value("--data").map(Path::of).orElse(usualData);
        Optional<Run> found = Run.in(data);
        if (found.isEmpty()) {
            terminal.say("Nothing runs on " + data + ".");
            return Main.NOTHING_RUNS;
        }
        Run run = found.get();
        if (run.process().isEmpty()) {
            terminal.say(
                    "Nothing runs on %s: process %d ended without saying so. ./ashar up goes on from what was kept."
                            .replace("%s", data.toString())
                            .replace("%d", Long.toString(run.pid())));
            return Main.NOTHING_RUNS;
        }
        terminal.say("Ashar is " + run.state().name().toLowerCase(Locale.ROOT));
        terminal.say("  address    " + run.address());
        terminal.say("  process    " + run.pid() + ", since " + run.started());
        terminal.say("  data       " + data.toAbsolutePath());
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            run.ports()
                    .forEach(
                            (name, port) ->
                                    terminal.say(
                                            String.format(
                                                    Locale.ROOT,
                                                    "  %-20s %s (port %d)",
                                                    name,
                                                    health(client, port),
                                                    port)));
        }
        return Main.DONE;
    }

    private static String health(HttpClient client, int port) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + port + "/actuator/health/readiness"))
                        .timeout(LIMIT)
                        .build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? "ready" : "not ready (" + status + ")";
        } catch (IOException e) {
            return "does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not asked";
        }
    }
}
