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
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.standalone.Run;
import org.ashar.standalone.StandaloneException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator asks of a running instance, at its services' own ports. */
final class Operator {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PAGE = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path usualData;
    private final Clock clock;

    Operator(Terminal terminal, Map<String, String> environment, Path usualData, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.usualData = usualData;
        this.clock = clock;
    }

    int run(String command, List<String> arguments) {
        int words = command.equals("parked") ? 2 : 1;
        Set<String> switches = command.equals("rebuild") ? Set.of("--no-wait") : Set.of();
        Options options = Options.parse(command, arguments, Set.of("--data"), switches, words);
        Path data = options.value("--data").map(Path::of).orElse(usualData);
        List<String> given = options.words();
        Request request = understood(command, given, !options.has("--no-wait"));
        Run run =
                Run.in(data)
                        .filter(known -> known.process().isPresent())
                        .orElseThrow(
                                () ->
                                        new StandaloneException(
                                                "nothing runs on "
                                                        + data
                                                        + ": start it with ./ashar up"));
        // Anew for each request: a rebuild may be watched for longer than a token lasts.
        Supplier<String> tokens = () -> TokenCommand.operator(environment, data, clock);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            return new Asking(client, run, data, tokens).give(request);
        }
    }

    private sealed interface Request {
        record ListParked() implements Request {}

        record Replay(String id) implements Request {}

        record Rebuild(String view, String service, boolean isWatched) implements Request {}

        record Republish(StreamId stream, String service) implements Request {}
    }

    private static Request understood(String command, List<String> words, boolean isWatched) {
        return switch (command) {
            case "rebuild" -> {
                String view = words.isEmpty() ? "" : words.getFirst();
                String service = Services.VIEWS.get(view);
                if (service == null) {
                    throw new UsageException(
                            "rebuild needs one of these views: "
                                    + String.join(", ", Services.VIEWS.keySet()));
                }
                yield new Request.Rebuild(view, service, isWatched);
            }
            case "republish" -> {
                String text = words.isEmpty() ? "" : words.getFirst();
                String service =
                        Services.STREAMS.get(text.substring(0, Math.max(0, text.indexOf('/'))));
                if (service == null
                        || !(StreamId.parse(text) instanceof Checked.Valid<StreamId>(StreamId s))) {
                    throw new UsageException(
                            "republish needs a stream, such as commitment/ and its id of 26 letters;"
                                    + " known are "
                                    + new TreeMap<>(Services.STREAMS).keySet());
                }
                yield new Request.Republish(s, service);
            }
            default -> {
                if (words.isEmpty() || words.equals(List.of("list"))) {
                    yield new Request.ListParked();
                }
                if (words.size() == 2 && words.getFirst().equals("replay")) {
                    yield new Request.Replay(words.getLast());
                }
                throw new UsageException("parked knows list and replay ID");
            }
        };
    }

    /** One conversation with a running instance. */
    private final class Asking {
        private final HttpClient client;
        private final Run run;
        private final Path data;
        private final Supplier<String> tokens;

        Asking(HttpClient client, Run run, Path data, Supplier<String> tokens) {
            this.client = client;
            this.run = run;
            this.data = data;
            this.tokens = tokens;
        }

        int give(Request request) {
            switch (request) {
                case Request.ListParked() -> list();
                case Request.Replay(String id) -> {
                    return replay(id);
                }
                case Request.Rebuild(String view, String service, boolean isWatched) ->
                        rebuild(view, service, isWatched);
                case Request.Republish(StreamId stream, String service) -> {
                    JsonNode answer = post(service, "/internal/republish/" + stream);
                    long sent = answer.path("published").asLong();
                    terminal.say(
                            sent == 0
                                    ? stream + " is not known or has published nothing yet."
                                    : "Sent " + sent + " events of " + stream + " again.");
                }
            }
            return Main.DONE;
        }

        private void rebuild(String view, String service, boolean isWatched) {
            String path = "/internal/views/" + view;
            int generation = post(service, path + "/rebuild").path("generation").asInt();
            terminal.say(
                    "Rebuilding "
                            + view
                            + " as generation "
                            + generation
                            + ", while the present one goes on serving.");
            if (isWatched) {
                String folder = data.equals(usualData) ? "" : " --data " + data;
                new RebuildWatch(terminal, PATIENCE, "./ashar rebuild " + view + folder)
                        .await(view, generation, () -> ask(service, "GET", path));
            }
        }

        private void list() {
            int found = 0;
            for (Services.Parking parking : Services.PARKINGS) {
                String path = parking.path() + "?limit=" + PAGE;
                String next = "";
                do {
                    JsonNode page =
                            ask(
                                    parking.service(),
                                    "GET",
                                    path + (next.isEmpty() ? "" : "&after=" + next));
                    for (JsonNode event : page.path("items")) {
                        found++;
                        terminal.say(
                                event.path("id").asString("")
                                        + "  "
                                        + parking.name()
                                        + "  "
                                        + event.path("reason").asString("")
                                        + (event.path("blocking").asBoolean(false)
                                                ? "  (its stream waits)"
                                                : ""));
                        terminal.say(
                                "    since "
                                        + event.path("parkedAt").asString("")
                                        + "  "
                                        + event.path("eventType").asString("type unknown")
                                        + "  "
                                        + event.path("eventId").asString("id unknown"));
                        terminal.say("    " + event.path("detail").asString(""));
                    }
                    next = page.path("next").asString("");
                } while (!next.isEmpty());
            }
            terminal.say(found == 0 ? "Nothing is parked." : found + " parked.");
        }

        private int replay(String id) {
            for (Map.Entry<String, String> view : Services.VIEWS.entrySet()) {
                String outcome =
                        post(
                                        view.getValue(),
                                        "/internal/views/"
                                                + view.getKey()
                                                + "/parked/"
                                                + java.net.URLEncoder.encode(
                                                        id, java.nio.charset.StandardCharsets.UTF_8)
                                                + "/replay")
                                .path("outcome")
                                .asString("");
                switch (outcome) {
                    case "applied" -> terminal.say(id + " is in effect now.");
                    case "held" ->
                            terminal.say(id + " can be read now and waits for an earlier event.");
                    default -> {
                        terminal.complain(id + " still cannot be read and stays parked");
                        return Main.FAILED;
                    }
                }
            }
            return Main.DONE;
        }

        private JsonNode post(String service, String path) {
            return ask(service, "POST", path);
        }

        private JsonNode ask(String service, String method, String path) {
            Integer port = run.ports().get(service);
            if (port == null) {
                throw new StandaloneException(service + " is not among what runs");
            }
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(LIMIT)
                            .header("Authorization", "Bearer " + tokens.get())
                            .header("Accept-Language", "en")
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
            try {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                JsonNode body = JSON.readTree(answer.body());
                if (answer.statusCode() / 100 != 2) {
                    throw new StandaloneException(
                            service
                                    + " refused: "
                                    + body.path("title").asString("")
                                    + " ("
                                    + answer.statusCode()
                                    + " "
                                    + body.path("code").asString("")
                                    + ")");
                }
                return body;
            } catch (IOException | JacksonException e) {
                throw new StandaloneException(service + " does not answer: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StandaloneException("interrupted while asking " + service, e);
            }
        }
    }
}
