package org.ashar.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the issuer's JWKS document is read: a local file, or an address on the net. */
sealed interface JwksDocument extends AutoCloseable {

    /** A document beyond this many bytes is refused. */
    int MAX_BYTES = 256 * 1024;

    /** The document's text, or why it cannot be had. */
    String read() throws IOException;

    @Override
    void close();

    /** Throws {@link IllegalArgumentException} on anything but a file, http or https address. */
    static JwksDocument at(URI location) {
        String scheme = location.getScheme() == null ? "" : location.getScheme();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "file" -> new Local(Path.of(location));
            case "http", "https" -> new Remote(location);
            default ->
                    throw new IllegalArgumentException(
                            "the issuer's keys are at a file:, http: or https: address, not at "
                                    + location);
        };
    }

    /** A file of this machine. */
    record Local(Path file) implements JwksDocument {
        @Override
        public String read() throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
                }
                return new String(bytes, UTF_8);
            }
        }

        @Override
        public void close() {}
    }

    /**
     * An address on the net. At most five seconds a call, no redirects; after repeated failures no
     * call at all for half a minute.
     */
    final class Remote implements JwksDocument {

        private static final Duration CONNECT = Duration.ofSeconds(2);
        private static final Duration WHOLE_CALL = Duration.ofSeconds(5);

        private final URI location;
        private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        private final CircuitBreaker breaker =
                CircuitBreaker.of(
                        "issuer-keys",
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(4)
                                .minimumNumberOfCalls(4)
                                .waitDurationInOpenState(Duration.ofSeconds(30))
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .build());

        Remote(URI location) {
            this.location = location;
        }

        @Override
        public String read() throws IOException {
            try {
                return breaker.executeCallable(this::fetch);
            } catch (CallNotPermittedException e) {
                throw new IOException("too many failures at " + location + "; waiting", e);
            } catch (IOException e) {
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (Exception e) {
                throw new IOException("cannot read " + location, e);
            }
        }

        private String fetch() throws IOException, InterruptedException {
            HttpRequest request =
                    HttpRequest.newBuilder(location)
                            .timeout(WHOLE_CALL)
                            .header("Accept", "application/jwk-set+json, application/json")
                            .build();
            CompletableFuture<HttpResponse<byte[]>> call =
                    client.sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
            try {
                HttpResponse<byte[]> response =
                        call.get(WHOLE_CALL.toMillis(), TimeUnit.MILLISECONDS);
                if (response.statusCode() != 200) {
                    throw new IOException(location + " answered " + response.statusCode());
                }
                return new String(response.body(), UTF_8);
            } catch (ExecutionException e) {
                throw new IOException("cannot read " + location, e.getCause());
            } catch (TimeoutException e) {
                throw new IOException(location + " did not answer in time", e);
            } finally {
                call.cancel(true);
            }
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
