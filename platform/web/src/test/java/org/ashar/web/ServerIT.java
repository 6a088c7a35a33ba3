package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ashar.kernel.StreamId;
import org.ashar.security.Grant;
import org.ashar.web.Server.Answer;
import org.ashar.web.ThingsApplication.Endpoints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, reads and the server's own answers, over a real port. */
class ServerIT {

    @TempDir static Path keys;
    private static Server server;

    @BeforeAll
    static void start() {
        server =
                new Server(
                        keys.resolve("keys"), Map.of("ashar.requests-at-once", Endpoints.CAPACITY));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String touch(StreamId stream) {
        return "/api/things/" + stream.id() + "/touch";
    }

    @Test
    void the_version_travels_as_etag_and_if_match() throws Exception {
        StreamId stream = StreamId.derived("thing", "etag");
        Answer missing = server.send(server.command(touch(stream), "{}"));
        assertThat(missing.status()).isEqualTo(428);
        assertThat(missing.code()).isEqualTo("request.if-match-missing");

        for (String malformed :
                List.of("0", "W/\"0\"", "*", "\"0\",\"1\"", "\"00\"", "\"x\"", "")) {
            Answer answer =
                    server.send(server.command(touch(stream), "{}").header("If-Match", malformed));
            assertThat(answer.status()).as(malformed).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("request.if-match-malformed");
        }

        var first = server.command(touch(stream), "{}").header("If-Match", "\"0\"");
        Answer done = server.send(first);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.header("ETag")).isEqualTo("\"1\"");

        Answer stale = server.send(server.command(touch(stream), "{}").header("If-Match", "\"0\""));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.code()).isEqualTo("request.stale");
        assertThat(stale.header("ETag")).isEqualTo("\"1\"");

        Answer again = server.send(first);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(done.text());
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void a_key_is_for_one_wish() throws Exception {
        StreamId stream = StreamId.derived("thing", "key");
        var one = server.command(touch(stream), " { } ").setHeader("Idempotency-Key", "k 1");
        assertThat(server.send(one.setHeader("If-Match", "\"0\"")).status()).isEqualTo(200);
        assertThat(server.send(one.POST(BodyPublishers.ofString("{}"))).status())
                .as("the same content in another spelling")
                .isEqualTo(200);

        Answer reused =
                server.send(
                        server.command("/api/things/" + stream.id() + "/touch?x=1", "{}")
                                .setHeader("Idempotency-Key", "k 1")
                                .setHeader("If-Match", "\"0\"")
                                .PUT(BodyPublishers.ofString("{}")));
        assertThat(reused.status()).isEqualTo(405);

        Answer other =
                server.send(
                        server.command("/api/things", BODY).setHeader("Idempotency-Key", "k 1"));
        assertThat(other.status()).as("another stream").isEqualTo(201);
        Answer changed =
                server.send(
                        server.command("/api/things", BODY.replace("Dig", "Dug"))
                                .setHeader("Idempotency-Key", "k 1"));
        assertThat(changed.status()).isEqualTo(422);
        assertThat(changed.code()).isEqualTo("request.key-reused");
    }

    private static final String BODY =
            """
            {"place":{"scheme":"soate","code":"41706"},
             "title":{"original":"ky","texts":{"ky":{"value":"Суу түтүгү"}}},
             "cost":{"amount":"12.50","currency":"KGS"},
             "days":{"start":"2025-01-01","end":"2025-12-31"},
             "steps":[{"name":"Dig","due":"2025-06-30"}]}""";

    @Test
    void the_same_key_at_once_has_one_effect_and_one_answer() throws Exception {
        int before = server.things().total();
        var request = server.command("/api/things", BODY);
        List<Answer> answers = atOnce(32, () -> server.send(request.copy()));
        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers).extracting(Answer::text).containsOnly(answers.getFirst().text());
        assertThat(server.things().total()).isEqualTo(before + 1);
    }

    @Test
    void writers_at_once_have_one_winner_a_version() throws Exception {
        StreamId stream = StreamId.derived("thing", "race");
        List<Answer> answers =
                atOnce(
                        32,
                        () ->
                                server.send(
                                        server.command(touch(stream), "{}")
                                                .header("If-Match", "\"0\"")));
        assertThat(answers).extracting(Answer::status).containsOnly(200, 412);
        assertThat(answers).filteredOn(a -> a.status() == 200).hasSize(1);
        assertThat(server.things().version(stream)).isEqualTo(1);
    }

    private static List<Answer> atOnce(int count, Callable<Answer> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one :
                    threads.invokeAll(Stream.generate(() -> work).limit(count).toList())) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    @Test
    void another_places_officer_may_not() throws Exception {
        String foreign = server.token(Grant.forPlace("officer", "aimak", "soate:41707"));
        Answer answer =
                server.send(
                        server.command("/api/things", BODY)
                                .setHeader("Authorization", "Bearer " + foreign));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("request.not-permitted");
        assertThat(answer.json().get("detail").stringValue()).contains("officer, head");
    }

    @Test
    void only_an_operator_operates() throws Exception {
        var who = server.to("/internal/who");
        assertThat(server.send(who).status()).isEqualTo(401);
        var officer =
                server.to("/internal/who").header("Authorization", "Bearer " + server.officer());
        assertThat(server.send(officer).status()).isEqualTo(403);
        String operator = server.token(Grant.unbound("operator", "ministry"));
        Answer answer =
                server.send(
                        server.to("/internal/who").header("Authorization", "Bearer " + operator));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("role").stringValue()).isEqualTo("operator");
    }

    @Test
    void what_is_recorded_of_a_command_comes_with_it() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var request = server.command("/api/echo", "{}").header("traceparent", trace);
        var one = server.send(request).json();
        var two = server.send(request).json();
        assertThat(one.get("traceparent").stringValue()).isEqualTo(trace);
        assertThat(one.get("commandId").stringValue()).matches("[0-9a-f]{64}");
        assertThat(two.get("commandId")).isEqualTo(one.get("commandId"));
        assertThat(two.get("fingerprint")).isEqualTo(one.get("fingerprint"));
        assertThat(one.get("recordedTime")).isNull();
        assertThat(one.toString()).doesNotContain("tester");
        assertThat(one.get("time").stringValue()).matches("[0-9T:-]+(\\.[0-9]{3})?Z");

        var made = server.send(server.command("/api/echo", "{}").header("traceparent", "x")).json();
        assertThat(made.get("traceparent").stringValue())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(made.get("commandId")).isNotEqualTo(one.get("commandId"));
    }

    @Test
    void a_token_of_the_demonstration_sets_the_time() throws Exception {
        Instant then = Instant.parse("2023-05-01T10:00:00Z");
        String token = server.token(then, Grant.forPlace("officer", "aimak", Server.PLACE));
        var meta =
                server.send(
                                server.command("/api/echo", "{}")
                                        .setHeader("Authorization", "Bearer " + token))
                        .json();
        assertThat(meta.get("time").stringValue()).isEqualTo(then.toString());
        assertThat(Instant.parse(meta.get("recordedTime").stringValue())).isAfter(then);
    }

    @Test
    void a_version_already_known_is_not_sent_again() throws Exception {
        StreamId stream = StreamId.derived("thing", "cache");
        var read = server.to("/api/things/" + stream.id());
        Answer first = server.send(read);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).isEqualTo("\"0\"");
        Answer second = server.send(read.header("If-None-Match", "\"0\""));
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.raw().body()).isEmpty();
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(
                arguments("limit=0", "limit", "number.out-of-range"),
                arguments("limit=201", "limit", "number.out-of-range"),
                arguments("limit=ten", "limit", "number.malformed"),
                arguments("limit=99999999999999999999", "limit", "number.malformed"),
                arguments("limit=5&limit=6", "limit", "parameter.repeated"),
                arguments("after=", "after", "paging.bad-cursor"),
                arguments("after=%00", "after", "paging.bad-cursor"),
                arguments("after=" + "x".repeat(600), "after", "paging.bad-cursor"),
                arguments("kind=c", "kind", "value.not-allowed"),
                arguments("from=yesterday", "from", "date.malformed"),
                arguments("colour=red", "colour", "parameter.unknown"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void bad_parameters_are_named(String query, String parameter, String code) throws Exception {
        Answer answer = server.send(server.to("/api/things?lang=ru&" + query));
        assertThat(answer.status()).isEqualTo(400);
        var error = answer.json().get("errors").get(0);
        assertThat(error.get("parameter").stringValue()).isEqualTo(parameter);
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("message").stringValue()).containsPattern("\\p{IsCyrillic}");
    }

    @Test
    void a_list_is_read_page_by_page_to_its_end() throws Exception {
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (true) {
            var page = server.send(server.to("/api/things?limit=100" + after)).json();
            page.get("items").forEach(id -> seen.add(id.stringValue()));
            pages++;
            if (page.get("next") == null) {
                break;
            }
            after = "&after=" + page.get("next").stringValue();
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(250).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void spreadsheets_get_csv_that_runs_nothing() throws Exception {
        Answer answer = server.send(server.to("/api/things?limit=1").header("Accept", "text/csv"));
        assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(answer.header("Vary")).isEqualTo("Accept");
        assertThat(answer.text()).isEqualTo("\uFEFFid,kind,from\r\n001,'=1+1,false\r\n");
        assertThat(answer.header("Next-After")).isEqualTo("001");
        Answer json =
                server.send(
                        server.to("/api/things?limit=1")
                                .header("Accept", "application/json, text/csv;q=0.5"));
        assertThat(json.header("Content-Type")).isEqualTo("application/json");
        assertThat(json.header("Vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "error", "damage"})
    void a_fault_of_ours_tells_nothing_but_its_trace(String kind) throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Answer answer = server.send(server.to("/api/fault/" + kind).header("traceparent", trace));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text())
                .doesNotContain("hunter2", "Exception", "org.ashar")
                .contains("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "shared-damage"})
    void a_store_that_is_down_is_a_reason_to_come_back(String kind) throws Exception {
        Answer answer = server.send(server.to("/api/fault/" + kind));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.text()).doesNotContain("hunter2");
    }

    @Test
    void unknown_paths_methods_and_forms_are_problems_too() throws Exception {
        Answer answer = server.send(server.to("/nothing/here").header("Accept-Language", "th"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("request.no-such-path");
        assertThat(answer.json().get("detail").stringValue()).containsPattern("\\p{IsThai}");

        answer = server.send(server.to("/api/things").DELETE());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET", "POST");
        assertThat(answer.code()).isEqualTo("request.method-not-allowed");

        String many = "a/b,".repeat(60) + "a/c";
        assertThat(server.send(server.to("/api/things").header("Accept", many)).status())
                .isBetween(200, 499);

        answer = server.send(server.to("/api/things").header("Accept", "image/png"));
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.code()).isEqualTo("request.not-acceptable");

        for (String value : List.of("%zz", "%ff", "%ed%a0%80")) {
            String address = "/api/things?limit=" + value;
            assertThat(server.raw("GET " + address + " HTTP/1.0\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"request.malformed-address\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%2e%2e%2f%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n"
            })
    void what_the_server_itself_refuses_is_a_problem_too(String request) throws Exception {
        assertThat(server.raw(request))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "X-Content-Type-Options: nosniff")
                .contains("\"code\":\"request.malformed\"")
                .doesNotContain("Tomcat", "<html", "Exception");
    }

    @Test
    void a_form_of_transfer_that_is_not_known_is_no_fault_of_ours() throws Exception {
        assertThat(
                        server.raw(
                                "POST /api/things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n"))
                .startsWith("HTTP/1.1 501")
                .contains("\"code\":\"request.malformed\"");
    }

    @Test
    void an_error_that_a_library_sends_is_a_problem_too() throws Exception {
        Answer answer = server.send(server.to("/api/sent-error"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo("request.forbidden");
    }

    @Test
    void reading_is_open_to_scripts_of_other_sites_and_commands_are_not() throws Exception {
        Answer read =
                server.send(server.to("/api/things?limit=1").header("Origin", "https://a.kg"));
        assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(read.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(read.header("Cache-Control")).isEqualTo("no-cache");

        Answer personal =
                server.send(
                        server.to("/api/things?limit=1")
                                .header("Authorization", "Bearer " + server.officer()));
        assertThat(personal.header("Access-Control-Allow-Origin")).isNull();
        assertThat(personal.header("Cache-Control")).isEqualTo("private, no-store");

        Answer preflight =
                server.send(
                        server.to("/api/things")
                                .header("Origin", "https://a.kg")
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Last-Event-ID");
    }

    /** The log is there for everyone, whatever the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ledger/nothing HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n",
                "HEAD /ledger/nothing HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n",
                "PUT /ledger/nothing HTTP/1.1\r\nHost: x\r\n",
                "POST /ledger/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n",
                "GET /ledger/nothing HTTP/1.1\r\nHost: a\r\nHost: b\r\n"
            })
    void whatever_is_answered_of_the_log_is_open_to_scripts_of_other_sites(String request)
            throws Exception {
        assertThat(server.raw(request + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .containsOnlyOnce("Access-Control-Allow-Origin: *\r\n");
    }

    @Test
    void a_bad_token_is_refused_even_where_none_is_needed() throws Exception {
        Answer answer = server.send(server.to("/api/things").header("Authorization", "Bearer x"));
        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void beyond_its_capacity_it_sheds_load_and_stays_healthy() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> slow = new ArrayList<>();
            for (int i = 0; i < Endpoints.CAPACITY; i++) {
                slow.add(threads.submit(() -> server.send(server.to("/api/slow"))));
            }
            assertThat(Endpoints.INSIDE.await(20, TimeUnit.SECONDS)).isTrue();
            Answer shed = server.send(server.to("/api/things?limit=1"));
            assertThat(shed.status()).isEqualTo(503);
            assertThat(shed.code()).isEqualTo("service.busy");
            assertThat(shed.header("Retry-After")).isEqualTo("1");
            Answer follower =
                    server.send(server.to("/api/things").header("Accept", "text/event-stream"));
            assertThat(follower.status()).as("EventSource gives up on all others").isEqualTo(200);
            assertThat(follower.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(follower.text()).matches("retry: (1\\d{3}|2000)\n\n");
            assertThat(server.send(server.to("/actuator/health/readiness")).status())
                    .isEqualTo(200);
            Endpoints.RELEASED.countDown();
            for (Future<Answer> one : slow) {
                assertThat(one.get().status()).isEqualTo(200);
            }
        }
        assertThat(server.send(server.to("/api/things?limit=1")).status()).isEqualTo(200);
    }

    @Test
    void bodies_that_do_not_come_leave_room_for_those_who_read() throws Exception {
        String unfinished =
                "POST /api/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + server.officer()
                        + "\r\nIdempotency-Key: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{";
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < Endpoints.CAPACITY; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
                clients.add(client);
                client.getOutputStream().write(unfinished.getBytes(StandardCharsets.US_ASCII));
            }
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> server.send(server.command("/api/things", "{}")).status() == 503);
            assertThat(server.send(server.to("/api/things?limit=1")).status()).isEqualTo(200);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        await().atMost(Duration.ofSeconds(25))
                .until(() -> server.send(server.command("/api/things", "{}")).status() != 503);
    }

    @Test
    void who_hung_up_is_not_answered_as_for_a_fault_of_ours() throws Exception {
        Answer answer = server.send(server.to("/api/hang-up"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void only_health_is_exposed_without_details() throws Exception {
        assertThat(server.send(server.to("/actuator/health/liveness")).text())
                .isEqualTo("{\"status\":\"UP\"}");
        for (String accept : List.of("text/html", "application/xml, text/csv", "garbage")) {
            Answer asked =
                    server.send(server.to("/actuator/health/readiness").header("Accept", accept));
            assertThat(asked.status()).as(accept).isEqualTo(200);
            assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        }
        assertThat(server.send(server.to("/actuator/env")).status()).isEqualTo(404);
        assertThat(server.send(server.to("/actuator/metrics")).status()).isEqualTo(404);
    }
}
