package org.ashar.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public door, as a client sees it. */
final class Door implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final URI address;

    Door(URI address) {
        this.address = address;
    }

    /** Gives a command. Throws where no answer came; throws {@link AssertionError} on a refusal. */
    Attempt.Answer give(Attempt attempt) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(attempt.path()))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(attempt.body()));
        attempt.headers().forEach(request::setHeader);
        HttpResponse<byte[]> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 503 || response.statusCode() == 429) {
            throw new IOException("not now: " + response.statusCode());
        }
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(
                    attempt.path()
                            + " "
                            + attempt.key()
                            + " answered "
                            + response.statusCode()
                            + " "
                            + new String(response.body(), UTF_8));
        }
        JsonNode body = JsonMapper.shared().readTree(response.body());
        return new Attempt.Answer(
                response.statusCode(), body.get("id").asString(), body.get("version").asLong());
    }

    /** Reads a document that must be there. */
    JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
