package org.ashar.app.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public door, as a client sees it. */
final class Door implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** It was said that the command cannot be served now, and may be given again. */
    private static final class NotNowException extends IOException {
        NotNowException(int status) {
            super("not now: " + status);
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final URI address;

    Door(URI address) {
        this.address = address;
    }

    /** Gives a command; throws where no answer came, or none but that it cannot be served now. */
    Answer give(Attempt attempt) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(attempt.path()))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(attempt.body()));
        attempt.headers().forEach(request::setHeader);
        HttpResponse<String> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 503 || response.statusCode() == 429) {
            throw new NotNowException(response.statusCode());
        }
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("ETag").orElse(""),
                response.headers().firstValue("Location").orElse(""));
    }

    /** Gives a command that must take effect. */
    Answer accepted(Attempt attempt) throws IOException, InterruptedException {
        Answer answer = give(attempt);
        if (!answer.isAccepted()) {
            throw new AssertionError(attempt + " is refused: " + answer);
        }
        return answer;
    }

    /**
     * Gives a command until it is accepted, at most for {@code limit}: it may have to wait until
     * the service has heard of what it is about, or can serve anyone. The last answer, be it a
     * refusal.
     */
    Answer patient(Attempt attempt, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                Answer answer = give(attempt);
                boolean isTooEarly = answer.code().equals("report.subject-unknown");
                if (!isTooEarly || System.nanoTime() > deadline) {
                    return answer;
                }
            } catch (NotNowException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
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
