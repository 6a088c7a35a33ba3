package org.ashar.app.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public door, as a client sees it. */
final class Door implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);

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
    private final AtomicInteger turnedAway = new AtomicInteger();

    Door(URI address) {
        this.address = address;
    }

    /**
     * Gives a command, and again where it was said that it cannot be served now, as whoever is told
     * to come back later does; throws where no other answer came in time.
     */
    Answer give(Attempt attempt) throws IOException, InterruptedException {
        return give(attempt, PATIENCE);
    }

    private Answer give(Attempt attempt, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean isFirst = true;
        while (true) {
            try {
                return once(attempt);
            } catch (NotNowException e) {
                if (isFirst) {
                    turnedAway.incrementAndGet();
                    isFirst = false;
                }
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** How many commands could not be served at the first attempt. */
    int turnedAway() {
        return turnedAway.get();
    }

    private Answer once(Attempt attempt) throws IOException, InterruptedException {
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
     * Gives a command until the service has heard of what it is about, at most for {@code limit}.
     * The last answer, be it a refusal.
     */
    Answer patient(Attempt attempt, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Answer answer = give(attempt, limit);
            if (!answer.code().equals("report.subject-unknown") || System.nanoTime() > deadline) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Reads a document that must be there. */
    JsonNode read(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(bytes(path));
    }

    /** Reads bytes that must be there. */
    byte[] bytes(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode());
        }
        return response.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
