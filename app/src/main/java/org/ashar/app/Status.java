package org.ashar.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.KeyFolderException;
import org.ashar.standalone.DataFolder;
import org.ashar.standalone.Run;
import org.ashar.standalone.StoreHealth;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what runs on a data folder. */
final class Status {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path usualData;
    private final Clock clock;

    Status(Terminal terminal, Map<String, String> environment, Path usualData, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.usualData = usualData;
        this.clock = clock;
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
        List<String> services = new ArrayList<>();
        Set<String> troubles = new TreeSet<>();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            run.ports()
                    .forEach(
                            (name, port) ->
                                    services.add(
                                            String.format(
                                                    Locale.ROOT,
                                                    "  %-20s %s (port %d)",
                                                    name,
                                                    health(client, port, troubles),
                                                    port)));
            String state = run.state().name().toLowerCase(Locale.ROOT);
            terminal.say("Ashar is " + state + (troubles.isEmpty() ? "" : ", but:"));
            troubles.forEach(trouble -> terminal.say("  " + trouble));
            terminal.say("  address    " + run.address());
            terminal.say("  process    " + run.pid() + ", since " + run.started());
            terminal.say("  data       " + data.toAbsolutePath());
            services.forEach(terminal::say);
            String token = token(data);
            if (!token.isEmpty()) {
                new TreeSet<>(Services.STREAMS.values())
                        .forEach(
                                name ->
                                        backlog(client, run.ports().getOrDefault(name, 0), token)
                                                .ifPresent(
                                                        what -> terminal.say("  " + name + what)));
            }
        }
        return Main.DONE;
    }

    /**
     * None where another sign-in is in use, which the running instance may have been told of and
     * this shell not: then there is no key, and none is made. None where the keys are another
     * user's.
     */
    private String token(Path data) {
        try {
            return environment.containsKey("ASHAR_ISSUER")
                            || !DevelopmentIssuer.isIn(DataFolder.keysOf(data, environment, clock))
                    ? ""
                    : TokenCommand.operator(environment, data, clock);
        } catch (KeyFolderException e) {
            terminal.complain("what waits cannot be asked: " + e.getMessage());
            return "";
        }
    }

    /** What was answered and has not reached the broker; nothing is said where all has. */
    private static Optional<String> backlog(HttpClient client, int port, String token) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/relay"))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + token)
                        .build();
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return Optional.of(" does not say what waits (" + answer.statusCode() + ")");
            }
            JsonNode relay = JsonMapper.shared().readTree(answer.body());
            String since = relay.path("failingSince").asString("");
            int waiting = relay.path("waiting").asInt();
            return since.isEmpty() && waiting == 0
                    ? Optional.empty()
                    : Optional.of(
                            ": "
                                    + waiting
                                    + " commits wait for the broker"
                                    + (since.isEmpty() ? "" : ", which has failed since " + since));
        } catch (IOException e) {
            return Optional.of(" does not say what waits");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether it is ready; what it says is wrong is added to {@code troubles}. */
    private static String health(HttpClient client, int port, Set<String> troubles) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + port + "/actuator/health/readiness"))
                        .timeout(LIMIT)
                        .build();
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            troubles.addAll(StoreHealth.troubles(answer.body()));
            int status = answer.statusCode();
            return status == 200 ? "ready" : "not ready (" + status + ")";
        } catch (IOException e) {
            return "does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not asked";
        }
    }
}
