package org.ashar.budgetcommitments.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.ashar.budgetcommitments.api.Town.Answer;
import org.ashar.eventstore.EventStore;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service over HTTP, on the embedded store and broker. */
class ServiceIT {

    private static final String COMMITMENTS = "/api/commitments";
    private static final String BUDGETS = "/api/budget-commitments";

    @TempDir private static Path data;
    private static Town town;

    @BeforeAll
    static void start() throws IOException {
        town = new Town(data);
    }

    @AfterAll
    static void stop() throws IOException {
        town.close();
    }

    @Test
    void a_promise_is_followed_from_its_draft_to_its_verification() {
        String id = published("Water for the school");
        String later = Bodies.TODAY.plusYears(2).toString();
        Answer amended =
                town.command(
                        COMMITMENTS + "/" + id + "/amend",
                        town.head,
                        2,
                        "{\"rationale\":%s,\"milestones\":{\"change\":[{\"id\":\"m1\",\"due\":\"%s\"}]}}"
                                .formatted(Bodies.text("The river flooded"), later));
        assertThat(amended.status()).as(amended.text()).isEqualTo(200);
        step(id, "start", town.officer, 3, Bodies.NOTHING);
        step(id, "milestones/m1/assess", town.officer, 4, Bodies.met());
        step(id, "report-complete", town.officer, 5, Bodies.NOTHING);
        step(id, "dispute", town.facilitator, 6, Bodies.reason("No water on Lenin street"));
        step(
                id,
                "resume",
                town.officer,
                7,
                "{\"response\":" + Bodies.text("The valve is replaced") + "}");
        step(id, "report-complete", town.officer, 8, Bodies.NOTHING);
        step(id, "verify-complete", town.monitor, 9, Bodies.NOTHING);

        Answer read = town.get(COMMITMENTS + "/" + id, null);
        assertThat(read.header("ETag")).isEqualTo("\"10\"");
        JsonNode view = read.json();
        assertThat(view.get("state").asString()).isEqualTo("verified-complete");
        assertThat(view.at("/milestones/0/due").asString()).isEqualTo(later);
        assertThat(view.at("/milestones/0/originalDue").asString()).isEqualTo(Bodies.DUE);
        assertThat(view.at("/milestones/0/status").asString()).isEqualTo("met");
        assertThat(types(id))
                .containsExactly(
                        "commitment-published",
                        "commitment-amended",
                        "commitment-started",
                        "milestone-assessed",
                        "commitment-reported-complete",
                        "commitment-disputed",
                        "commitment-resumed",
                        "commitment-reported-complete",
                        "commitment-verified-complete");
    }

    @Test
    void money_is_followed_from_its_proposal_to_its_closing() {
        String commitment = published("Pipes for the village");
        String id = budget(commitment, "1000.00");
        money(id, "approve", 1, Bodies.approval());
        money(id, "adjust", 2, Bodies.adjustment("1200.00"));
        money(id, "commit", 3, Bodies.NOTHING);
        money(id, "spending", 4, Bodies.spending("1300.00"));
        money(id, "spending", 6, Bodies.spending("-200.00"));
        money(id, "execute", 7, Bodies.NOTHING);
        money(id, "close", 8, Bodies.NOTHING);

        JsonNode view = town.get(BUDGETS + "/" + id, null).json();
        assertThat(view.get("state").asString()).isEqualTo("closed");
        assertThat(view.at("/total/amount").asString()).isEqualTo("1000.00");
        assertThat(view.at("/adjusted/amount").asString()).isEqualTo("1200.00");
        assertThat(view.at("/spent/amount").asString()).isEqualTo("1100.00");
        assertThat(types(id))
                .containsExactly(
                        "budget-proposed",
                        "budget-approved",
                        "budget-adjusted",
                        "budget-committed",
                        "spending-recorded",
                        "overspend-detected",
                        "spending-recorded",
                        "budget-executed",
                        "budget-closed");
    }

    @Test
    void every_event_on_the_topic_holds_its_schema() throws IOException {
        budget(published("Schemas"), "10.00");
        List<ConsumerRecord<String, byte[]>> events = events();
        assertThat(events).isNotEmpty();
        for (ConsumerRecord<String, byte[]> event : events) {
            String name =
                    header(event, "ce_type").substring("org.ashar.budget-commitments.".length());
            String schema =
                    Files.readString(
                            Path.of(
                                    "src/main/resources/contracts/budget-commitments/"
                                            + name
                                            + ".schema.json"));
            assertThat(
                            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                    .getSchema(schema)
                                    .validate(new String(event.value(), UTF_8), InputFormat.JSON))
                    .as(name)
                    .isEmpty();
            assertThat(event.key()).isEqualTo(header(event, "ce_subject"));
        }
    }

    @Test
    void a_draft_exists_for_its_own_organisation_alone() {
        String id = draft("A secret plan");
        String colleague =
                town.token("colleague", Grant.forPlace("finance-officer", "okmotu", Town.PLACE));
        String stranger = town.token("stranger", Grant.forPlace("head", "rival", Town.PLACE));

        assertThat(town.get(COMMITMENTS + "/" + id, town.officer).status()).isEqualTo(200);
        assertThat(town.get(COMMITMENTS + "/" + id, colleague).status()).isEqualTo(200);
        for (Answer hidden :
                List.of(
                        town.get(COMMITMENTS + "/" + id, null),
                        town.get(COMMITMENTS + "/" + id, stranger),
                        town.command(
                                COMMITMENTS + "/" + id + "/publish", stranger, 1, Bodies.NOTHING),
                        town.command(
                                COMMITMENTS + "/" + id + "/publish", stranger, 7, Bodies.NOTHING),
                        town.command(
                                COMMITMENTS + "/" + "a".repeat(26) + "/publish",
                                stranger,
                                1,
                                Bodies.NOTHING))) {
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.code()).isEqualTo("commitment.not-found");
        }
        assertThat(ids(COMMITMENTS + "?text=secret", null)).isEmpty();
        assertThat(ids(COMMITMENTS + "?state=draft&text=secret", null)).isEmpty();
        assertThat(ids(COMMITMENTS + "?state=draft&text=secret", stranger)).isEmpty();
        assertThat(ids(COMMITMENTS + "?state=draft&text=secret", town.officer)).containsExactly(id);
        assertThat(town.create(BUDGETS, town.finance, Bodies.budget(id, "10.00")).code())
                .isEqualTo("budget.commitment-not-published");

        step(id, "discard", town.officer, 1, Bodies.NOTHING);
        assertThat(town.get(COMMITMENTS + "/" + id, town.officer).status()).isEqualTo(404);
        assertThat(types(id)).isEmpty();
    }

    @Test
    void money_is_promised_for_a_published_promise_alone() {
        Answer unknown = town.create(BUDGETS, town.finance, Bodies.budget("a".repeat(26), "10.00"));
        assertThat(unknown.status()).isEqualTo(409);
        assertThat(unknown.code()).isEqualTo("budget.commitment-not-published");

        String withdrawn = published("To be withdrawn");
        step(withdrawn, "withdraw", town.head, 2, Bodies.reason("No money"));
        assertThat(town.create(BUDGETS, town.finance, Bodies.budget(withdrawn, "10.00")).code())
                .isEqualTo("budget.commitment-withdrawn");
    }

    @Test
    void each_command_needs_one_of_its_roles_for_the_very_place() {
        String commitment = published("Roles");
        String money = budget(commitment, "10.00");
        for (Permission permission : Permission.values()) {
            for (String role : Grant.ROLES) {
                String token =
                        town.token("person-" + role, Grant.forPlace(role, "okmotu", Town.PLACE));
                Answer answer = give(permission, token, commitment, money);
                assertThat(answer.code().equals("request.not-permitted"))
                        .as("%s as %s: %s", permission, role, answer.text())
                        .isEqualTo(!permission.roles().contains(role));
            }
            String elsewhere =
                    town.token(
                            "elsewhere",
                            Grant.forPlace(
                                    permission.roles().getFirst(), "okmotu", Town.OTHER_PLACE));
            assertThat(give(permission, elsewhere, commitment, money).code())
                    .as("%s elsewhere", permission)
                    .isEqualTo("request.not-permitted");
            assertThat(
                            give(
                                            permission,
                                            town.token(
                                                    "unbound",
                                                    Grant.unbound(
                                                            permission.roles().getFirst(),
                                                            "okmotu")),
                                            commitment,
                                            money)
                                    .code())
                    .as("%s unbound", permission)
                    .isEqualTo("request.not-permitted");
        }
    }

    @Test
    void of_several_roles_the_one_for_the_place_counts() {
        String twoPlaces =
                town.token(
                        "two-places",
                        Grant.forPlace("head", "elsewhere", Town.OTHER_PLACE),
                        Grant.forPlace("head", "okmotu", Town.PLACE));
        String id = draft("Two places");
        Answer published =
                town.command(COMMITMENTS + "/" + id + "/publish", twoPlaces, 1, Bodies.NOTHING);
        assertThat(published.status()).as(published.text()).isEqualTo(200);
    }

    @Test
    void reporter_verifier_and_lead_are_different_persons_and_organisations() {
        String id = published("Independence");
        step(id, "start", town.officer, 2, Bodies.NOTHING);
        step(id, "milestones/m1/assess", town.officer, 3, Bodies.met());
        step(id, "report-complete", town.officer, 4, Bodies.NOTHING);
        String samePerson =
                town.token("officer-1", Grant.forPlace("monitor", "monitoring-group", Town.PLACE));
        String sameOrganisation =
                town.token("somebody", Grant.forPlace("monitor", "okmotu", Town.PLACE));
        String publisher =
                town.token("head-1", Grant.forPlace("monitor", "monitoring-group", Town.PLACE));
        String path = COMMITMENTS + "/" + id + "/verify-complete";
        assertThat(town.command(path, samePerson, 5, Bodies.NOTHING).code())
                .isEqualTo("commitment.verifier-is-reporter");
        assertThat(town.command(path, sameOrganisation, 5, Bodies.NOTHING).code())
                .isEqualTo("commitment.verifier-is-reporter");
        assertThat(town.command(path, publisher, 5, Bodies.NOTHING).code())
                .isEqualTo("commitment.verifier-is-lead");
        assertThat(town.command(path, town.monitor, 5, Bodies.NOTHING).status()).isEqualTo(200);
    }

    @Test
    void an_official_is_warned_before_personal_data_is_public() {
        String id = draft("Call the reception, 0555 12-34-56");
        Answer warned =
                town.command(COMMITMENTS + "/" + id + "/publish", town.head, 1, Bodies.NOTHING);
        assertThat(warned.status()).isEqualTo(422);
        assertThat(warned.code()).isEqualTo("text.personal-data");
        assertThat(warned.json().at("/errors/0/pointer").asString())
                .isEqualTo("/title/texts/en/value");
        step(id, "publish", town.head, 1, "{\"acknowledgePersonalData\":true}");
    }

    @Test
    void a_draft_too_large_to_be_published_is_refused_at_once() {
        String large = "ж".repeat(3_900);
        String body =
                """
                {"place":{"scheme":"soate","code":"41706207804000"},"title":%s,
                "description":{"original":"ky","texts":{%s}}}
                """
                        .formatted(
                                Bodies.text("Large"),
                                String.join(
                                        ",",
                                        Stream.of("ky", "ru", "en", "ar", "th", "uz", "kk")
                                                .map(
                                                        tag ->
                                                                "\"%s\":{\"value\":\"%s\"}"
                                                                        .formatted(tag, large))
                                                .toList()));
        Answer answer = town.create(COMMITMENTS, town.officer, body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("event.too-large");
    }

    @Test
    void a_command_takes_effect_once_however_often_it_is_sent() {
        String id = draft("Once");
        String key = UUID.randomUUID().toString();
        String path = COMMITMENTS + "/" + id + "/publish";
        Answer first = town.command(path, town.head, 1, Bodies.NOTHING, key);
        Answer again = town.command(path, town.head, 1, Bodies.NOTHING, key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(
                        town.command(path, town.head, 1, "{\"acknowledgePersonalData\":true}", key)
                                .code())
                .isEqualTo("request.key-reused");
        assertThat(town.command(path, town.head, 1, Bodies.NOTHING).status()).isEqualTo(412);
        assertThat(types(id)).containsExactly("commitment-published");
    }

    @Test
    void of_32_writers_of_one_version_one_wins_and_nothing_is_lost() {
        String id = draft("Contended");
        for (int version = 1; version <= 3; version++) {
            long seen = version;
            int winner =
                    AtOnce.oneWinner(
                            writer ->
                                    town.command(
                                            COMMITMENTS + "/" + id + "/edit",
                                            town.officer,
                                            seen,
                                            Bodies.edit("Writer " + writer, Bodies.DUE)));
            Answer read = town.get(COMMITMENTS + "/" + id, town.officer);
            assertThat(read.header("ETag")).isEqualTo("\"" + (version + 1) + "\"");
            assertThat(read.json().at("/title/texts/en/value").asString())
                    .isEqualTo("Writer " + winner);
        }
    }

    @Test
    void of_32_payments_recorded_at_once_each_is_counted_in_the_end() {
        String budget = committed("Paid at once");
        List<Integer> tries =
                AtOnce.all(
                        _ -> {
                            String path = BUDGETS + "/" + budget + "/spending";
                            int sent = 0;
                            Answer answer;
                            do {
                                long version = town.get(BUDGETS + "/" + budget, null).version();
                                answer =
                                        town.command(
                                                path,
                                                town.finance,
                                                version,
                                                Bodies.spending("1.00"));
                                sent++;
                            } while (answer.status() == 412 && sent < 200);
                            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                            return sent;
                        });
        assertThat(tries).hasSize(32);
        JsonNode view = town.get(BUDGETS + "/" + budget, null).json();
        assertThat(view.at("/spent/amount").asString()).isEqualTo("32.00");
        assertThat(view.get("entries").asInt()).isEqualTo(32);
        assertThat(types(budget).stream().filter("spending-recorded"::equals)).hasSize(32);
        assertThat(types(budget).stream().filter("overspend-detected"::equals)).hasSize(1);
    }

    @Test
    void one_key_sent_32_times_at_once_has_one_effect_and_one_answer() {
        String key = UUID.randomUUID().toString();
        Answer drafted =
                AtOnce.oneAnswer(
                        _ ->
                                town.create(
                                        COMMITMENTS,
                                        town.officer,
                                        Bodies.draft("Only once", Bodies.DUE),
                                        key));
        assertThat(drafted.status()).isEqualTo(201);
        assertThat(ids(COMMITMENTS + "?state=draft&text=only%20once", town.officer)).hasSize(1);

        String budget = committed("Paid once");
        String once = UUID.randomUUID().toString();
        String path = BUDGETS + "/" + budget + "/spending";
        Answer paid =
                AtOnce.oneAnswer(
                        _ -> town.command(path, town.finance, 3, Bodies.spending("7.00"), once));
        assertThat(paid.status()).isEqualTo(200);

        money(budget, "spending", 4, Bodies.spending("1.00"));
        Answer late = town.command(path, town.finance, 3, Bodies.spending("7.00"), once);
        assertThat(late.text()).isEqualTo(paid.text());
        assertThat(town.get(BUDGETS + "/" + budget, null).json().at("/spent/amount").asString())
                .isEqualTo("8.00");
    }

    @Test
    void the_money_of_a_promise_that_is_withdrawn_later_goes_on_being_told() {
        String commitment = published("Withdrawn later");
        String paid = budget(commitment, "10.00");
        money(paid, "approve", 1, Bodies.approval());
        money(paid, "commit", 2, Bodies.NOTHING);
        String unspent = budget(commitment, "20.00");
        step(commitment, "withdraw", town.head, 2, Bodies.reason("The river moved"));
        assertThat(town.create(BUDGETS, town.finance, Bodies.budget(commitment, "5.00")).code())
                .isEqualTo("budget.commitment-withdrawn");
        money(paid, "spending", 3, Bodies.spending("4.00"));
        money(unspent, "cancel", 1, Bodies.reason("The promise is withdrawn"));
        assertThat(ids(BUDGETS + "?commitment=" + commitment, null))
                .containsExactlyInAnyOrder(paid, unspent);
        assertThat(town.get(BUDGETS + "/" + paid, null).json().at("/spent/amount").asString())
                .isEqualTo("4.00");
    }

    @Test
    void bad_values_are_all_told_with_their_place() {
        Answer answer =
                town.create(
                        COMMITMENTS,
                        town.officer,
                        """
                        {"place":{"scheme":"soate","code":"99999999999999"},"title":%s,
                        "contact":{"office":%s},
                        "period":{"start":"2025-02-01","end":"2025-01-01"},
                        "classifications":[{"scheme":"sdg","code":"99"}],
                        "milestones":[{"id":"M 1","title":%s,"deliverable":%s,"due":"2025-02-30"}],
                        "reporting":{"frequency":"quarter","graceDays":181}}
                        """
                                .formatted(
                                        Bodies.text("\u202Eevil"),
                                        Bodies.text("Office"),
                                        Bodies.text("t"),
                                        Bodies.text("d")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(
                        answer.json()
                                .get("errors")
                                .valueStream()
                                .map(
                                        e ->
                                                e.get("pointer").asString()
                                                        + " "
                                                        + e.get("code").asString()))
                .containsExactlyInAnyOrder(
                        "/place/code place.unknown",
                        "/title/texts/en/value text.bidi-override",
                        "/contact/phone contact.no-address",
                        "/period/end period.end-before-start",
                        "/classifications/0/code classification.malformed",
                        "/milestones/0/id milestone.malformed-id",
                        "/milestones/0/due date.malformed",
                        "/reporting/graceDays number.out-of-range");
        assertThat(
                        town.create(
                                        COMMITMENTS,
                                        town.officer,
                                        Bodies.draft("x", Bodies.DUE)
                                                .replaceFirst("\\{", "{\"state\":1,"))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void lists_are_filtered_sorted_and_paged() {
        String word = "kumtor" + UUID.randomUUID().toString().substring(0, 8);
        List<String> due =
                IntStream.range(0, 7)
                        .mapToObj(
                                i ->
                                        published(
                                                word + " " + i,
                                                Bodies.TODAY
                                                        .plusMonths(4)
                                                        .minusMonths(i)
                                                        .toString()))
                        .toList();
        String list = COMMITMENTS + "?text=" + word.toUpperCase(Locale.ROOT);

        assertThat(ids(list, null)).containsExactlyInAnyOrderElementsOf(due);
        assertThat(walk(list + "&sort=due&limit=3")).containsExactlyElementsOf(due.reversed());
        assertThat(walk(list + "&limit=2")).containsExactlyInAnyOrderElementsOf(due);
        assertThat(ids(list + "&place=" + Town.PLACE + "&lead=okmotu&state=published", null))
                .hasSize(7);
        assertThat(
                        ids(
                                list
                                        + "&classification=sdg:6.1&from="
                                        + Bodies.TODAY
                                        + "&to="
                                        + Bodies.TODAY,
                                null))
                .hasSize(7);
        assertThat(ids(list + "&place=" + Town.OTHER_PLACE, null)).isEmpty();
        assertThat(ids(list + "&lead=rival", null)).isEmpty();
        assertThat(ids(list + "&state=withdrawn", null)).isEmpty();
        assertThat(ids(list + "&classification=sdg:6.2", null)).isEmpty();
        assertThat(ids(list + "&from=" + Bodies.TODAY.plusYears(4), null)).isEmpty();
        assertThat(ids(list + "&overdue=true", null))
                .containsExactlyInAnyOrderElementsOf(due.subList(5, 7));
        assertThat(ids(list + "&overdue=false", null))
                .containsExactlyInAnyOrderElementsOf(due.subList(0, 5));

        assertThat(town.get(list + "&after=nowhere", null).code()).isEqualTo("paging.bad-cursor");
        assertThat(town.get(list + "&limit=201", null).status()).isEqualTo(400);
        assertThat(town.get(list + "&colour=red", null).status()).isEqualTo(400);

        assertThat(town.get(list, null).header("Vary")).isEqualTo("Accept");
        Answer csv = town.get(list + "&limit=5", null, "Accept", "text/csv");
        assertThat(csv.header("Vary")).isEqualTo("Accept");
        assertThat(csv.text().lines()).hasSize(6);
        assertThat(csv.header("Next-After")).isNotNull();
    }

    @Test
    void budgets_are_listed_summed_up_and_their_spending_paged() {
        String commitment = published("Sums");
        String first = budget(commitment, "1000.00");
        budget(commitment, "500.50");
        money(first, "approve", 1, Bodies.approval());
        money(first, "commit", 2, Bodies.NOTHING);
        for (int i = 0; i < 5; i++) {
            money(first, "spending", 3 + i, Bodies.spending("1%d.00".formatted(i)));
        }
        assertThat(ids(BUDGETS + "?commitment=" + commitment, null)).hasSize(2).contains(first);
        assertThat(town.get(BUDGETS + "?commitment=" + commitment, null).header("Vary"))
                .isEqualTo("Accept");
        assertThat(town.get(BUDGETS + "/" + first + "/spending", null).header("Vary"))
                .isEqualTo("Accept");
        assertThat(ids(BUDGETS + "?commitment=" + commitment + "&state=proposed", null))
                .hasSize(1)
                .doesNotContain(first);
        assertThat(ids(BUDGETS + "?commitment=" + commitment + "&overspent=true", null)).isEmpty();
        JsonNode totals =
                town.get(BUDGETS + "/totals?commitment=" + commitment, null).json().get("totals");
        assertThat(totals.valueStream().map(JsonNode::toString))
                .containsExactly(
                        "{\"currency\":\"KGS\",\"state\":\"partly-executed\",\"budgets\":1,"
                                + "\"total\":\"1000.00\",\"adjusted\":\"1000.00\",\"spent\":\"60.00\"}",
                        "{\"currency\":\"KGS\",\"state\":\"proposed\",\"budgets\":1,"
                                + "\"total\":\"500.50\",\"adjusted\":\"500.50\",\"spent\":\"0.00\"}");
        assertThat(town.get(BUDGETS + "/totals", null).code()).isEqualTo("budget.totals-of-what");

        List<String> amounts = new ArrayList<>();
        String after = "";
        do {
            JsonNode page =
                    town.get(BUDGETS + "/" + first + "/spending?limit=2" + after, null).json();
            page.get("items").forEach(entry -> amounts.add(entry.at("/amount/amount").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : null;
        } while (after != null);
        assertThat(amounts).containsExactly("10.00", "11.00", "12.00", "13.00", "14.00");
        assertThat(
                        town.get(BUDGETS + "/" + first + "/spending", null, "Accept", "text/csv")
                                .text()
                                .lines())
                .hasSize(6);
    }

    @Test
    void contracts_are_served() {
        assertThat(town.get("/openapi/budget-commitments.json", null).json().get("openapi"))
                .isNotNull();
        assertThat(
                        town.get(
                                        "/contracts/budget-commitments/commitment-published.v1.schema.json",
                                        null)
                                .status())
                .isEqualTo(200);
        assertThat(town.get("/contracts/budget-commitments/asyncapi.yaml", null).status())
                .isEqualTo(200);
        assertThat(town.get("/contracts/budget-commitments/absent.v1.schema.json", null).status())
                .isEqualTo(404);
    }

    private static Answer give(
            Permission permission, String token, String commitment, String money) {
        String body =
                switch (permission) {
                    case DRAFT -> Bodies.draft("Roles", Bodies.DUE);
                    case EDIT -> Bodies.edit("Roles", Bodies.DUE);
                    case ASSESS -> Bodies.met();
                    case DISPUTE, WITHDRAW, CANCEL -> Bodies.reason("Because");
                    case RESUME -> "{\"response\":" + Bodies.text("Because") + "}";
                    case AMEND -> "{\"rationale\":" + Bodies.text("Because") + "}";
                    case PROPOSE -> Bodies.budget(commitment, "10.00");
                    case APPROVE -> Bodies.approval();
                    case ADJUST -> Bodies.adjustment("20.00");
                    case RECORD_SPENDING -> Bodies.spending("1.00");
                    case DISCARD,
                            PUBLISH,
                            START,
                            REPORT_COMPLETE,
                            VERIFY_COMPLETE,
                            COMMIT,
                            EXECUTE,
                            CLOSE,
                            LAPSE ->
                            Bodies.NOTHING;
                };
        return switch (permission) {
            case DRAFT -> town.create(COMMITMENTS, token, body);
            case PROPOSE -> town.create(BUDGETS, token, body);
            case ASSESS ->
                    town.command(
                            COMMITMENTS + "/" + commitment + "/milestones/m1/assess",
                            token,
                            99,
                            body);
            case EDIT,
                    DISCARD,
                    PUBLISH,
                    START,
                    REPORT_COMPLETE,
                    VERIFY_COMPLETE,
                    DISPUTE,
                    RESUME,
                    WITHDRAW,
                    AMEND ->
                    town.command(
                            COMMITMENTS + "/" + commitment + "/" + permission.command(),
                            token,
                            99,
                            body);
            case RECORD_SPENDING ->
                    town.command(BUDGETS + "/" + money + "/spending", token, 99, body);
            case APPROVE, ADJUST, COMMIT, EXECUTE, CLOSE, LAPSE, CANCEL ->
                    town.command(
                            BUDGETS + "/" + money + "/" + permission.command(), token, 99, body);
        };
    }

    private static String draft(String title) {
        return draft(title, Bodies.DUE);
    }

    private static String draft(String title, String due) {
        Answer drafted = town.create(COMMITMENTS, town.officer, Bodies.draft(title, due));
        assertThat(drafted.status()).as(drafted.text()).isEqualTo(201);
        assertThat(drafted.header("Location")).isEqualTo(COMMITMENTS + "/" + drafted.id());
        return drafted.id();
    }

    private static String published(String title) {
        return published(title, Bodies.DUE);
    }

    private static String published(String title, String due) {
        String id = draft(title, due);
        step(id, "publish", town.head, 1, Bodies.NOTHING);
        return id;
    }

    private static String budget(String commitment, String total) {
        Answer proposed = town.create(BUDGETS, town.finance, Bodies.budget(commitment, total));
        assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
        return proposed.id();
    }

    /** Money that can be spent: 10.00, at version 3. */
    private static String committed(String title) {
        String id = budget(published(title), "10.00");
        money(id, "approve", 1, Bodies.approval());
        money(id, "commit", 2, Bodies.NOTHING);
        return id;
    }

    private static void step(String id, String command, String token, long version, String body) {
        Answer answer = town.command(COMMITMENTS + "/" + id + "/" + command, token, version, body);
        assertThat(answer.status()).as("%s: %s", command, answer.text()).isEqualTo(200);
    }

    private static void money(String id, String command, long version, String body) {
        Answer answer =
                town.command(BUDGETS + "/" + id + "/" + command, town.finance, version, body);
        assertThat(answer.status()).as("%s: %s", command, answer.text()).isEqualTo(200);
    }

    private static List<String> ids(String path, @Nullable String token) {
        Answer answer = town.get(path, token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .get("items")
                .valueStream()
                .map(row -> row.get("id").asString())
                .toList();
    }

    private static List<String> walk(String path) {
        List<String> ids = new ArrayList<>();
        JsonNode page = town.get(path, null).json();
        while (true) {
            page.get("items").forEach(row -> ids.add(row.get("id").asString()));
            if (!page.has("next")) {
                return ids;
            }
            page = town.get(path + "&after=" + page.get("next").asString(), null).json();
        }
    }

    /** The types on the topic of the stream with this id, once all of it was sent. */
    private static List<String> types(String id) {
        List<String> types = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> event : events()) {
            if (event.key().endsWith("/" + id)) {
                String type = header(event, "ce_type");
                types.add(
                        type.substring(
                                "org.ashar.budget-commitments.".length(),
                                type.length() - ".v1".length()));
            }
        }
        return types;
    }

    private static List<ConsumerRecord<String, byte[]>> events() {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                town.service().getBean(EventStore.class).relay().status().waiting()
                                        == 0);
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", town.bootstrap()));
        List<ConsumerRecord<String, byte[]>> events = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor("ashar.budget-commitments.events").stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end =
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200)).forEach(events::add);
                                return partitions.stream().mapToLong(consumer::position).sum()
                                        >= end;
                            });
        }
        return events;
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), UTF_8);
    }
}
