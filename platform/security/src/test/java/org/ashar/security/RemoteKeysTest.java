package org.ashar.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {

    private record Reply(int status, String body) {}

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<Reply> reply = new AtomicReference<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private HttpServer server;
    private IssuerKeys keys;

    @BeforeEach
    void start() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        reply.set(new Reply(200, new JWKSet(key).toString()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/jwks",
                exchange -> {
                    calls.incrementAndGet();
                    Reply now = reply.get();
                    exchange.sendResponseHeaders(now.status(), 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(now.body().getBytes(UTF_8));
                        if (now.body().isEmpty()) {
                            out.write(' ');
                            out.flush();
                            hang();
                        }
                    }
                });
        server.start();
        keys =
                new IssuerKeys(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks"),
                        clock);
    }

    private void hang() throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void stop() {
        closing.countDown();
        keys.close();
        server.stop(0);
    }

    @Test
    void are_fetched_once_and_again_when_old() {
        for (int i = 0; i < 10; i++) {
            assertThat(keys.find("k1")).isPresent();
        }
        assertThat(calls).hasValue(1);
        clock.advance(Duration.ofMinutes(5));
        assertThat(keys.find("k1")).isPresent();
        assertThat(calls).hasValue(2);
    }

    @Test
    void are_fetched_again_though_the_clock_is_put_back() {
        assertThat(keys.find("k1")).isPresent();
        clock.advance(Duration.ofDays(-2));
        assertThat(keys.find("k1")).isPresent();
        assertThat(calls).hasValue(2);
        assertThat(keys.find("new")).isEmpty();
        clock.advance(Duration.ofSeconds(-10));
        assertThat(keys.find("new")).isEmpty();
        assertThat(calls).hasValue(3);
    }

    @Test
    void a_flood_of_unknown_keys_does_not_reach_the_issuer() {
        for (int i = 0; i < 100; i++) {
            assertThat(keys.find("forged" + i)).isEmpty();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void after_repeated_failures_the_issuer_is_left_alone() {
        reply.set(new Reply(500, "{}"));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> keys.find("k1")).isInstanceOf(KeysUnavailableException.class);
        }
        assertThat(calls).hasValue(4);
    }

    @Test
    void a_giant_document_is_refused() {
        reply.set(new Reply(200, " ".repeat(300_000)));
        assertThatThrownBy(() -> keys.find("k1")).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void a_redirect_is_not_followed() {
        reply.set(new Reply(302, "{}"));
        assertThatThrownBy(() -> keys.find("k1"))
                .isInstanceOf(KeysUnavailableException.class)
                .hasRootCauseMessage(
                        "http://127.0.0.1:%d/jwks answered 302"
                                .formatted(server.getAddress().getPort()));
    }

    @Test
    void a_document_that_never_ends_is_given_up_in_time() {
        reply.set(new Reply(200, ""));
        long start = System.nanoTime();
        assertThatThrownBy(() -> keys.find("k1")).isInstanceOf(KeysUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void only_files_and_http_are_read() {
        assertThatThrownBy(() -> new IssuerKeys(URI.create("ftp://a/b"), clock))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IssuerKeys(URI.create("jwks.json"), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
