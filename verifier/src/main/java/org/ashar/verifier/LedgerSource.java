package org.ashar.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ashar.tlog.Tile;

/** Reads a log over HTTP. What is too large, too slow or not there ends in an exception. */
final class LedgerSource implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int LARGEST_NOTE = 1 << 20;
    private static final int LARGEST_TILE = Tile.FULL * (2 + 0xffff);
    private static final int ATTEMPTS = 4;

    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /**
     * @param base where the installation is; the log lies under {@code /ledger} there
     */
    LedgerSource(URI base) {
        this.base = base;
    }

    byte[] key() throws IOException, InterruptedException {
        return now(get("/ledger/key", LARGEST_NOTE));
    }

    byte[] checkpoint() throws IOException, InterruptedException {
        return now(get("/ledger/checkpoint.latest", LARGEST_NOTE));
    }

    /** Begins to read a tile of hashes or a bundle of entries. */
    CompletableFuture<byte[]> tile(Tile tile) {
        return get("/ledger/" + tile.path(), LARGEST_TILE);
    }

    /** Waits for what was begun. */
    static byte[] now(CompletableFuture<byte[]> begun) throws IOException, InterruptedException {
        try {
            return begun.get(ATTEMPTS * WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer in time", e);
        }
    }

    private CompletableFuture<byte[]> get(String path, int largest) {
        return attempt(path, largest, 1);
    }

    private CompletableFuture<byte[]> attempt(String path, int largest, int attempt) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(WITHIN).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(answer -> body(path, answer, largest))
                .exceptionallyComposeAsync(
                        failure ->
                                attempt < ATTEMPTS
                                        ? attempt(path, largest, attempt + 1)
                                        : CompletableFuture.failedFuture(failure),
                        CompletableFuture.delayedExecutor(500L * attempt, TimeUnit.MILLISECONDS));
    }

    private static byte[] body(String path, HttpResponse<InputStream> answer, int largest) {
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(largest + 1);
            if (answer.statusCode() != 200 || bytes.length > largest) {
                throw new UncheckedAnswer(
                        path
                                + (answer.statusCode() == 200
                                        ? " is too large"
                                        : " answered " + answer.statusCode()));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedAnswer(path + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** An answer that is of no use, on its way through a future. */
    private static final class UncheckedAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UncheckedAnswer(String message) {
            super(message, null, false, false);
        }
    }
}
