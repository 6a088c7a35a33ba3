package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
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
    private final CountDownLatch closed = new CountDownLatch(1);
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
                        "ashar.gateway.streams-of-address=2",
                        "server.forward-headers-strategy=native",
                        "server.tomcat.connection-timeout=4s",
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
    void one_address_has_so_many_streams_and_leaves_room_for_others() throws Exception {
        try (BufferedReader first = follow("0", "203.0.113.9");
                BufferedReader second = follow("0", "::ffff:203.0.113.9")) {
            HttpResponse<String> refused = beyond("203.0.113.9");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("portal.too-many-streams", "most 2 streams");
            try (BufferedReader other = follow("0", "203.0.113.10")) {
                told.add("end");
                told.add("end");
                told.add("end");
                assertThat(List.of(first, second, other))
                        .allSatisfy(one -> assertThat(one.readLine()).isNull());
            }
        }
        await().untilAsserted(() -> assertThat(beyond("203.0.113.9").statusCode()).isEqualTo(404));
    }

    @Test
    void whoever_has_many_addresses_of_one_network_has_no_more_streams() throws Exception {
        try (BufferedReader first = follow("0", "2001:db8::1");
                BufferedReader second = follow("0", "2001:db8::2")) {
            assertThat(beyond("2001:db8:0:0:ffff::3").statusCode()).isEqualTo(429);
            assertThat(beyond("2001:db8:0:1::3").statusCode()).isEqualTo(404);
            told.add("end");
            told.add("end");
            assertThat(List.of(first, second))
                    .allSatisfy(one -> assertThat(one.readLine()).isNull());
        }
    }

    @Test
    void who_takes_nothing_is_left_and_goes_on_from_the_last_that_came() throws Exception {
        String address = "203.0.113.20";
        String last;
        try (BufferedReader other = follow("0", address);
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), portal.port())) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("0");
            slow.setReceiveBufferSize(4 * 1024);
            slow.getOutputStream()
                    .write(
                            "GET /api/ledger/stream?flood HTTP/1.0\r\nHost: x\r\nX-Forwarded-For: %s\r\n\r\n"
                                    .formatted(address)
                                    .getBytes(UTF_8));
            last = takeOne(slow);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("null");
            assertThat(beyond(address).statusCode()).isEqualTo(429);
            assertThat(closed.await(20, TimeUnit.SECONDS))
                    .as("the connection to the service is closed")
                    .isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(beyond(address).statusCode()).isEqualTo(404));
            told.add("end");
            assertThat(other.readLine()).isNull();
        }
        try (BufferedReader events = follow(last, address)) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(last);
            told.add("next");
            assertThat(events.readLine()).isEqualTo("data: next");
        }
    }

    /** The id of the first event, which alone is taken whole. */
    private static String takeOne(Socket slow) throws IOException {
        slow.setSoTimeout(10_000);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(slow.getInputStream(), UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("id: ")) {
            line = lines.readLine();
        }
        assertThat(lines.readLine()).startsWith("data: ");
        return String.valueOf(line).substring("id: ".length());
    }

    /** What is answered to one more, which the service itself would refuse. */
    private HttpResponse<String> beyond(String address) {
        return portal.get(
                "/api/ledger/stream?refuse",
                "X-Forwarded-For",
                address,
                "Accept",
                "application/json",
                "Accept-Language",
                "en");
    }

    @Test
    void a_refusal_passes_as_it_is() {
        HttpResponse<String> answer = portal.get("/api/ledger/stream?refuse");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("refused");
    }

    @Test
    void a_browser_that_finds_the_service_stopped_is_told_to_come_back() {
        service.stop(0);
        HttpResponse<String> program = portal.get("/api/ledger/stream");
        assertThat(program.statusCode()).isEqualTo(503);
        HttpResponse<String> browser =
                portal.get("/api/ledger/stream", "Accept", "text/event-stream");
        assertThat(browser.statusCode()).isEqualTo(200);
        assertThat(browser.headers().firstValue("Retry-After")).isPresent();
        assertThat(browser.body()).matches("retry: [1-9]\\d{3,4}\n\n");
    }

    @Test
    void subscriptions_are_the_same_services() {
        assertThat(portal.get("/api/subscriptions?refuse").body()).isEqualTo("refused");
    }

    private BufferedReader follow(String last) throws Exception {
        return follow(last, "127.0.0.1");
    }

    private BufferedReader follow(String last, String address) throws Exception {
        HttpResponse<InputStream> answer =
                client.send(
                        HttpRequest.newBuilder(portal.at("/api/ledger/stream"))
                                .header("Last-Event-ID", last)
                                .header("X-Forwarded-For", address)
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
            if ("flood".equals(exchange.getRequestURI().getQuery())) {
                flood(body);
            }
            for (String event = told.take(); !event.equals("end"); event = told.take()) {
                body.write(("data: " + event + "\n").getBytes(UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends events for as long as anyone takes them. */
    private void flood(OutputStream body) throws IOException {
        String data = "\ndata: " + "y".repeat(8_000) + "\n\n";
        try {
            for (int id = 0; ; id++) {
                body.write(("id: " + id + data).getBytes(UTF_8));
                body.flush();
            }
        } finally {
            closed.countDown();
        }
    }
}
