package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ashar.web.Server.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every kind of bad body: its status, code and pointer, a message in each language, no effect. */
class BadRequestsIT {

    private static final String GOOD =
            """
            {"place":{"scheme":"soate","code":"41706"},
             "title":{"original":"ky","texts":{"ky":{"value":"Суу түтүгү"},"en":{"value":"Pipe","provenance":"machine"}}},
             "cost":{"amount":"12.50","currency":"KGS"},
             "days":{"start":"2025-01-01","end":"2025-12-31"},
             "steps":[{"name":"Dig","due":"2025-06-30"}]}""";

    private static final String DIGEST = "0f".repeat(32);

    @TempDir static Path keys;
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server(keys.resolve("keys"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String with(String name, String json) {
        return GOOD.substring(0, GOOD.length() - 1) + ",\"" + name + "\":" + json + "}";
    }

    private static String but(String part, String other) {
        assertThat(GOOD).contains(part);
        return GOOD.replace(part, other);
    }

    private static String proof(String changed) {
        return with(
                "proof",
                "{\"sha256\":\"%s\",\"mediaType\":\"image/jpeg\",\"size\":9,\"capturedOn\":\"2025-01-01\"}"
                        .formatted(DIGEST)
                        .replaceFirst(
                                "\"" + changed.split("=", 2)[0] + "\":[^,}]+",
                                "\"" + changed.replace("=", "\":")));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments(with("colour", "1"), 400, "/colour", "field.unknown"),
                arguments(
                        but("\"code\":\"41706\"", "\"code\":41706"),
                        400,
                        "/place/code",
                        "field.not-a-text"),
                arguments(
                        but(",\n \"cost\":{\"amount\":\"12.50\",\"currency\":\"KGS\"}", ""),
                        400,
                        "/cost",
                        "field.missing"),
                arguments(but("\"12.50\"", "12.50"), 400, "/cost/amount", "field.not-a-text"),
                arguments(
                        but("[{\"name\":\"Dig\",\"due\":\"2025-06-30\"}]", "{}"),
                        400,
                        "/steps",
                        "field.not-a-list"),
                arguments(
                        but("{\"scheme\":\"soate\",\"code\":\"41706\"}", "\"soate:41706\""),
                        400,
                        "/place",
                        "field.not-an-object"),
                arguments(with("urgent", "\"yes\""), 400, "/urgent", "field.not-a-boolean"),
                arguments(with("count", "1.5"), 400, "/count", "field.not-an-integer"),
                arguments(with("count", "10"), 422, "/count", "number.out-of-range"),
                arguments(but("2025-06-30", "2025-02-30"), 422, "/steps/0/due", "date.malformed"),
                arguments(but("2025-06-30", "30.06.2025"), 422, "/steps/0/due", "date.malformed"),
                arguments(
                        but("2025-06-30", "1025-06-30"), 422, "/steps/0/due", "date.out-of-range"),
                arguments(
                        but("2025-12-31", "2024-12-31"),
                        422,
                        "/days/end",
                        "period.end-before-start"),
                arguments(but("KGS", "KGZ"), 422, "/cost/currency", "money.unknown-currency"),
                arguments(
                        but("12.50", "12.505"), 422, "/cost/amount", "money.too-many-minor-digits"),
                arguments(but("12.50", "1e9"), 422, "/cost/amount", "money.not-a-decimal"),
                arguments(
                        but("12.50", "10000000000000.00"),
                        422,
                        "/cost/amount",
                        "money.out-of-range"),
                arguments(but("12.50", "0"), 422, "/cost", "money.not-positive"),
                arguments(
                        with("reserve", "{\"amount\":\"-0.01\",\"currency\":\"KGS\"}"),
                        422,
                        "/reserve",
                        "money.negative"),
                arguments(but("41706", "99999"), 422, "/place/code", "place.unknown"),
                arguments(but("41706", "x".repeat(3_000)), 422, "/place/code", "place.unknown"),
                arguments(
                        but("\"41706\"", "\"41706\",\"asOf\":\"2020-12-31\""),
                        422,
                        "/place/asOf",
                        "place.not-valid-on-date"),
                arguments(
                        but("\"en\":", "\"english\":"),
                        422,
                        "/title/texts/english",
                        "language.unknown-tag"),
                arguments(but("\"en\":", "\"KY\":"), 422, "/title/texts/ky", "language.twice"),
                arguments(
                        but("\"original\":\"ky\"", "\"original\":\"ru\""),
                        422,
                        "/title/original",
                        "language.original-missing"),
                arguments(
                        but("machine", "robot"),
                        422,
                        "/title/texts/en/provenance",
                        "value.not-allowed"),
                arguments(
                        but("Pipe", "P".repeat(31)), 422, "/title/texts/en/value", "text.too-long"),
                arguments(but("Pipe", " "), 422, "/title/texts/en/value", "text.blank"),
                arguments(
                        but("Pipe", "Pi\\u0007pe"),
                        422,
                        "/title/texts/en/value",
                        "text.control-character"),
                arguments(
                        but("Pipe", "Pi\\npe"),
                        422,
                        "/title/texts/en/value",
                        "text.control-character"),
                arguments(
                        but("Pipe", "Pi\u202epe"),
                        422,
                        "/title/texts/en/value",
                        "text.bidi-override"),
                arguments(
                        but("Pipe", "Pi\\ufffepe"),
                        422,
                        "/title/texts/en/value",
                        "text.noncharacter"),
                arguments(but("Pipe", "Pi\\ud800pe"), 400, "", "json.lone-surrogate"),
                arguments(
                        with("note", "\"" + "n".repeat(4_001) + "\""),
                        422,
                        "/note",
                        "text.too-long"),
                arguments(with("tags", "[\"a\",\"b\",\"c\",\"d\"]"), 422, "/tags", "list.too-long"),
                arguments(with("tags", "[\"no\"]"), 422, "/tags", "text.noncharacter"),
                arguments(
                        but("[{\"name\":\"Dig\",\"due\":\"2025-06-30\"}]", "[]"),
                        422,
                        "/steps",
                        "list.too-short"),
                arguments(with("every", "\"QUARTER\""), 422, "/every", "value.not-allowed"),
                arguments(
                        with("covers", "\"2025-Q5\""),
                        422,
                        "/covers",
                        "reporting-period.malformed"),
                arguments(
                        with("about", "{\"scheme\":\"sdg\",\"code\":\"18.1\"}"),
                        422,
                        "/about/code",
                        "classification.malformed"),
                arguments(
                        with("about", "{\"scheme\":\"dewey\",\"code\":\"1\"}"),
                        422,
                        "/about/scheme",
                        "value.not-allowed"),
                arguments(with("link", "\"http://a.kg/\""), 422, "/link", "url.not-https"),
                arguments(with("link", "\"https://u:p@a.kg/\""), 422, "/link", "url.malformed"),
                arguments(with("link", "\"https://а.kg/\""), 422, "/link", "url.malformed"),
                arguments(with("link", "\"javascript:alert(1)\""), 422, "/link", "url.not-https"),
                arguments(with("part", "\"thing/../x\""), 422, "/part", "stream.malformed"),
                arguments(
                        with("part", "\"other/aaaaaaaaaaaaaaaaaaaaaaaaaa\""),
                        422,
                        "/part",
                        "stream.malformed"),
                arguments(with("mail", "\"a@b\""), 422, "/mail", "email.malformed"),
                arguments(with("phone", "\"call me\""), 422, "/phone", "telephone.malformed"),
                arguments(
                        proof("sha256=\"" + DIGEST.toUpperCase(java.util.Locale.ROOT) + "\""),
                        422,
                        "/proof/sha256",
                        "sha256.malformed"),
                arguments(
                        proof("mediaType=\"jpeg\""),
                        422,
                        "/proof/mediaType",
                        "media-type.malformed"),
                arguments(proof("size=0"), 422, "/proof/size", "number.out-of-range"),
                arguments(
                        proof("capturedOn=\"2999-01-01\""),
                        422,
                        "/proof/capturedOn",
                        "date.in-the-future"),
                arguments("[]", 400, "", "json.not-an-object"),
                arguments("{\"a\":1", 400, "", "json.syntax"),
                arguments("\uFEFF{}", 400, "", "json.syntax"),
                arguments("{\"a\":1,\"a\":2}", 400, "", "json.duplicate-name"),
                arguments("{\"a\":1,\"\\u0061\":2}", 400, "", "json.duplicate-name"),
                arguments("{\"" + "k".repeat(1_001) + "\":1}", 400, "", "json.name-too-long"),
                arguments("{} {}", 400, "", "json.trailing-data"),
                arguments("{\"a\":9007199254740993}", 400, "", "json.integer-out-of-range"),
                arguments("{\"a\":1e999}", 400, "", "json.number-out-of-range"),
                arguments(
                        "{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}",
                        400,
                        "",
                        "json.too-deep"),
                arguments("", 400, "/place", "field.missing"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void is_named_by_code_and_pointer_in_every_language_and_has_no_effect(
            String body, int status, String pointer, String code) throws Exception {
        int before = server.things().total();
        for (String language : Languages.INTERFACE) {
            Answer answer = server.send(server.command("/api/things?lang=" + language, body));
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("Content-Language")).isEqualTo(language);
            JsonNode problem = answer.json();
            assertThat(problem.get("status").intValue()).isEqualTo(status);
            assertThat(problem.get("title").stringValue())
                    .isEqualTo(server.messages().text("status." + status, language));
            JsonNode error = problem.get("errors").get(0);
            assertThat(error.get("pointer").stringValue()).as(answer.text()).isEqualTo(pointer);
            assertThat(error.get("code").stringValue()).isEqualTo(code);
            assertThat(error.get("message").stringValue())
                    .startsWith(server.messages().text(code, language).split("\\{", 2)[0])
                    .doesNotContain("{");
            assertThat(answer.raw().body().length).isLessThan(3_000);
        }
        assertThat(server.things().total()).isEqualTo(before);
    }

    /** Bodies that nobody thought of: whatever comes, the answer is one of the contract's. */
    @Test
    void mangled_bodies_are_refused_and_never_a_fault_of_ours() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = proof("size=9").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 400; i++) {
            byte[] body = good.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(body.length);
                switch (random.nextInt(4)) {
                    case 0 -> body[at] = (byte) random.nextInt(256);
                    case 1 -> body[at] = (byte) "{}[],:\"0-\\n".charAt(random.nextInt(11));
                    case 2 -> body = Arrays.copyOf(body, Math.max(1, at));
                    default -> System.arraycopy(body, 0, body, at, Math.min(at, body.length - at));
                }
            }
            Answer answer =
                    server.send(
                            server.command("/api/things", "")
                                    .POST(BodyPublishers.ofByteArray(body)));
            assertThat(answer.status())
                    .as("seed %d, round %d: %s", seed, i, answer.text())
                    .isIn(201, 400, 422);
            if (answer.status() != 201) {
                assertThat(answer.code())
                        .isIn(
                                "request.malformed",
                                "request.invalid",
                                "json.syntax",
                                "json.not-utf-8",
                                "json.duplicate-name",
                                "json.trailing-data",
                                "json.not-an-object",
                                "json.lone-surrogate",
                                "json.number-out-of-range",
                                "json.integer-out-of-range",
                                "json.too-deep");
            }
        }
    }

    @Test
    void the_good_body_is_good() throws Exception {
        Answer answer = server.send(server.command("/api/things", GOOD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String id = answer.json().get("id").stringValue();
        assertThat(answer.header("Location")).isEqualTo("/api/things/" + id);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.json().get("version").longValue()).isEqualTo(1);
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                arguments("Content-Type", "text/plain", 415, "request.wrong-content-type"),
                arguments(
                        "Content-Type",
                        "application/json;charset=utf-16",
                        415,
                        "request.wrong-content-type"),
                arguments(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        415,
                        "request.wrong-content-type"),
                arguments("Content-Type", "nonsense", 415, "request.wrong-content-type"),
                arguments("Content-Encoding", "gzip", 415, "request.content-encoding"),
                arguments("Idempotency-Key", "", 400, "request.idempotency-key-malformed"),
                arguments(
                        "Idempotency-Key",
                        "k".repeat(256),
                        400,
                        "request.idempotency-key-malformed"),
                arguments("Idempotency-Key", "a\tb", 400, "request.idempotency-key-malformed"),
                arguments("Authorization", "Basic dTpw", 401, "token.malformed"),
                arguments("Authorization", "Bearer", 401, "token.malformed"),
                arguments("Authorization", "Bearer a.b.c", 401, "token.malformed"));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void bad_headers_are_named_and_have_no_effect(
            String header, String value, int status, String code) throws Exception {
        int before = server.things().total();
        Answer answer = server.send(server.command("/api/things", GOOD).setHeader(header, value));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        if (status == 401) {
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"ashar\", error=\"invalid_token\"");
        }
        assertThat(server.things().total()).isEqualTo(before);
    }

    @Test
    void a_command_without_token_or_key_is_told_what_is_missing() throws Exception {
        var anonymous = server.to("/api/things").POST(BodyPublishers.ofString(GOOD));
        Answer answer = server.send(anonymous);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("token.missing");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"ashar\"");

        answer = server.send(anonymous.header("Authorization", "bearer " + server.officer()));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("request.idempotency-key-missing");
        assertThat(answer.json().get("errors").get(0).get("header").stringValue())
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void a_key_or_token_sent_twice_is_refused() throws Exception {
        UnaryOperator<String> request =
                header ->
                        "POST /api/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 2\r\n"
                                + header
                                + "\r\n{}";
        String token = "Authorization: Bearer " + server.officer() + "\r\n";
        assertThat(
                        server.raw(
                                request.apply(
                                        token + "Idempotency-Key: a\r\nIdempotency-Key: b\r\n")))
                .contains("request.idempotency-key-malformed");
        assertThat(server.raw(request.apply(token + token + "Idempotency-Key: a\r\n")))
                .contains("token.malformed");
    }

    @Test
    void more_trailers_than_are_taken_are_no_fault_of_ours() throws Exception {
        String request =
                "POST /api/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Authorization: Bearer "
                        + server.officer()
                        + "\r\nIdempotency-Key: a\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
                        + "T: a\r\n".repeat(9)
                        + "\r\n";
        assertThat(server.raw(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() throws Exception {
        Answer answer =
                server.send(
                        server.command("/api/things", "")
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                "{\"a\":\"\u00e9\"}"
                                                        .getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("code").stringValue())
                .isEqualTo("json.not-utf-8");
    }

    @Test
    void a_body_over_the_limit_is_refused_with_and_without_its_length() throws Exception {
        String ten = "{\"note\":\"" + "x".repeat(10_000_000) + "\"}";
        Answer answer =
                server.send(
                        server.command("/api/things", ten)
                                .version(java.net.http.HttpClient.Version.HTTP_1_1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("detail").stringValue()).contains("65536");

        var chunked =
                server.command("/api/things", "")
                        .POST(
                                BodyPublishers.fromPublisher(
                                        BodyPublishers.ofString("x".repeat(70_000))));
        answer = server.send(chunked);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("request.too-large");
        assertThat(answer.text()).hasSizeLessThan(1_000);
    }

    @Test
    void a_body_of_just_the_limit_is_read() throws Exception {
        String body = "{\"x\":\"" + "y".repeat(64 * 1024 - 8) + "\"}";
        assertThat(body).hasSize(64 * 1024);
        assertThat(server.send(server.command("/api/things", body)).status()).isEqualTo(400);
        assertThat(server.send(server.command("/api/things", body + " ")).status()).isEqualTo(413);
    }
}
