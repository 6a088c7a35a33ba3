package org.ashar.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.ashar.json.AsharJson;
import org.ashar.portal.StubService.Asked;
import org.ashar.portal.StubService.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayTest {

    private static final Reply OK = reply(200, "{\"ok\":true}");

    private final StubService budget = StubService.start(_ -> OK);
    private final StubService reports = StubService.start(_ -> OK);
    private final StubService ledger = StubService.start(_ -> OK);
    private final CountDownLatch over = new CountDownLatch(1);
    private RunningPortal portal;

    @BeforeAll
    void start() {
        portal =
                RunningPortal.start(
                        Map.of(
                                "budget-commitments", budget.base(),
                                "progress-reports", reports.base(),
                                "accountability", ledger.base()),
                        "server.tomcat.connection-timeout=2s",
                        "ashar.gateway.time-limit=1500ms",
                        "ashar.gateway.open-for=400ms",
                        "ashar.gateway.concurrency=8",
                        "ashar.gateway.queue-limit=50ms");
    }

    @AfterAll
    void stop() {
        over.countDown();
        portal.close();
        budget.close();
        reports.close();
        ledger.close();
    }

    @BeforeEach
    void calm() {
        budget.behave(_ -> OK);
        reports.behave(_ -> OK);
        ledger.behave(_ -> OK);
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                portal.get("/api/commitments").statusCode() == 200
                                        && portal.get("/ledger/key").statusCode() == 200
                                        && portal.get("/api/reports").statusCode() == 200);
        for (int i = 0; i < 10; i++) {
            assertThat(portal.get("/api/commitments").statusCode()).isEqualTo(200);
            assertThat(portal.get("/ledger/key").statusCode()).isEqualTo(200);
        }
        budget.forget();
        reports.forget();
        ledger.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/commitments, budget-commitments",
        "/api/commitments/abc/publish, budget-commitments",
        "/api/budget-commitments?after=x&limit=5, budget-commitments",
        "/contracts/budget-commitments/asyncapi.yaml, budget-commitments",
        "/contracts/progress-reports/progress-report-published.v1.schema.json, progress-reports",
        "/api/progress-reports/abc, progress-reports",
        "/api/reports, progress-reports",
        "/api/record/places/soate/41705214812000?sort=due, progress-reports",
        "/api/findings?state=response-due, accountability",
        "/api/findings/abc/respond, accountability",
        "/api/ledger/openapi.yaml, accountability",
        "/ledger/checkpoint, accountability",
        "/ledger/logs, accountability",
        "/ledger/logs/1/ledger/tile/0/000, accountability"
    })
    void a_path_belongs_to_one_service(String path, String service) {
        HttpResponse<String> answer = portal.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        Map.of("budget-commitments", budget, "progress-reports", reports, "accountability", ledger)
                .forEach(
                        (name, stub) ->
                                assertThat(stub.asked())
                                        .as(name)
                                        .extracting(Asked::uri)
                                        .isEqualTo(
                                                name.equals(service) ? List.of(path) : List.of()));
    }

    @Test
    void what_is_allowed_passes_and_nothing_else() {
        budget.behave(
                _ ->
                        new Reply(
                                201,
                                Map.of(
                                        "ETag", "\"3\"",
                                        "Location", budget.base() + "/api/commitments/abc",
                                        "Retry-After", "7",
                                        "Content-Language", "ky",
                                        "Content-Type", "application/json",
                                        "Next-After", "cursor",
                                        "Set-Cookie", "session=1",
                                        "Server", "secret/1.0",
                                        "X-Internal", "yes"),
                                "{}"));
        HttpResponse<String> answer =
                portal.post(
                        "/api/commitments",
                        "{\"title\":\"Ү\"}".getBytes(StandardCharsets.UTF_8),
                        "Authorization",
                        "Bearer a.b.c",
                        "Idempotency-Key",
                        "k-1",
                        "If-Match",
                        "\"2\"",
                        "Accept-Language",
                        "ky, ru;q=0.5",
                        "Content-Type",
                        "application/json",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "X-Actor",
                        "head",
                        "X-Forwarded-For",
                        "10.0.0.1",
                        "Cookie",
                        "a=b",
                        "TE",
                        "trailers");
        Asked asked = budget.asked().getFirst();
        assertThat(asked.header("Authorization")).isEqualTo("Bearer a.b.c");
        assertThat(asked.header("Idempotency-Key")).isEqualTo("k-1");
        assertThat(asked.header("If-Match")).isEqualTo("\"2\"");
        assertThat(asked.header("Accept-Language")).isEqualTo("ky, ru;q=0.5");
        assertThat(asked.header("traceparent")).startsWith("00-0af7");
        assertThat(asked.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(asked.headers()).doesNotContainKeys("x-actor", "cookie", "te");
        assertThat(asked.body()).isEqualTo("{\"title\":\"Ү\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("ETag")).contains("\"3\"");
        assertThat(answer.headers().firstValue("Location")).contains("/api/commitments/abc");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().firstValue("Content-Language")).contains("ky");
        assertThat(answer.headers().firstValue("Next-After")).contains("cursor");
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server", "x-internal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/secrets",
                "/api",
                "/api/",
                "/api/recordings/x",
                "/api/Commitments",
                "/api/accountability/x"
            })
    void an_unknown_route_is_404_in_the_readers_language(String path) {
        HttpResponse<String> answer = portal.get(path, "Accept-Language", "ru");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(json(answer).path("code").asString()).isEqualTo("request.no-such-path");
        assertThat(json(answer).path("title").asString()).matches(".*[а-я].*");
        assertThat(budget.asked()).isEmpty();
        assertThat(reports.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/record/../..",
                "/api/record/../../actuator/env",
                "/api/record/%2e%2e/%2e%2e/x",
                "/api/record/..%2f..%2fx",
                "/api/record/..;/x",
                "/api/record;jsessionid=1/x",
                "/api//record",
                "/api/record/./x",
                "/api/record/%00",
                "/api/record/\\..\\x",
                "/api/record/%252e%252e/x",
                "/%61pi/record/x"
            })
    void nobody_climbs_out_of_a_route(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"request.malformed");
        assertThat(reports.asked()).isEmpty();
        assertThat(budget.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /api/reports HTTP/1.1\r\nHost: x\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 30\r\n\r\nabcd",
                "Transfer-Encoding: x, chunked\r\n\r\n0\r\n\r\n",
                "Idempotency-Key: a\u0001b\r\nContent-Length: 0\r\n\r\n",
                "X-A: b\r\n folded: c\r\nContent-Length: 0\r\n\r\n"
            })
    void smuggled_headers_reach_no_service(String rest) throws IOException {
        String answer =
                raw("POST /api/commitments HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + rest);
        assertThat(reports.asked()).isEmpty();
        assertThat(budget.asked())
                .allSatisfy(
                        asked -> {
                            assertThat(asked.uri()).isEqualTo("/api/commitments");
                            assertThat(asked.headers()).doesNotContainKey("x-a");
                            assertThat(asked.header("content-length")).isIn(null, "0");
                        });
        assertThat(answer).matches("(?s)HTTP/1.1 (400|501|200).*");
    }

    /** Caches and other sites' pages rely on them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ledger/tile/0/000 | application/octet-stream | max-age=31536000, public, immutable",
                "/ledger/tile/entries/000.p/7 | application/octet-stream | max-age=31536000, public, immutable",
                "/ledger/checkpoint | text/plain;charset=UTF-8 | max-age=1, public",
                "/ledger/checkpoint.latest | text/plain;charset=UTF-8 | max-age=1, public",
                "/ledger/logs/1/ledger/checkpoint | text/plain;charset=UTF-8 | max-age=1, public"
            })
    void what_the_log_says_of_its_answers_passes_unchanged(
            String path, String type, String caching) {
        ledger.behave(
                _ ->
                        new Reply(
                                200,
                                Map.of(
                                        "Content-Type", type,
                                        "Cache-Control", caching,
                                        "Access-Control-Allow-Origin", "*"),
                                "as it is"));
        HttpResponse<String> answer = portal.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("as it is");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly(type);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly(caching);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    }

    /** Scripts of other sites read the log, and what the door or the service says in its place. */
    @ParameterizedTest
    @CsvSource({
        "GET, /ledger/checkpoint, 200, 200",
        "GET, /ledger/key, 404, 404",
        "GET, /ledger/logs, 503, 503",
        "HEAD, /ledger/tile/0/000, 200, 200",
        "GET, /ledger/tile/entries/000, 0, 503",
        "GET, /ledger/nothing, 200, 404",
        "GET, /ledger/%2e, 200, 400",
        "POST, /ledger/checkpoint, 405, 405",
        "PUT, /ledger/checkpoint, 200, 405"
    })
    void whatever_is_answered_of_the_log_is_open_to_scripts_of_other_sites(
            String method, String path, int service, int status) {
        ledger.behave(
                _ -> {
                    if (service == 0) {
                        throw new IllegalStateException("broken");
                    }
                    return reply(service, "{}");
                });
        HttpResponse<String> answer =
                portal.send(
                        HttpRequest.newBuilder(portal.at(path))
                                .header("Authorization", "Bearer a.b.c")
                                .method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ledger/tile/0/000", "/ledger/tile/entries/000"})
    void a_tile_travels_compressed_to_whoever_takes_it_so(String path) throws IOException {
        String tile = "x\u0001\u0416".repeat(1024);
        byte[] bytes = tile.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSize(4096);
        ledger.behave(
                _ -> new Reply(200, Map.of("Content-Type", "application/octet-stream"), tile));
        HttpResponse<byte[]> compressed = portal.bytes(path, "Accept-Encoding", "gzip");
        assertThat(compressed.headers().allValues("Content-Encoding")).containsExactly("gzip");
        assertThat(compressed.body()).hasSizeLessThan(bytes.length);
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(bytes);
        }
        HttpResponse<byte[]> plain = portal.bytes(path);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.body()).isEqualTo(bytes);
        assertThat(List.of(compressed, plain))
                .as("no cache gives the one for the other")
                .allSatisfy(
                        answer ->
                                assertThat(answer.headers().firstValue("Vary").orElse(""))
                                        .containsIgnoringCase("Accept-Encoding"));
    }

    @Test
    void a_connection_header_cannot_name_what_is_dropped() throws IOException {
        raw(
                """
                GET /api/commitments HTTP/1.1
                Host: evil.example
                Connection: close, Authorization
                Authorization: Bearer t
                Upgrade: h2c
                Proxy-Authorization: x
                Keep-Alive: 5

                """
                        .replace("\n", "\r\n"));
        Asked asked = budget.asked().getFirst();
        assertThat(asked.headers())
                .doesNotContainKeys("upgrade", "proxy-authorization", "keep-alive");
        assertThat(asked.header("host")).isEqualTo(budget.base().getAuthority());
    }

    @Test
    void a_body_over_the_limit_is_refused_with_and_without_its_length() {
        byte[] limit = new byte[64 * 1024];
        byte[] over = new byte[64 * 1024 + 1];
        assertThat(portal.post("/api/commitments", limit).statusCode()).isEqualTo(200);
        budget.forget();
        HttpResponse<String> told = portal.post("/api/commitments", over, "Accept-Language", "en");
        HttpResponse<String> chunked =
                portal.send(
                        HttpRequest.newBuilder(portal.at("/api/commitments"))
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(over))));
        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(json(told).path("code").asString()).isEqualTo("request.too-large");
        assertThat(json(told).path("detail").asString()).contains("65536");
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(budget.asked()).isEmpty();
    }

    /** No service takes files yet, so nobody may send more, or more slowly, by naming one. */
    @Test
    void no_address_takes_a_larger_body() {
        HttpResponse<String> answer =
                portal.post(
                        "/api/commitments/imports",
                        new byte[64 * 1024 + 1],
                        "Authorization",
                        "Bearer a.b.c");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(budget.asked()).isEmpty();
    }

    @Test
    void a_compressed_body_is_refused() {
        HttpResponse<String> answer =
                portal.post("/api/commitments", new byte[] {0x1f}, "Content-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).path("code").asString()).isEqualTo("request.content-encoding");
        assertThat(budget.asked()).isEmpty();
    }

    @Test
    void a_key_that_would_lose_its_letters_is_refused() throws IOException {
        String answer =
                raw(
                        "POST /api/commitments HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Idempotency-Key: cl\u00e9\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("request.idempotency-key-malformed");
        assertThat(budget.asked()).isEmpty();
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() throws IOException {
        String answer =
                raw("POST /api/commitments HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
        assertThat(answer).startsWith("HTTP/1.1 408").contains("request.too-slow");
        assertThat(budget.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void other_methods_are_405(String method) {
        HttpResponse<String> answer =
                portal.send(
                        HttpRequest.newBuilder(portal.at("/api/commitments"))
                                .method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        assertThat(budget.asked()).isEmpty();
    }

    @Test
    void a_service_that_refuses_is_passed_on_as_it_is() {
        budget.behave(
                _ ->
                        new Reply(
                                409,
                                Map.of("Content-Type", "application/problem+json"),
                                "{\"code\":\"commitment.already-withdrawn\"}"));
        HttpResponse<String> answer = portal.post("/api/commitments/x/withdraw", new byte[2]);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("code").asString()).isEqualTo("commitment.already-withdrawn");
        assertThat(budget.asked()).hasSize(1);
    }

    @Test
    void a_stopped_service_is_named_others_go_on_and_it_recovers_by_itself() throws IOException {
        budget.stop();
        HttpResponse<String> answer = portal.get("/api/commitments", "Accept-Language", "ky");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
        assertThat(json(answer).path("code").asString()).isEqualTo("portal.service-stopped");
        assertThat(json(answer).path("detail").asString())
                .contains("budget-commitments", "жооп бербей жатат");
        assertThat(portal.get("/api/reports").statusCode()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            assertThat(portal.get("/api/commitments").statusCode()).isEqualTo(503);
        }
        budget.restart();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> portal.get("/api/commitments").statusCode() == 200);
    }

    @Test
    void a_slow_service_costs_its_time_limit_and_then_nothing() {
        budget.behave(
                _ -> {
                    return over.await(20, TimeUnit.SECONDS) ? OK : reply(500, "");
                });
        long start = System.nanoTime();
        HttpResponse<String> first = portal.get("/api/commitments", "Accept-Language", "en");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(json(first).path("code").asString()).isEqualTo("portal.service-slow");
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            codes.add(json(portal.get("/api/commitments")).path("code").asString());
        }
        assertThat(codes).contains("portal.service-stopped");
        assertThat(budget.asked()).hasSizeLessThan(9);
        assertThat(portal.get("/api/reports").statusCode()).isEqualTo(200);
    }

    @Test
    void a_reading_is_tried_again_on_a_broken_connection() {
        AtomicInteger calls = new AtomicInteger();
        budget.behave(
                _ -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IllegalStateException("broken");
                    }
                    return OK;
                });
        assertThat(portal.get("/api/commitments").statusCode()).isEqualTo(200);
        assertThat(calls).hasValue(3);
    }

    @Test
    void a_command_is_not_sent_twice_once_it_may_have_arrived() {
        AtomicInteger calls = new AtomicInteger();
        budget.behave(
                _ -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("broken");
                });
        HttpResponse<String> answer =
                portal.post("/api/commitments", new byte[10], "Idempotency-Key", "k");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(calls).hasValue(1);
    }

    @Test
    void half_an_answer_is_no_answer() {
        budget.behave(
                asked ->
                        asked.uri().endsWith("/half")
                                ? new Reply(200, Map.of(), "x".repeat(20 * 1024 * 1024))
                                : OK);
        assertThat(portal.get("/api/commitments/half").statusCode()).isEqualTo(503);
    }

    @Test
    void too_many_calls_to_one_service_are_shed_and_others_go_on() throws Exception {
        CountDownLatch arrived = new CountDownLatch(8);
        CountDownLatch release = new CountDownLatch(1);
        budget.behave(
                _ -> {
                    arrived.countDown();
                    return release.await(1, TimeUnit.SECONDS) ? OK : reply(500, "");
                });
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(clients.submit(() -> portal.get("/api/commitments")));
            }
            assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
            HttpResponse<String> shed = portal.get("/api/commitments");
            assertThat(shed.statusCode()).isEqualTo(503);
            assertThat(json(shed).path("code").asString()).isEqualTo("portal.service-busy");
            assertThat(portal.get("/api/reports").statusCode()).isEqualTo(200);
            release.countDown();
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
        } finally {
            release.countDown();
        }
    }

    @Test
    void a_page_reader_gets_a_page_and_a_program_a_problem() {
        HttpResponse<String> page =
                portal.get("/nowhere", "Accept", "text/html", "Accept-Language", "th");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("lang=\"th\"").contains("เลือกพื้นที่");
        HttpResponse<String> problem = portal.get("/nowhere");
        assertThat(json(problem).path("code").asString()).isEqualTo("request.no-such-path");
    }

    /** Whoever cannot read what is asked for is not worth a line of the log for each request. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/openapi", "/api/commitments", "/actuator/health"})
    void a_form_that_cannot_be_read_leaves_no_warning(String path) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            HttpResponse<String> answer = portal.get(path, "Accept", "garbage");
            assertThat(answer.statusCode()).isEqualTo(path.equals("/nowhere") ? 404 : 200);
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness"})
    void health_is_told_in_json_to_browsers_too(String path) {
        HttpResponse<String> answer = portal.get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer).path("status").asString()).isEqualTo("UP");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return AsharJson.lenient().readTree(answer.body());
    }

    private static Reply reply(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), portal.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
