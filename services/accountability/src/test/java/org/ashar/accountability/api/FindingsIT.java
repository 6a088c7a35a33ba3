package org.ashar.accountability.api;

import static org.ashar.accountability.api.RunningFindings.AUDITEE;
import static org.ashar.accountability.api.RunningFindings.AUDIT_OFFICE;
import static org.ashar.accountability.api.RunningFindings.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ashar.accountability.api.RunningFindings.Answer;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings over HTTP, from the neighbours' events in the ledger to their own events in it. */
class FindingsIT {

    private static final StreamId COMMITMENT = StreamId.derived("commitment", "water");
    private static final StreamId BUDGET = StreamId.derived("budget-commitment", "water");
    private static final StreamId REPORT = StreamId.derived("progress-report", "water");
    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningFindings service;

    @SuppressWarnings("NullAway.Init")
    private static LocalDate today;

    private static String due = "";

    @BeforeAll
    static void start() throws IOException {
        service = new RunningFindings(folder);
        today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.of("Asia/Bishkek"));
        due = today.plusDays(30).toString();
        service.publish("budget-commitments", COMMITMENT, "commitment-published", COMMITMENT);
        service.publish("budget-commitments", BUDGET, "budget-proposed", COMMITMENT);
        service.publish("progress-reports", REPORT, "progress-report-published", COMMITMENT);
        for (StreamId stream : List.of(COMMITMENT, BUDGET, REPORT)) {
            logged(stream, 1);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @Test
    void a_finding_is_opened_answered_and_closed_and_every_step_is_in_the_ledger() {
        Answer opened =
                service.post("/api/findings", service.auditor(), opening(BUDGET).toString());
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(opened.header("ETag")).isEqualTo("\"1\"");
        String id = opened.json().get("id").asString();
        String path = "/api/findings/" + id;
        assertThat(opened.header("Location")).isEqualTo(path);

        took(service.post(path + "/respond", service.head(), response("accepted"), v(1)));
        took(service.post(path + "/agree", service.head(), action(), v(2)));
        took(service.post(path + "/report-implemented", service.head(), done(), v(3)));
        JsonNode implemented = service.get(path).json();
        assertThat(implemented.get("state").asString()).isEqualTo("implemented");
        assertThat(implemented.has("due")).isFalse();
        took(service.post(path + "/close", service.auditor(), closing("implemented"), v(4)));

        Answer closed = service.get(path);
        assertThat(closed.header("ETag")).isEqualTo("\"5\"");
        assertThat(closed.json().get("state").asString()).isEqualTo("closed");
        assertThat(closed.json().get("reason").asString()).isEqualTo("implemented");
        assertThat(closed.json().at("/answers/response/position").asString()).isEqualTo("accepted");
        assertThat(closed.json().at("/answers/implementation/evidence").size()).isEqualTo(1);
        assertAsOpenApiSays("Finding", closed);
        assertThat(service.get(path, "If-None-Match", "\"5\"").status()).isEqualTo(304);

        StreamId finding = new StreamId("audit-finding", id);
        logged(finding, 5);
        List<String> types = new ArrayList<>();
        for (int sequence = 1; sequence <= 5; sequence++) {
            JsonNode event = entry(finding, sequence);
            types.add(event.get("type").asString());
            assertThat(event.at("/data/commitment").asString()).isEqualTo(COMMITMENT.toString());
            assertThat(event.at("/data/place/code").asString()).isEqualTo(RunningFindings.CODE);
        }
        assertThat(types)
                .containsExactly(
                        "org.ashar.accountability.finding-opened.v1",
                        "org.ashar.accountability.finding-responded.v1",
                        "org.ashar.accountability.finding-action-agreed.v1",
                        "org.ashar.accountability.finding-implemented.v1",
                        "org.ashar.accountability.finding-closed.v1");
        JsonNode first = entry(finding, 1);
        assertThat(first.at("/data/reliedOn/0/event").asString()).isEqualTo(BUDGET + "@1");
        assertThat(first.at("/data/reliedOn/1/index").asLong()).isEqualTo(index(COMMITMENT, 1));
        assertThat(
                        service.get("/api/ledger/events?commitment=" + COMMITMENT.id())
                                .text()
                                .lines()
                                .filter(line -> line.contains(finding + "@"))
                                .count())
                .isEqualTo(5);
    }

    @Test
    void a_finding_can_be_about_the_promise_its_money_and_a_report_on_it() {
        for (StreamId subject : List.of(COMMITMENT, BUDGET)) {
            Answer opened =
                    service.post("/api/findings", service.auditor(), opening(subject).toString());
            assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        }
        ObjectNode report = opening(REPORT);
        report.put("auditee", "Kara-Kulja-Okmotu");
        Answer opened = service.post("/api/findings", service.auditor(), report.toString());
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        JsonNode document = service.get(opened.header("Location")).json();
        assertThat(document.at("/about/commitment").asString()).isEqualTo(COMMITMENT.toString());
        assertThat(document.at("/about/auditee").asString()).isEqualTo("kara-kulja-okmotu");
    }

    @Test
    void nothing_is_opened_on_what_the_ledger_does_not_have() {
        ObjectNode unknown = opening(StreamId.derived("commitment", "unheard of"));
        Answer refused = service.post("/api/findings", service.auditor(), unknown.toString());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("finding.subject-unknown");

        ObjectNode event = opening(BUDGET);
        event.putArray("events").add(BUDGET + "@1").add(BUDGET + "@77");
        Answer unlogged = service.post("/api/findings", service.auditor(), event.toString());
        assertThat(unlogged.status()).isEqualTo(422);
        assertThat(unlogged.json().at("/errors/0/pointer").asString()).isEqualTo("/events/1");
        assertThat(unlogged.json().at("/errors/0/code").asString())
                .isEqualTo("finding.event-not-logged");
    }

    @Test
    void auditors_alone_open_and_those_audited_alone_answer() {
        String body = opening(BUDGET).toString();
        assertThat(service.post("/api/findings", "nonsense", body).status()).isEqualTo(401);
        assertThat(service.post("/api/findings", service.head(), body).status()).isEqualTo(403);
        String elsewhere =
                service.token("b", Grant.forPlace("auditor", AUDIT_OFFICE, "soate:41703000000000"));
        assertThat(service.post("/api/findings", elsewhere, body).status()).isEqualTo(403);
        String insider = service.token("c", Grant.unbound("auditor", AUDITEE));
        assertThat(service.post("/api/findings", insider, body).code())
                .isEqualTo("finding.auditor-not-independent");
        String tied =
                service.token(
                        "d",
                        Grant.unbound("auditor", AUDIT_OFFICE),
                        Grant.forPlace("officer", AUDITEE, PLACE));
        assertThat(service.post("/api/findings", tied, body).code())
                .isEqualTo("finding.auditor-not-independent");

        String path = service.post("/api/findings", service.auditor(), body).header("Location");
        String respond = path + "/respond";
        String accepting = response("accepted");
        assertThat(service.post(respond, service.auditor(), accepting, v(1)).status())
                .isEqualTo(403);
        String neighbour =
                service.token("e", Grant.forPlace("head", AUDITEE, "soate:41703000000000"));
        assertThat(service.post(respond, neighbour, accepting, v(1)).status()).isEqualTo(403);
        String rival = service.token("f", Grant.forPlace("head", "rival", PLACE));
        assertThat(service.post(respond, rival, accepting, v(1)).code())
                .isEqualTo("finding.other-organisation");
        assertThat(
                        service.post(path + "/close", service.head(), closing("withdrawn"), v(1))
                                .status())
                .isEqualTo(403);
        String both =
                service.token(
                        "g",
                        Grant.forPlace("officer", "rival", PLACE),
                        Grant.forPlace("officer", AUDITEE, PLACE));
        took(service.post(respond, both, accepting, v(1)));
        String other = service.token("h", Grant.unbound("auditor", "another-chamber"));
        assertThat(service.post(path + "/close", other, closing("withdrawn"), v(2)).code())
                .isEqualTo("finding.other-auditor");
    }

    @Test
    void a_command_is_decided_on_the_version_that_was_seen() {
        String path = open();
        String respond = path + "/respond";
        String body = response("not-accepted");
        assertThat(service.post(respond, service.head(), body).status()).isEqualTo(428);
        assertThat(service.post(respond, service.head(), body, "If-Match", "1").status())
                .isEqualTo(400);
        assertThat(service.post(respond, service.head(), body, v(7)).status()).isEqualTo(412);
        took(service.post(respond, service.head(), body, v(1)));
        assertThat(service.post(respond, service.head(), body, v(1)).status()).isEqualTo(412);
        assertThat(service.post(path + "/agree", service.head(), action(), v(2)).code())
                .isEqualTo("finding.response-not-accepting");
        String conclusion = "{\"conclusion\": " + text("Каршы болду.") + "}";
        String end = path + "/close-as-not-accepted";
        took(service.post(end, service.auditor(), conclusion, v(2)));
        assertThat(service.get(path).json().get("state").asString()).isEqualTo("not-accepted");
        assertThat(service.post(respond, service.head(), body, v(3)).code())
                .isEqualTo("finding.already-closed");
    }

    @Test
    void one_key_sent_32_times_at_once_has_one_effect_and_one_answer() {
        String key = UUID.randomUUID().toString();
        String auditor = service.auditor();
        String body = opening(BUDGET).toString();
        Answer opened = AtOnce.oneAnswer(_ -> service.postAs("/api/findings", auditor, key, body));
        assertThat(opened.status()).isEqualTo(201);
        Answer again = service.postAs("/api/findings", auditor, key, body);
        assertThat(again.text()).isEqualTo(opened.text());
        ObjectNode other = opening(BUDGET);
        other.put("severity", "low");
        assertThat(service.postAs("/api/findings", auditor, key, other.toString()).code())
                .isEqualTo("request.key-reused");
        String respond = opened.header("Location") + "/respond";
        String head = service.head();
        AtOnce.oneWinner(
                writer ->
                        service.post(
                                respond,
                                head,
                                "{\"position\": \"accepted\", \"statement\": "
                                        + text("Жооп " + writer)
                                        + "}",
                                v(1)));
        assertThat(service.get(opened.header("Location")).header("ETag")).isEqualTo("\"2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/subject | \"commitment/short\" | 422 | stream.malformed | /subject",
                "/subject | \"school/k2evqclggq65myslza7rec23am\" | 422 | finding.subject-of-another-kind | /subject",
                "/subject | 7 | 400 | field.not-a-text | /subject",
                "/auditee | \"school-12\" | 422 | finding.auditee-not-answerable | /auditee",
                "/title | null | 400 | field.missing | /title",
                "/severity | \"dreadful\" | 422 | value.not-allowed | /severity",
                "/responseDue | \"2025-01-01\" | 422 | finding.response-due-passed | /responseDue",
                "/responseDue | \"2099-01-01\" | 422 | finding.response-due-too-far | /responseDue",
                "/responseDue | \"soon\" | 422 | date.malformed | /responseDue",
                "/events | [\"commitment/x@1\"] | 422 | finding.event-malformed | /events/0",
                "/events | [\"budget-commitment/k2evqclggq65myslza7rec23am@0\"] | 422 | finding.event-malformed | /events/0",
                "/events | \"all\" | 400 | field.not-a-list | /events",
                "/state | \"closed\" | 400 | field.unknown | /state",
                "/place | {} | 400 | field.unknown | /place",
            })
    void what_is_wrong_with_an_opening_is_named(
            String pointer, String value, int status, String code, String where) {
        ObjectNode body = opening(BUDGET);
        body.set(pointer.substring(1), AsharJson.strict().readTree(value));
        Answer refused = service.post("/api/findings", service.auditor(), body.toString());
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.json().at("/errors/0/code").asString()).isEqualTo(code);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo(where);
    }

    @Test
    void personal_data_is_warned_of_before_it_is_public() {
        ObjectNode body = opening(BUDGET);
        body.set(
                "narrative",
                AsharJson.strict().readTree(text("Уста: +996 555 12 34 56, usta@example.kg")));
        Answer refused = service.post("/api/findings", service.auditor(), body.toString());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("text.personal-data");
        body.put("acknowledgePersonalData", true);
        assertThat(service.post("/api/findings", service.auditor(), body.toString()).status())
                .isEqualTo(201);
    }

    @Test
    void a_finding_that_no_entry_of_the_ledger_could_hold_is_refused_at_once() {
        ObjectNode body = opening(BUDGET);
        String longest = "{\"value\": \"" + "ж".repeat(4_000) + "\"}";
        String texts =
                Stream.of("ky", "ru", "en", "ar", "th", "kk", "uz")
                        .map(language -> "\"" + language + "\": " + longest)
                        .collect(Collectors.joining(", "));
        body.set(
                "narrative",
                AsharJson.strict().readTree("{\"original\": \"ky\", \"texts\": {" + texts + "}}"));
        Answer refused = service.post("/api/findings", service.auditor(), body.toString());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("event.too-large");
    }

    @Test
    void what_is_due_and_late_follows_from_the_day_that_is_asked_about() {
        String id = open().substring("/api/findings/".length());
        String later = today.plusDays(33).toString();
        assertThat(row(id, "state=opened")).isNotNull();
        assertThat(ids("state=response-due")).doesNotContain(id);
        assertThat(ids("state=opened&on=" + later)).doesNotContain(id);
        JsonNode late = row(id, "state=response-due&on=" + later);
        assertThat(late.get("state").asString()).isEqualTo("response-due");
        assertThat(late.get("daysLate").asLong()).isEqualTo(3);
        assertThat(late.get("due").asString()).isEqualTo(due);
        assertThat(service.get("/api/findings/" + id).json().get("state").asString())
                .isEqualTo("opened");
        String end = "/api/findings/" + id + "/close-as-not-accepted";
        String conclusion = "{\"conclusion\": " + text("Жооп болгон жок.") + "}";
        Answer early = service.post(end, service.auditor(), conclusion, v(1));
        assertThat(early.code()).isEqualTo("finding.answer-not-overdue");
        assertThat(early.text()).contains(due);
    }

    @Test
    void findings_are_listed_by_what_they_are_about_page_by_page_and_as_a_table() {
        String id = open().substring("/api/findings/".length());
        assertThat(ids("commitment=" + COMMITMENT.id())).contains(id);
        assertThat(ids("commitment=" + StreamId.derived("commitment", "another").id())).isEmpty();
        assertThat(ids("place=" + PLACE + "&organisation=" + AUDITEE)).contains(id);
        assertThat(ids("place=" + PLACE.replace(':', '/'))).contains(id);
        assertThat(ids("place=soate:41703000000000")).isEmpty();
        assertThat(ids("organisation=rival")).isEmpty();
        assertThat(ids("state=closed")).doesNotContain(id);

        List<String> paged = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = service.get("/api/findings?limit=2" + after).json();
            page.get("items").forEach(item -> paged.add(item.get("id").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        assertThat(paged).doesNotHaveDuplicates().contains(id).isEqualTo(ids("on=" + today));

        assertAsOpenApiSays("FindingRowPage", service.get("/api/findings?limit=2"));
        Answer table = service.get("/api/findings?limit=200", "Accept", "text/csv");
        assertThat(table.header("Content-Type")).startsWith("text/csv");
        assertThat(table.text()).contains("daysLate").contains(id);
        for (String bad :
                List.of("commitment=x", "state=lost", "on=never", "after=nonsense", "colour=1")) {
            assertThat(service.get("/api/findings?" + bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(service.get("/api/findings/nonsense").code())
                .isEqualTo("audit-finding.not-found");
        assertThat(service.get("/api/findings/" + COMMITMENT.id()).status()).isEqualTo(404);
    }

    @Test
    void a_finding_told_at_another_time_says_so_in_the_ledger() {
        String told = service.auditorAt(Instant.parse("2025-09-01T04:00:00Z"));
        ObjectNode body = opening(BUDGET);
        body.put("responseDue", "2025-10-01");
        Answer opened = service.post("/api/findings", told, body.toString());
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        StreamId finding = new StreamId("audit-finding", opened.json().get("id").asString());
        logged(finding, 1);
        assertThat(entry(finding, 1).get("time").asString()).isEqualTo("2025-09-01T04:00:00Z");
        assertThat(entry(finding, 1).has("recordedtime")).isTrue();
        assertThat(row(finding.id(), "state=response-due").get("daysLate").asLong()).isPositive();
    }

    @Test
    void contracts_are_served() {
        String contracts = "/contracts/accountability/";
        assertThat(service.get(contracts + "asyncapi.yaml").text()).contains("asyncapi:");
        assertThat(service.get(contracts + "finding-opened.v1.schema.json").text())
                .contains("\"$schema\"");
        assertThat(service.get("/api/ledger/openapi.yaml").text()).startsWith("openapi: 3.1.0");
    }

    @Test
    void openapi_names_every_route_and_no_other() {
        TreeSet<String> written = new TreeSet<>();
        openApi()
                .get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .propertyNames()
                                        .forEach(
                                                method ->
                                                        written.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        TreeSet<String> coded = new TreeSet<>();
        service.routes()
                .getHandlerMethods()
                .forEach(
                        (mapping, _) ->
                                mapping.getPatternValues().stream()
                                        .filter(path -> path.matches("/(api|ledger)/.*"))
                                        .forEach(
                                                path ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                coded.add(
                                                                                        method
                                                                                                + " "
                                                                                                + path
                                                                                                        .replace(
                                                                                                                "**",
                                                                                                                "{path}")))));
        assertThat(written).isEqualTo(coded);
    }

    /** The answer is what the service's own description says that it is. */
    private static void assertAsOpenApiSays(String schema, Answer answer) {
        ObjectNode root = AsharJson.strict().createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", openApi().get("components"));
        assertThat(
                        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                .getSchema(root.toString())
                                .validate(answer.text(), InputFormat.JSON))
                .isEmpty();
    }

    private static JsonNode openApi() {
        return AsharJson.strict()
                .valueToTree(
                        new Yaml()
                                .<Map<String, Object>>load(
                                        service.get("/api/ledger/openapi.yaml").text()));
    }

    private static String open() {
        Answer opened =
                service.post("/api/findings", service.auditor(), opening(BUDGET).toString());
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.header("Location");
    }

    private static void took(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        service.get("/api/findings?limit=200&" + query)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }

    private static JsonNode row(String id, String query) {
        for (JsonNode row : service.get("/api/findings?limit=200&" + query).json().get("items")) {
            if (row.get("id").asString().equals(id)) {
                return row;
            }
        }
        throw new AssertionError(id + " is not listed for " + query);
    }

    private static void logged(StreamId stream, long sequence) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () ->
                                assertThat(
                                                service.get(
                                                                "/api/ledger/events/"
                                                                        + stream
                                                                        + "@"
                                                                        + sequence)
                                                        .status())
                                        .isEqualTo(200));
    }

    private static long index(StreamId stream, long sequence) {
        return service.get("/api/ledger/events/" + stream + "@" + sequence)
                .json()
                .get("index")
                .asLong();
    }

    private static JsonNode entry(StreamId stream, long sequence) {
        return AsharJson.strict()
                .readTree(
                        service.get("/api/ledger/events/" + stream + "@" + sequence)
                                .json()
                                .get("entry")
                                .asString());
    }

    private static String[] v(long version) {
        return new String[] {"If-Match", "\"" + version + "\""};
    }

    private static String text(String value) {
        return "{\"original\": \"ky\", \"texts\": {\"ky\": {\"value\": \"%s\"}}}".formatted(value);
    }

    private static ObjectNode opening(StreamId subject) {
        return (ObjectNode)
                AsharJson.strict()
                        .readTree(
                                """
                                {"subject": "%s", "auditee": "okmotu", "severity": "high",
                                 "title": %s, "narrative": %s, "recommendation": %s,
                                 "responseDue": "%s", "events": ["%s@1"]}
                                """
                                        .formatted(
                                                subject,
                                                text("Протоколсуз төлөнгөн акча"),
                                                text("300 сом протоколсуз төлөнгөн."),
                                                text("Протоколду түзүү керек."),
                                                due,
                                                BUDGET));
    }

    private static String response(String position) {
        return "{\"position\": \"%s\", \"statement\": %s}".formatted(position, text("Жообубуз."));
    }

    private static String action() {
        return "{\"action\": %s, \"due\": \"%s\"}".formatted(text("Протокол түзүлөт."), due);
    }

    private static String done() {
        return """
               {"statement": %s, "evidence": [{"sha256": "%s", "mediaType": "application/pdf",
                "size": 48213, "capturedOn": "%s"}]}
               """
                .formatted(text("Протокол түзүлдү."), "ab".repeat(32), today);
    }

    private static String closing(String reason) {
        return "{\"reason\": \"%s\", \"conclusion\": %s}".formatted(reason, text("Текшерилди."));
    }
}
