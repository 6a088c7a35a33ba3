package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of events go through the public door as they come. */
class EventStreamTest {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer service;
    private RunningPortal portal;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        service.createContext("/", this::answer);
        service.start();
        URI base = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        portal =
                RunningPortal.start(
                        Map.of("accountability", base),
                        "ashar.requests-at-once=2",
                        "ashar.gateway.concurrency=2",
                        "ashar.gateway.time-limit=1s");
    }

    @AfterEach
    void stop() {
        told.add("end");
        portal.close();
        service.stop(0);
        client.shutdownNow();
    }

    @Test
    void each_event_passes_when_it_comes_and_the_last_id_goes_in() throws Exception {
        try (BufferedReader events = follow("17")) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("17");
            for (String event : new String[] {"one", "two"}) {
                told.add(event);
                assertThat(events.readLine()).isEqualTo("data: " + event);
            }
            told.add("end");
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void those_who_follow_take_no_place_from_those_who_ask() throws Exception {
        BufferedReader[] followers = new BufferedReader[6];
        for (int i = 0; i < followers.length; i++) {
            followers[i] = follow("0");
        }
        assertThat(portal.get("/api/ledger/stream?refuse").statusCode()).isEqualTo(404);
        for (BufferedReader follower : followers) {
            told.add("x");
            told.add("end");
            follower.close();
        }
    }

    @Test
    void a_refusal_passes_as_it_is() {
        HttpResponse<String> answer = portal.get("/api/ledger/stream?refuse");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("refused");
    }

    @Test
    void subscriptions_are_the_same_services() {
        assertThat(portal.get("/api/subscriptions?refuse").body()).isEqualTo("refused");
    }

    private BufferedReader follow(String last) throws Exception {
        HttpResponse<InputStream> answer =
                client.send(
                        HttpRequest.newBuilder(portal.at("/api/ledger/stream"))
                                .header("Last-Event-ID", last)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(answer.headers().firstValue("X-Accel-Buffering"))
                .as("no proxy is to hold it back")
                .hasValue("no");
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
        assertThat(lines.readLine()).isEqualTo(": begun");
        return lines;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("refuse".equals(exchange.getRequestURI().getQuery())) {
                byte[] refused = "refused".getBytes(UTF_8);
                exchange.sendResponseHeaders(404, refused.length);
                exchange.getResponseBody().write(refused);
                return;
            }
            heard.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().add("X-Accel-Buffering", "no");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write(": begun\n".getBytes(UTF_8));
            body.flush();
            for (String event = told.take(); !event.equals("end"); event = told.take()) {
                body.write(("data: " + event + "\n").getBytes(UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
