package org.ashar.app.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.ashar.standalone.Run;

/** Asks for a rebuild of the public record, as an operator does. */
final class Rebuild {

    private Rebuild() {}

    static void ask(Path data, Village village) throws IOException, InterruptedException {
        int port = Run.in(data).orElseThrow().ports().getOrDefault("progress-reports", 0);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + port
                                                            + "/internal/views/record/rebuild"))
                                    .timeout(Duration.ofSeconds(10))
                                    .header(
                                            "Authorization",
                                            "Bearer " + village.token("operator", 1))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(
                        "no rebuild: " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
