package org.ashar.progressreports.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.ashar.progressreports.api.RunningService.event;
import static org.ashar.progressreports.api.RunningService.example;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.ViewRunner;
import org.ashar.messaging.ViewSettings;
import org.ashar.progressreports.api.RunningService.Answer;
import org.ashar.progressreports.readmodel.record.RecordView;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole service over HTTP: a neighbour's events in, commands in, the record out. */
class ProgressReportsIT {

    private static final Instant PUBLISHED = Instant.parse("2025-01-15T04:00:00Z");
    private static final String CONTENT =
            """
            "status": "limited",
            "narrative": {"original": "ky", "texts": {"ky": {"value": "Түтүк тартылууда."}}}
            """;

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        service = new RunningService(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @Test
    void nothing_is_known_of_what_was_never_published() {
        String id = StreamId.derived("commitment", "nowhere").id();
        assertThat(service.get("/api/record/commitments/" + id).code())
                .isEqualTo("record.commitment-unknown");
        assertThat(service.get("/api/record/commitments/x").status()).isEqualTo(404);
        assertThat(service.get("/api/record/commitments/" + id + "/spending").status())
                .isEqualTo(404);
        Answer empty = service.get("/api/record/places/soate/41703000000000");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.json().at("/counts/commitments").asLong()).isZero();
        assertThat(service.get("/api/record/places/soate/99999999999999").code())
                .isEqualTo("place.unknown");
        assertThat(service.get("/api/record/commitments/" + id + "?nonsense=1").status())
                .isEqualTo(400);
    }

    @Test
    void a_promise_is_shown_from_its_publication_to_its_overspending() {
        StreamId commitment = publish("overspent");
        StreamId budget = budget(commitment, "overspent");
        JsonNode record =
                recordWhen(
                        commitment,
                        r -> r.at("/money/totals/0/spent/amount").asString().equals("300.00"));
        assertThat(record.at("/state/value").asString()).isEqualTo("in-progress");
        assertThat(record.at("/money/totals/0/promised/amount").asString()).isEqualTo("1000.00");
        assertThat(record.at("/money/totals/0/spent/events/0").asString()).isEqualTo(budget + "@4");
        assertThat(record.at("/restsOn").get(budget.toString()).asLong()).isEqualTo(4);
        assertThat(record.at("/reports/overdue").asLong()).isPositive();
        assertThat(record.has("incompleteSince")).isFalse();
        Answer spending =
                service.get("/api/record/commitments/" + commitment.id() + "/spending?limit=1");
        assertThat(spending.json().at("/items/0/event").asString()).isEqualTo(budget + "@4");
        Answer budgets = service.get("/api/record/commitments/" + commitment.id() + "/budgets");
        assertThat(budgets.json().at("/items/0/spent/amount").asString()).isEqualTo("300.00");
        Answer history =
                service.get(
                        "/api/record/commitments/"
                                + commitment.id()
                                + "/history?kind=commitment-started");
        assertThat(history.json().get("items").size()).isEqualTo(1);
    }

    @Test
    void a_report_is_drafted_by_an_officer_published_by_the_head_and_corrected_beside() {
        StreamId commitment = publish("reported");
        recordWhen(commitment, _ -> true);
        String draft = draftOf(commitment, "2025-Q2");

        Answer drafted = service.post("/api/progress-reports", service.officer(), draft);
        assertThat(drafted.status()).as(drafted.text()).isEqualTo(201);
        String path = drafted.header("Location");
        assertThat(path).isEqualTo("/api/progress-reports/" + drafted.json().get("id").asString());
        assertThat(drafted.header("ETag")).isEqualTo("\"1\"");

        assertThat(service.get(path).status()).isEqualTo(404);
        assertThat(service.get(path, "Authorization", "Bearer " + service.officer()).status())
                .isEqualTo(200);
        String stranger = service.token(Grant.forPlace("officer", "another", RunningService.PLACE));
        assertThat(service.get(path, "Authorization", "Bearer " + stranger).status())
                .isEqualTo(404);
        assertThat(drafts(service.officer())).contains(drafted.json().get("id").asString());
        assertThat(drafts(stranger)).isEmpty();

        String edited = "{" + CONTENT + ", \"noProgress\": true}";
        assertThat(
                        service.post(path + "/edit", service.officer(), edited, "If-Match", "\"1\"")
                                .status())
                .isEqualTo(200);
        assertThat(
                        service.post(path + "/edit", service.officer(), edited, "If-Match", "\"1\"")
                                .status())
                .isEqualTo(412);
        assertThat(
                        service.post(
                                        path + "/publish",
                                        service.officer(),
                                        "{}",
                                        "If-Match",
                                        "\"2\"")
                                .status())
                .isEqualTo(403);
        assertThat(service.post(path + "/publish", service.head(), "{}").status()).isEqualTo(428);
        assertThat(service.post(path + "/publish", stranger, "{}", "If-Match", "\"2\"").status())
                .isEqualTo(404);
        Answer published =
                service.post(path + "/publish", service.head(), "{}", "If-Match", "\"2\"");
        assertThat(published.status()).as(published.text()).isEqualTo(200);
        assertThat(service.get(path).json().get("state").asString()).isEqualTo("published");

        String correction =
                """
                {"status": "substantial", "noProgress": false,
                 "narrative": {"original": "ky", "texts": {"ky": {"value": "Түтүк тартылды."}}},
                 "reason": {"original": "ky", "texts": {"ky": {"value": "Так эмес эле."}}}}
                """;
        Answer corrected =
                service.post(path + "/correct", service.head(), correction, "If-Match", "\"3\"");
        assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
        assertThat(
                        service.post(
                                        path + "/discard",
                                        service.officer(),
                                        "{}",
                                        "If-Match",
                                        "\"4\"")
                                .code())
                .isEqualTo("report.already-published");

        JsonNode record =
                recordWhen(
                        commitment,
                        r -> r.at("/reports/published/items/0/corrections").asLong() == 1);
        JsonNode report = record.at("/reports/published/items/0");
        assertThat(report.at("/versions/0/version/narrative/texts/ky/value").asString())
                .isEqualTo("Түтүк тартылууда.");
        assertThat(report.at("/versions/1/version/narrative/texts/ky/value").asString())
                .isEqualTo("Түтүк тартылды.");
        assertThat(report.at("/versions/1/version/reason/texts/ky/value").asString())
                .isEqualTo("Так эмес эле.");
        assertThat(service.get(path + "/versions").json().get("items").size()).isEqualTo(2);
        assertThat(
                        service.get("/api/progress-reports?commitment=" + commitment.id())
                                .json()
                                .at("/items/0/state")
                                .asString())
                .isEqualTo("corrected");
        JsonNode due =
                service.get("/api/reports/due?on=2032-01-01&place=" + RunningService.PLACE).json();
        due.get("items")
                .forEach(
                        owing -> {
                            if (owing.get("commitment").asString().equals(commitment.id())) {
                                assertThat(owing.get("reports").toString())
                                        .doesNotContain("2025-Q2")
                                        .contains("2025-Q3");
                            }
                        });
        assertThat(due.toString()).contains(commitment.id());
    }

    @Test
    void the_leading_side_alone_reports_whatever_else_the_reporter_is() {
        StreamId commitment = publish("led");
        recordWhen(commitment, _ -> true);
        String rival = service.token(Grant.forPlace("officer", "rival", RunningService.PLACE));
        Answer refused =
                service.post("/api/progress-reports", rival, draftOf(commitment, "2025-Q2"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("report.other-organisation");

        String both =
                service.token(
                        Grant.forPlace("officer", "rival", RunningService.PLACE),
                        Grant.forPlace("officer", "okmotu", RunningService.PLACE),
                        Grant.forPlace("head", "rival", RunningService.PLACE),
                        Grant.forPlace("head", "okmotu", RunningService.PLACE));
        Answer drafted =
                service.post("/api/progress-reports", both, draftOf(commitment, "2025-Q2"));
        assertThat(drafted.status()).as(drafted.text()).isEqualTo(201);
        String path = drafted.header("Location");
        Answer published = service.post(path + "/publish", both, "{}", "If-Match", "\"1\"");
        assertThat(published.status()).as(published.text()).isEqualTo(200);
        assertThat(service.get(path).json().at("/about/organisation").asString())
                .isEqualTo("okmotu");
    }

    @Test
    void of_32_writers_of_one_version_one_wins_and_nothing_is_lost() {
        StreamId commitment = publish("contended");
        recordWhen(commitment, _ -> true);
        String path =
                service.post(
                                "/api/progress-reports",
                                service.officer(),
                                draftOf(commitment, "2025-Q2"))
                        .header("Location");
        for (int version = 1; version <= 3; version++) {
            String seen = "\"" + version + "\"";
            int winner =
                    AtOnce.oneWinner(
                            writer ->
                                    service.post(
                                            path + "/edit",
                                            service.officer(),
                                            draft("Жазуучу " + writer),
                                            "If-Match",
                                            seen));
            Answer read = service.get(path, "Authorization", "Bearer " + service.officer());
            assertThat(read.header("ETag")).isEqualTo("\"" + (version + 1) + "\"");
            assertThat(read.json().at("/content/narrative/texts/ky/value").asString())
                    .isEqualTo("Жазуучу " + winner);
        }
    }

    @Test
    void one_key_sent_32_times_at_once_has_one_effect_and_one_answer() {
        StreamId commitment = publish("repeated");
        recordWhen(commitment, _ -> true);
        String key = UUID.randomUUID().toString();
        Answer drafted =
                AtOnce.oneAnswer(
                        _ ->
                                service.postAs(
                                        "/api/progress-reports",
                                        service.officer(),
                                        key,
                                        draftOf(commitment, "2025-Q2")));
        assertThat(drafted.status()).isEqualTo(201);
        String path = drafted.header("Location");

        String once = UUID.randomUUID().toString();
        Answer published =
                AtOnce.oneAnswer(
                        _ ->
                                service.postAs(
                                        path + "/publish",
                                        service.head(),
                                        once,
                                        "{}",
                                        "If-Match",
                                        "\"1\""));
        assertThat(published.status()).isEqualTo(200);

        String correction =
                draft("Такталды")
                        .replaceFirst(
                                "\\{",
                                "{\"reason\":{\"original\":\"ky\",\"texts\":{\"ky\":{\"value\":\"Ката\"}}},");
        service.post(path + "/correct", service.head(), correction, "If-Match", "\"2\"");
        Answer late =
                service.postAs(path + "/publish", service.head(), once, "{}", "If-Match", "\"1\"");
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.text()).isEqualTo(published.text());
        assertThat(service.get(path).header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void commands_are_refused_for_their_reason() {
        StreamId commitment = publish("refused");
        recordWhen(commitment, _ -> true);
        StreamId unknown = StreamId.derived("commitment", "unheard of");
        String officer = service.officer();
        assertThat(
                        service.post(
                                        "/api/progress-reports",
                                        "nonsense",
                                        draftOf(commitment, "2025-Q2"))
                                .status())
                .isEqualTo(401);
        assertThat(
                        service.post("/api/progress-reports", officer, draftOf(unknown, "2025-Q2"))
                                .code())
                .isEqualTo("report.subject-unknown");
        String elsewhere =
                service.token(Grant.forPlace("officer", "okmotu", "soate:41703000000000"));
        assertThat(
                        service.post(
                                        "/api/progress-reports",
                                        elsewhere,
                                        draftOf(commitment, "2025-Q2"))
                                .status())
                .isEqualTo(403);
        Answer half =
                service.post("/api/progress-reports", officer, draftOf(commitment, "2025-H1"));
        assertThat(half.status()).isEqualTo(422);
        assertThat(half.code()).isEqualTo("report.period-other-frequency");
        assertThat(half.json().at("/errors/0/pointer").asString()).isEqualTo("/period");
        Answer malformed =
                service.post(
                        "/api/progress-reports",
                        officer,
                        "{\"commitment\": \"x\", \"period\": \"Q2\", \"status\": \"done\", \"who\": 1}");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.text()).contains("/commitment", "/period", "/status", "/who");
        String key = "once";
        Answer first =
                service.postAs(
                        "/api/progress-reports", officer, key, draftOf(commitment, "2025-Q2"));
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        Answer again =
                service.postAs(
                        "/api/progress-reports", officer, key, draftOf(commitment, "2025-Q2"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(
                        service.post(
                                        "/api/progress-reports",
                                        officer,
                                        draftOf(commitment, "2025-Q2"))
                                .code())
                .isEqualTo("report.already-drafted");
    }

    @Test
    void personal_data_is_warned_of_before_it_is_published() {
        StreamId commitment = publish("personal");
        recordWhen(commitment, _ -> true);
        String body =
                """
                {"commitment": "%s", "period": "2025-Q2", "status": "limited",
                 "narrative": {"original": "ru", "texts": {"ru": {"value": "Звоните 0555 12 34 56"}}}}
                """
                        .formatted(commitment.id());
        Answer drafted = service.post("/api/progress-reports", service.officer(), body);
        String path = drafted.header("Location");
        Answer warned = service.post(path + "/publish", service.head(), "{}", "If-Match", "\"1\"");
        assertThat(warned.status()).isEqualTo(422);
        assertThat(warned.code()).isEqualTo("text.personal-data");
        assertThat(
                        service.post(
                                        path + "/publish",
                                        service.head(),
                                        "{\"acknowledgePersonalData\": true}",
                                        "If-Match",
                                        "\"1\"")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_withdrawn_promise_gets_no_new_report() {
        StreamId commitment = publish("withdrawn");
        service.tell(data(commitment, 3, "commitment-withdrawn", example("commitment-withdrawn")));
        JsonNode record =
                recordWhen(commitment, r -> r.at("/state/value").asString().equals("withdrawn"));
        assertThat(record.has("withdrawal")).isTrue();
        assertThat(
                        service.post(
                                        "/api/progress-reports",
                                        service.officer(),
                                        draftOf(commitment, "2025-Q2"))
                                .code())
                .isEqualTo("report.subject-withdrawn");
    }

    @Test
    void what_was_amended_and_withdrawn_stays_in_sight_however_much_follows() {
        StreamId commitment = publish("long-ago");
        service.tell(data(commitment, 3, "commitment-amended", example("commitment-amended")));
        service.tell(data(commitment, 4, "commitment-withdrawn", example("commitment-withdrawn")));
        StreamId budget = budget(commitment, "long-ago");
        for (int sequence = 5; sequence < 65; sequence++) {
            ObjectNode adjusted = example("budget-adjusted");
            adjusted.put("commitment", commitment.toString());
            service.tell(data(budget, sequence, "budget-adjusted", adjusted));
        }
        JsonNode record =
                recordWhen(
                        commitment, r -> r.at("/restsOn").path(budget.toString()).asLong(0) == 64);
        assertThat(record.at("/state/value").asString()).isEqualTo("withdrawn");
        assertThat(record.at("/history").has("next")).isTrue();
        assertThat(record.at("/amendments").size()).isEqualTo(1);
        assertThat(record.at("/amendments/0/event").asString()).isEqualTo(commitment + "@3");
        assertThat(record.at("/withdrawal/event").asString()).isEqualTo(commitment + "@4");
    }

    @Test
    void what_is_due_is_a_table_for_spreadsheets() {
        StreamId commitment = publish("tabled");
        recordWhen(commitment, _ -> true);
        String address = "/api/reports/due?on=2025-08-02&limit=1&place=" + RunningService.PLACE;
        List<String> lines = new ArrayList<>();
        String after = "";
        do {
            Answer table = service.get(address + after, "Accept", "text/csv");
            assertThat(table.header("Content-Type")).startsWith("text/csv");
            List<String> page = table.text().lines().toList();
            assertThat(page.getFirst())
                    .isEqualTo(
                            "\uFEFFcommitment,title,language,place,placeName,lead,period,start,end,"
                                    + "dueOn,standing,daysLate");
            lines.addAll(page.subList(1, page.size()));
            String next = table.header("Next-After");
            after = next.isEmpty() ? "" : "&after=" + next;
        } while (!after.isEmpty());
        assertThat(lines.stream().filter(line -> line.startsWith(commitment.id())))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .endsWith(
                                                ",okmotu,2025-Q2,2025-04-01,2025-06-30,2025-07-30,"
                                                        + "overdue,3"));
    }

    @Test
    void lateness_is_told_for_days_within_ten_years() {
        StreamId commitment = publish("far-away");
        recordWhen(commitment, _ -> true);
        for (String address :
                List.of(
                        "/api/record/commitments/" + commitment.id(),
                        "/api/record/places/soate/" + RunningService.CODE,
                        "/api/reports/due")) {
            Answer far = service.get(address + "?on=2999-12-31");
            assertThat(far.status()).as(address).isEqualTo(400);
            assertThat(far.text()).contains("date.out-of-range");
            assertThat(service.get(address + "?on=1990-01-01").status()).isEqualTo(200);
        }
    }

    @Test
    void events_that_come_twice_and_in_reverse_make_the_same_record() {
        StreamId commitment = StreamId.derived("commitment", "reversed");
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        events.addAll(budgetEvents(commitment, "reversed"));
        events.addAll(commitmentEvents(commitment));
        for (ProducerRecord<String, byte[]> event : events.reversed()) {
            service.tell(event);
            service.tell(event);
        }
        JsonNode record =
                recordWhen(
                        commitment,
                        r ->
                                r.at("/money/totals/0/spent/amount").asString().equals("300.00")
                                        && r.at("/state/value").asString().equals("in-progress"));
        assertThat(record.at("/money/spending/items").size()).isEqualTo(1);
        assertThat(record.at("/history/items").size()).isEqualTo(5);
    }

    @Test
    void an_event_that_cannot_be_read_is_parked_and_the_record_says_so() {
        StreamId commitment = publish("parked");
        recordWhen(commitment, _ -> true);
        service.tell(
                event(
                        commitment,
                        3,
                        "milestone-assessed",
                        PUBLISHED,
                        "{\"milestone\": \"m1\"".getBytes(UTF_8)));
        service.tell(data(commitment, 4, "commitment-disputed", example("commitment-disputed")));
        JsonNode record = recordWhen(commitment, r -> r.has("incompleteSince"));
        assertThat(record.at("/state/value").asString()).isEqualTo("in-progress");
        assertThat(record.at("/restsOn").get(commitment.toString()).asLong()).isEqualTo(2);

        assertThat(service.get("/internal/views/record").status()).isEqualTo(401);
        assertThat(
                        service.get(
                                        "/internal/views/record",
                                        "Authorization",
                                        "Bearer " + service.officer())
                                .status())
                .isEqualTo(403);
        Answer parked =
                service.get(
                        "/internal/views/record/parked",
                        "Authorization",
                        "Bearer " + service.operator());
        JsonNode mine = null;
        for (JsonNode one : parked.json().get("items")) {
            mine = one.path("eventId").asString("").equals(commitment + "@3") ? one : mine;
        }
        assertThat(mine).isNotNull();
        String id = mine == null ? "" : mine.get("id").asString();
        Answer replayed =
                service.post(
                        "/internal/views/record/parked/" + id + "/replay", service.operator(), "");
        assertThat(replayed.json().get("outcome").asString()).isEqualTo("still-parked");
        assertThat(
                        service.post(
                                        "/internal/views/record/parked/a:0:0/replay",
                                        service.operator(),
                                        "")
                                .code())
                .isEqualTo("parked.unknown");
    }

    @Test
    void the_view_is_rebuilt_while_it_serves() {
        StreamId commitment = publish("rebuilt");
        budget(commitment, "rebuilt");
        recordWhen(
                commitment, r -> r.at("/money/totals/0/spent/amount").asString().equals("300.00"));
        String address = "/api/record/commitments/" + commitment.id() + "?on=2026-01-01";
        Answer before = service.get(address);
        long active = status().get("active").asLong();
        Answer rebuild = service.post("/internal/views/record/rebuild", service.operator(), "");
        long generation = rebuild.json().get("generation").asLong();
        assertThat(generation).isGreaterThan(active);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            assertThat(service.get(address).json()).isEqualTo(before.json());
                            return status().get("active").asLong() == generation;
                        });
        assertThat(service.get(address).header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(service.post("/internal/views/other/rebuild", service.operator(), "").code())
                .isEqualTo("view.unknown");
    }

    @Test
    void what_an_earlier_version_kept_serves_until_it_is_rebuilt() {
        StreamId commitment = publish("older");
        recordWhen(commitment, r -> r.at("/state/value").asString().equals("in-progress"));
        long active = status().get("active").asLong();
        MongoDatabase database = service.bean(MongoDatabase.class);
        Bson key = Filters.eq("_id", commitment.toString());
        ObjectNode body = body(database, active, commitment);
        assertThat(body.remove("publisher").asString()).isEqualTo(RunningService.ORGANISATION);
        slices(database, active).updateOne(key, Updates.set("body", body.toString()));
        Answer draft =
                service.post(
                        "/api/progress-reports", service.officer(), draftOf(commitment, "2025-Q2"));
        assertThat(draft.status()).as(draft.text()).isEqualTo(201);

        database.getCollection("view_generations")
                .updateOne(Filters.eq("_id", RecordView.NAME), Updates.unset("format"));
        String bootstrap =
                service.bean(Environment.class).getRequiredProperty("ashar.kafka.bootstrap");
        try (ViewRunner later =
                new ViewRunner(
                        database,
                        RecordView.VIEW,
                        ViewSettings.of(
                                RunningService.INSTALLATION,
                                Map.of("bootstrap.servers", bootstrap)),
                        Clock.systemUTC())) {
            later.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> status().get("active").asLong() == active + 1);
        }
        assertThat(body(database, active + 1, commitment).get("publisher").asString())
                .isEqualTo(RunningService.ORGANISATION);
    }

    private static ObjectNode body(MongoDatabase database, long generation, StreamId commitment) {
        Document slice =
                slices(database, generation).find(Filters.eq("_id", commitment.toString())).first();
        return (ObjectNode) AsharJson.lenient().readTree(requireNonNull(slice).getString("body"));
    }

    private static MongoCollection<Document> slices(MongoDatabase database, long generation) {
        return database.getCollection("record_commitments_g" + generation);
    }

    @Test
    void a_place_shows_its_promises_and_lets_a_reader_choose_among_them() {
        StreamId commitment = publish("placed");
        budget(commitment, "placed");
        recordWhen(
                commitment, r -> r.at("/money/totals/0/spent/amount").asString().equals("300.00"));
        String address = "/api/record/places/soate/41706246820000";
        JsonNode record = service.get(address + "?limit=200").json();
        assertThat(record.at("/counts/commitments").asLong()).isPositive();
        assertThat(record.at("/money/0/currency").asString()).isEqualTo("KGS");
        assertThat(ids(record)).contains(commitment.id());
        assertThat(ids(service.get(address + "?state=in-progress&limit=200").json()))
                .contains(commitment.id());
        assertThat(ids(service.get(address + "?state=verified-complete").json())).isEmpty();
        assertThat(ids(service.get(address + "?attention=late&on=2030-01-01&limit=200").json()))
                .contains(commitment.id());
        assertThat(ids(service.get(address + "?attention=late&on=2025-02-01").json())).isEmpty();
        assertThat(ids(service.get(address + "?attention=overspent&limit=200").json()))
                .doesNotContain(commitment.id());
        assertThat(ids(service.get(address + "?classification=sdg:6.1&limit=200").json()))
                .contains(commitment.id());
        assertThat(service.get(address + "?sort=sideways").status()).isEqualTo(400);
        assertThat(service.get(address + "?after=!!").status()).isEqualTo(400);

        List<String> walked = new ArrayList<>();
        String next = address + "?limit=1&sort=title";
        while (!next.isEmpty()) {
            JsonNode page = service.get(next).json();
            walked.addAll(ids(page));
            next = page.at("/commitments/next").asString("");
        }
        assertThat(walked).doesNotHaveDuplicates().contains(commitment.id());

        Answer known = service.get(address + "?on=2026-01-01");
        String tag = String.valueOf(known.header("ETag"));
        assertThat(service.get(address + "?on=2026-01-01", "If-None-Match", tag).status())
                .isEqualTo(304);
        JsonNode first = service.get(address + "?limit=1").json();
        String after = service.get(address + "?limit=1", "Accept", "text/csv").header("Next-After");
        assertThat(first.at("/commitments/next").asString()).contains("?after=" + after + "&");
        Answer csv = service.get(address + "?limit=200", "Accept", "text/csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.text())
                .startsWith(
                        "\uFEFFid,title,language,lead,state,start,end,publishedOn,nextDue,daysLate,"
                                + "milestones,milestonesMet,currency,")
                .contains(commitment.id())
                .contains("1000.00");
    }

    @Test
    void contracts_are_served() {
        String contracts = "/contracts/progress-reports/";
        assertThat(service.get(contracts + "asyncapi.yaml").text()).contains("asyncapi:");
        assertThat(service.get(contracts + "progress-report-published.v1.schema.json").text())
                .contains("\"$schema\"");
        assertThat(service.get(contracts + "absent.v1.schema.json").status()).isEqualTo(404);
        assertThat(service.get(contracts + "openapi.yaml").status()).isEqualTo(404);
    }

    @Test
    void openapi_names_every_route_and_no_other() throws IOException {
        Map<String, Object> document =
                new Yaml()
                        .load(
                                Files.readString(
                                        Path.of(
                                                "src/main/resources/contracts/progress-reports/openapi.yaml")));
        TreeSet<String> written = new TreeSet<>();
        ((Map<?, ?>) document.getOrDefault("paths", Map.of()))
                .forEach(
                        (path, methods) ->
                                ((Map<?, ?>) methods)
                                        .keySet()
                                        .forEach(
                                                method ->
                                                        written.add(
                                                                method.toString()
                                                                                .toUpperCase(
                                                                                        Locale.ROOT)
                                                                        + " "
                                                                        + path)));
        TreeSet<String> coded = new TreeSet<>();
        service.routes()
                .getHandlerMethods()
                .forEach(
                        (mapping, _) ->
                                mapping.getPatternValues().stream()
                                        .filter(path -> path.startsWith("/api/"))
                                        .forEach(
                                                path ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                coded.add(
                                                                                        method
                                                                                                        .name()
                                                                                                + " "
                                                                                                + path))));
        assertThat(written).isEqualTo(coded);
        assertThat(service.get("/api/progress-reports/openapi.yaml").text())
                .startsWith("openapi: 3.1.0");
    }

    private static JsonNode status() {
        return service.get(
                        "/internal/views/record", "Authorization", "Bearer " + service.operator())
                .json();
    }

    private static List<String> ids(JsonNode place) {
        List<String> ids = new ArrayList<>();
        place.at("/commitments/items").forEach(row -> ids.add(row.get("id").asString()));
        return ids;
    }

    private static List<String> drafts(String token) {
        List<String> ids = new ArrayList<>();
        service.get(
                        "/api/progress-reports?state=draft&limit=200",
                        "Authorization",
                        "Bearer " + token)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }

    private static JsonNode recordWhen(StreamId commitment, Predicate<JsonNode> ready) {
        String address = "/api/record/commitments/" + commitment.id() + "?on=2026-06-01";
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            Answer answer = service.get(address);
                            return answer.status() == 200 && ready.test(answer.json())
                                    ? answer.json()
                                    : null;
                        },
                        record -> record != null);
    }

    private static String draft(String narrative) {
        return """
               {"status": "limited",
                "narrative": {"original": "ky", "texts": {"ky": {"value": "%s"}}}}
               """
                .formatted(narrative);
    }

    private static String draftOf(StreamId commitment, String period) {
        return "{\"commitment\": \"%s\", \"period\": \"%s\", %s}"
                .formatted(commitment.id(), period, CONTENT);
    }

    private static StreamId publish(String name) {
        StreamId commitment = StreamId.derived("commitment", name);
        commitmentEvents(commitment).forEach(service::tell);
        return commitment;
    }

    private static StreamId budget(StreamId commitment, String name) {
        budgetEvents(commitment, name).forEach(service::tell);
        return StreamId.derived("budget-commitment", name);
    }

    private static List<ProducerRecord<String, byte[]>> commitmentEvents(StreamId commitment) {
        ObjectNode published = example("commitment-published");
        published.put("publishedOn", "2025-01-15");
        return List.of(
                data(commitment, 1, "commitment-published", published),
                data(commitment, 2, "commitment-started", example("commitment-started")));
    }

    private static List<ProducerRecord<String, byte[]>> budgetEvents(
            StreamId commitment, String name) {
        StreamId budget = StreamId.derived("budget-commitment", name);
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        Map<Integer, String> facts =
                new TreeMap<>(
                        Map.of(
                                1, "budget-proposed",
                                2, "budget-approved",
                                3, "budget-committed",
                                4, "spending-recorded"));
        facts.forEach(
                (sequence, fact) -> {
                    ObjectNode data = example(fact);
                    data.put("commitment", commitment.toString());
                    events.add(data(budget, sequence, fact, data));
                });
        return events;
    }

    private static ProducerRecord<String, byte[]> data(
            StreamId stream, long sequence, String fact, ObjectNode data) {
        return event(
                stream,
                sequence,
                fact,
                PUBLISHED.plusSeconds(sequence),
                data.toString().getBytes(UTF_8));
    }
}
