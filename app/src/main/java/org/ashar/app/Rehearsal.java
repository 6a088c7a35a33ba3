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
import org.ashar.standalone.Standalone;
import org.ashar.standalone.StandaloneException;
import org.ashar.standalone.StandaloneSettings;

/**
 * Starts everything on a folder of its own, reads a little and stops, so that the JVM can keep what
 * it loaded for faster starts ({@code -XX:AOTCacheOutput}). For {@code ./ashar} alone.
 */
final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> PAGES =
            List.of(
                    "/",
                    "/?q=Ош",
                    "/places/soate/41706211812000",
                    "/api/commitments",
                    "/api/record/places/soate/41706211812000");

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    Rehearsal(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    int run(List<String> arguments) {
        Options options = Options.parse("rehearse", arguments, Set.of("--data"), Set.of(), 0);
        Path data =
                options.value("--data")
                        .map(Path::of)
                        .orElseThrow(() -> new UsageException("rehearse needs --data"));
        // No store or broker of anyone's: those of the settings are not for rehearsals.
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().removeIf(name -> name.startsWith("ASHAR_") || name.equals("PATH"));
        StandaloneSettings settings =
                new StandaloneSettings(
                        data, "127.0.0.1", 0, clock, own, Services.FRONT, Services.BEHIND);
        try (Standalone standalone = Standalone.start(settings, terminal::say);
                HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            for (String page : PAGES) {
                URI address = URI.create(standalone.address() + page);
                HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
                terminal.say(
                        page
                                + " "
                                + client.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode());
            }
        } catch (IOException e) {
            throw new StandaloneException("the rehearsal broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted", e);
        }
        return Main.DONE;
    }
}
