package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.ashar.tlog.WitnessPolicy;
import org.ashar.verifier.record.Difference;
import org.ashar.verifier.record.Story;
import org.ashar.verifier.record.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A record that lies, lags, leads or is not there, beside a log that is sound. */
class RecordAuditTest {

    private static final LocalDate ON = LocalDate.of(2025, 12, 1);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-12-01T12:00:00Z"), ZoneOffset.UTC);
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");
    private static final String PLACE = "/api/record/places/" + Story.PLACE;
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir private Path folder;
    private ServedLog log;
    private Story water;
    private Story school;

    @BeforeEach
    void tell() throws Exception {
        log = new ServedLog();
        water =
                new Story("water")
                        .on("2025-01-15")
                        .published("m1:2025-04-30", "m2:2025-10-31")
                        .started()
                        .on("2025-05-02")
                        .amended("2026-01-31", "m1:2025-06-30", "m2:2025-11-30", "m3:2026-01-31")
                        .assessed("m1", "met")
                        .on("2025-07-20")
                        .reported("2025-Q2", "Төрт чакырым тартылды.");
        water.purse("pipes", "KGS").proposed(100_00).approved().committed().spent(130_00);
        school = new Story("school").on("2025-02-15").published("m1:2025-09-01").withdrawn();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_honest_record_is_verified_and_the_log_remembered() throws Exception {
        serve(List.of(water, school), List.of(water, school));
        assertThat(verify(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        verified -> {
                            assertThat(verified.records().commitments()).isEqualTo(2);
                            assertThat(verified.records().places()).isOne();
                            assertThat(verified.records().notJudged()).isEmpty();
                        });
        assertThat(state()).exists();
    }

    @Test
    void a_finding_on_a_commitment_is_in_the_log_and_not_in_its_record() throws Exception {
        serve(List.of(water), List.of(water));
        log.append(
                ServedLog.event("audit-finding/k2evqclggq65myslza7rec23am", 1)
                        .replace("{}", "{\"commitment\":\"" + water.commitment + "\"}"));
        assertThat(verify(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        verified -> {
                            assertThat(verified.records().commitments()).isOne();
                            assertThat(verified.records().places()).isOne();
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /money/totals/0/spent/amount               | 129.00
                    /money/budgets/items/0/adjusted/amount     | 200.00
                    /commitment/period/end                     | 2025-12-31
                    /milestones/0/status                       | not-met
                    /milestones/1/due                          | 2026-03-31
                    /milestones/1/originalDue                  | 2025-11-30
                    /state/value                               | verified-complete
                    /commitment/lead/organisation              | somebody-else
                    /commitment/place/code                     | 41706204810001
                    /reports/due/0/standing                    | overdue
                    /reports/published/items/0/versions/0/version/narrative/texts/ky/value | Бүттү.
                    """)
    void one_altered_value_is_found_and_named(String field, String value) throws Exception {
        serve(List.of(water, school), List.of(water, school));
        alter(
                water,
                record -> {
                    int slash = field.lastIndexOf('/');
                    record.withObject(field.substring(0, slash))
                            .put(field.substring(slash + 1), value);
                });
        assertThat(verify(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Verdict.Differs.class,
                        differs -> {
                            assertThat(differs.status()).isOne();
                            assertThat(differs.records().differing()).isOne();
                            Difference difference = differs.records().differences().getFirst();
                            assertThat(difference.subject()).isEqualTo(water.commitment);
                            assertThat(difference.field()).isEqualTo(field);
                            assertThat(difference.record()).isEqualTo('"' + value + '"');
                            assertThat(difference.log()).isNotEqualTo(difference.record());
                            assertThat(difference.events()).isNotEmpty();
                        });
        assertThat(state()).exists();
    }

    @Test
    void a_milestone_that_is_left_out_is_found() throws Exception {
        serve(List.of(water), List.of(water));
        alter(water, record -> record.withArray("/milestones").remove(2));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/milestones");
    }

    @Test
    void a_commitment_that_the_record_does_not_know_is_found() throws Exception {
        serve(List.of(water, school), List.of(water, school));
        log.records.put(address(school), RecordAuditTest::unknown);
        assertThat(differences(verify(Duration.ZERO)))
                .contains(
                        new Difference(
                                school.commitment,
                                "",
                                Difference.NOTHING,
                                "it was published",
                                List.of(new Difference.Source(school.commitment + "@1", 10))));
    }

    @ParameterizedTest
    @CsvSource({
        "of-a-type-unknown-to-everybody.v1, AS_IT_IS",
        "of-a-type-unknown-to-everybody.v1, BESIDE_THE_LOG",
        "commitment-started.v1, AS_IT_IS",
        "commitment-published.v2, AS_IT_IS",
        "commitment-published.v1, BESIDE_THE_LOG",
        "commitment-published.v1, LARGE"
    })
    void a_stream_without_a_publication_that_can_be_read_accuses_nobody(String type, Data data)
            throws Exception {
        serve(List.of(water), List.of(water));
        log.append(data.in(school.entries().getFirst()).replace("commitment-published.v1", type));
        log.records.put(address(school), RecordAuditTest::unknown);
        Verdict verdict = verify(Duration.ZERO);
        assertThat(undecided(verdict, school.commitment)).isEqualTo("log.unknown-event");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Undecided.class,
                        undecided -> {
                            assertThat(undecided.records().commitments()).isOne();
                            assertThat(undecided.records().places()).isOne();
                            assertThat(undecided.records().undecided()).hasSize(1);
                        });
    }

    @Test
    void a_publication_as_large_as_a_record_takes_is_missed_where_it_is_not_there()
            throws Exception {
        serve(List.of(water), List.of(water));
        log.append(Data.JUST_NOT_TOO_LARGE.in(school.entries().getFirst()));
        log.records.put(address(school), RecordAuditTest::unknown);
        assertThat(differences(verify(Duration.ZERO)))
                .extracting(Difference::subject, Difference::log)
                .containsExactly(tuple(school.commitment, "it was published"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Data.class,
            names = {"BESIDE_THE_LOG", "LARGE", "OF_A_NEWER_FORM"})
    void a_record_that_stops_before_what_cannot_be_read_is_compared_up_to_there(Data data)
            throws Exception {
        Story before = beforeSomethingUnreadable(data);
        Verdict verdict = verify(SOON);
        assertThat(undecided(verdict, school.commitment)).isEqualTo("log.unknown-event");
        assertThat(undecided(verdict, "place/" + Story.PLACE)).isEqualTo("log.unknown-event");

        alter(before, record -> record.withObject("/state").put("value", "verified-complete"));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/state/value");
    }

    @Test
    void a_place_is_compared_up_to_what_cannot_be_read() throws Exception {
        Story before = beforeSomethingUnreadable(Data.LARGE);
        ObjectNode place = told(water, before).place(Story.PLACE, ON, Story.ZONE);
        ((ObjectNode) place.at("/commitments/items/0")).put("state", "verified-complete");
        log.records.put(PLACE, ServedLog.json(place));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/commitments/items/0/state");
    }

    @Test
    void a_commitment_that_is_denied_has_no_excuse_in_what_follows_its_publication()
            throws Exception {
        beforeSomethingUnreadable(Data.LARGE);
        log.records.put(address(school), RecordAuditTest::unknown);
        assertThat(differences(verify(Duration.ZERO)))
                .extracting(Difference::log)
                .containsExactly("it was published");
    }

    @Test
    void a_record_that_goes_on_over_what_cannot_be_read_is_undecided() throws Exception {
        overSomethingUnreadable(
                record ->
                        record.withArray("/history/items")
                                .addObject()
                                .put("event", water.commitment + "@5")
                                .putObject("entry")
                                .put("kind", "commitment-withdrawn"));
        Verdict verdict = verify(Duration.ZERO);
        assertThat(undecided(verdict, water.commitment)).isEqualTo("log.unknown-event");
    }

    @ParameterizedTest
    @CsvSource({
        "/history/items/0/entry/kind, commitment-disputed",
        "/money/spending/items/0/entry/spentOn, 2024-01-01",
        "/commitment/lead/organisation, somebody-else",
        "/reports/published/items/0/versions/0/version/status, much"
    })
    void a_record_that_goes_on_over_what_cannot_be_read_has_no_excuse_for_what_was_before(
            String field, String value) throws Exception {
        int slash = field.lastIndexOf('/');
        overSomethingUnreadable(
                record ->
                        record.withObject(field.substring(0, slash))
                                .put(field.substring(slash + 1), value));
        assertThat(fields(verify(Duration.ZERO))).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/history/items",
                "/money/spending/items",
                "/amendments",
                "/reports/published/items/0/versions"
            })
    void a_record_that_goes_on_over_what_cannot_be_read_may_leave_nothing_out(String list)
            throws Exception {
        overSomethingUnreadable(record -> record.withArray(list).remove(0));
        assertThat(fields(verify(Duration.ZERO))).containsExactly(list);
    }

    @Test
    void money_that_does_not_begin_with_its_proposal_accuses_nobody() throws Exception {
        List<String> entries = new ArrayList<>(told(water).entries());
        int first = entries.size() - 5;
        String proposed = entries.get(first);
        assertThat(proposed).contains("budget-proposed.v1");
        String budget = proposed.substring(proposed.indexOf("budget-commitment/"));
        for (int at = entries.size() - 1; at >= first; at--) {
            int sequence = at - first + 1;
            entries.set(
                    at,
                    entries.get(at)
                            .replace("@" + sequence + '"', "@" + (sequence + 1) + '"')
                            .replace("00000" + sequence + '"', "00000" + (sequence + 1) + '"'));
        }
        entries.add(
                first,
                proposed.replace("budget-proposed.v1", "thing.v1")
                        .replace("\"commitment\":\"" + water.commitment + "\",", ""));
        entries.forEach(log::append);
        serveRecords(List.of(water));
        String stream = budget.substring(0, budget.indexOf('@'));
        alter(water, record -> record.withObject("/restsOn").put(stream, 6));
        assertThat(undecided(verify(Duration.ZERO), water.commitment))
                .isEqualTo("log.unknown-event");
    }

    @Test
    void a_commitment_that_somebody_else_than_the_record_does_not_know_is_no_answer()
            throws Exception {
        serve(List.of(water, school), List.of(water, school));
        log.records.remove(address(school));
        assertThat(undecided(verify(Duration.ZERO), school.commitment))
                .isEqualTo("record.no-answer");
    }

    @Test
    void a_place_that_is_not_known_proves_nothing() throws Exception {
        serve(List.of(water), List.of(water));
        log.records.put(PLACE, exchange -> notFound(exchange, "place.unknown"));
        Verdict verdict = verify(Duration.ZERO);
        assertThat(undecided(verdict, "place/" + Story.PLACE)).isEqualTo("record.no-answer");
    }

    @Test
    void a_document_that_was_torn_once_is_read_again() throws Exception {
        serve(List.of(water, school), List.of(water, school));
        Told told = told(water, school);
        tornOnce(address(water), told.record(water.commitment, ON, Story.ZONE), "/state");
        tornOnce(PLACE, told.place(Story.PLACE, ON, Story.ZONE), "/counts");
        assertThat(verify(Duration.ZERO)).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void a_document_that_differs_in_another_way_each_time_proves_nothing() throws Exception {
        serve(List.of(water), List.of(water));
        ObjectNode record = told(water).record(water.commitment, ON, Story.ZONE);
        log.records.put(
                address(water),
                exchange -> {
                    record.withObject("/state").put("value", "s" + log.asked.get(address(water)));
                    ServedLog.json(record).handle(exchange);
                });
        assertThat(undecided(verify(Duration.ZERO), water.commitment)).isEqualTo("record.moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/history/items/0", "/money/spending/items/0"})
    void a_document_that_names_events_which_the_log_has_not_is_not_yet_logged(String element)
            throws Exception {
        serve(List.of(water), List.of(water));
        alter(
                water,
                record -> {
                    String event = record.at(element).path("event").asString();
                    String stream = event.substring(0, event.indexOf('@'));
                    record.withObject(element).put("event", stream + "@99");
                });
        assertThat(undecided(verify(Duration.ZERO), water.commitment))
                .isEqualTo("record.not-yet-logged");
    }

    @Test
    void a_document_that_names_events_beyond_those_it_rests_on_proves_nothing() throws Exception {
        serve(List.of(water), List.of(water));
        Story before =
                new Story("water").on("2025-01-15").published("m1:2025-04-30", "m2:2025-10-31");
        ObjectNode torn = told(before).record(before.commitment, ON, Story.ZONE);
        torn.withObject("/history/items/0").put("event", water.commitment + "@2");
        log.records.put(address(water), ServedLog.json(torn));
        assertThat(undecided(verify(Duration.ZERO), water.commitment)).isEqualTo("record.moved");
    }

    @Test
    void an_event_that_the_log_has_of_something_else_excuses_nothing() throws Exception {
        serve(List.of(water, school), List.of(water, school));
        alter(
                water,
                record ->
                        record.withObject("/history/items/0")
                                .put("event", school.commitment + "@1"));
        assertThat(verify(Duration.ZERO)).isInstanceOf(Verdict.Differs.class);
    }

    @Test
    void a_place_with_dots_in_its_code_is_compared() throws Exception {
        String code = Story.PLACE.substring(Story.PLACE.indexOf('/') + 1);
        Told told = told(water);
        told.entries().forEach(entry -> log.append(entry.replace(code, "1.2")));
        log.records.put(
                address(water),
                renamed(told.record(water.commitment, ON, Story.ZONE), code, "1.2"));
        log.records.put(
                PLACE.replace(code, "1.2"),
                renamed(told.place(Story.PLACE, ON, Story.ZONE), code, "1.2"));
        assertThat(verify(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        verified -> assertThat(verified.records().places()).isOne());
    }

    @Test
    void a_place_with_rows_of_another_moment_than_its_figures_proves_nothing() throws Exception {
        serve(List.of(water, school), List.of(water, school));
        ObjectNode place = told(water, school).place(Story.PLACE, ON, Story.ZONE);
        ObjectNode row = (ObjectNode) place.at("/commitments/items/0");
        row.put("sequence", row.path("sequence").asInt() + 1).put("state", "started");
        log.records.put(PLACE, ServedLog.json(place));
        assertThat(undecided(verify(Duration.ZERO), "place/" + Story.PLACE))
                .isEqualTo("record.moved");
        row.put("sequence", row.path("sequence").asInt() - 1);
        log.records.put(PLACE, ServedLog.json(place));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/commitments/items/0/state");
    }

    @Test
    void what_was_found_is_told_also_where_no_more_is_answered() throws Exception {
        serve(List.of(water, school), List.of(water));
        alter(water, record -> record.withObject("/state").put("value", "verified-complete"));
        log.records.put(address(school), RecordAuditTest::unknown);
        log.records.put(
                PLACE,
                exchange -> {
                    log.hostile.put("checkpoint.latest", none -> none.sendResponseHeaders(404, -1));
                    exchange.sendResponseHeaders(404, -1);
                });
        Verdict verdict = verify(Duration.ZERO);
        assertThat(fields(verdict)).containsExactly("/state/value", "");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Differs.class,
                        differs ->
                                assertThat(differs.records().undecided())
                                        .containsOnlyKeys("place/" + Story.PLACE)
                                        .allSatisfy(
                                                (_, why) ->
                                                        assertThat(why.code())
                                                                .isEqualTo("record.no-answer")));
        assertThat(state()).exists();
    }

    @Test
    void a_place_that_lists_a_commitment_which_the_log_has_not_is_not_yet_logged()
            throws Exception {
        serve(List.of(water), List.of(water, school));
        assertThat(undecided(verify(Duration.ZERO), "place/" + Story.PLACE))
                .isEqualTo("record.not-yet-logged");
    }

    @Test
    void a_place_that_lists_a_commitment_more_but_counts_as_before_is_found() throws Exception {
        serve(List.of(water), List.of(water));
        ObjectNode place = told(water).place(Story.PLACE, ON, Story.ZONE);
        ArrayNode items = place.withArray("/commitments/items");
        items.add(items.get(0).deepCopy());
        ((ObjectNode) items.get(1)).put("id", "aaaaaaaaaaaaaaaaaaaaaaaaaa");
        log.records.put("/api/record/places/" + Story.PLACE, ServedLog.json(place));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/commitments/items/1");
    }

    @Test
    void money_that_the_log_has_not_heard_of_is_not_yet_logged() throws Exception {
        serve(List.of(water), List.of(water));
        alter(water, record -> record.withObject("/restsOn").put("budget-commitment/none", 3));
        assertThat(undecided(verify(Duration.ZERO), water.commitment))
                .isEqualTo("record.not-yet-logged");
    }

    @Test
    void what_the_log_gets_while_it_is_compared_is_compared_too() throws Exception {
        List<String> entries = told(school, water).entries();
        log.append(entries.getFirst());
        serveRecords(List.of(school));
        alter(water, record -> record.withObject("/state").put("value", "verified-complete"));
        whenAsked(school, () -> entries.subList(1, entries.size()).forEach(log::append));
        assertThat(fields(verify(Duration.ZERO))).contains("/state/value");
        assertThat(state()).exists();
    }

    @Test
    void a_record_is_compared_again_when_the_log_has_more_of_it_meanwhile() throws Exception {
        List<String> all = told(water).entries();
        all.subList(0, 1).forEach(log::append);
        List<String> more = told(school).entries();
        log.append(more.getFirst());
        serveRecords(List.of(water, school));
        Story before =
                new Story("water").on("2025-01-15").published("m1:2025-04-30", "m2:2025-10-31");
        log.records.put(
                address(water),
                ServedLog.json(told(before).record(before.commitment, ON, Story.ZONE)));
        whenAsked(
                school,
                () -> {
                    all.subList(1, all.size()).forEach(log::append);
                    more.subList(1, more.size()).forEach(log::append);
                });
        assertThat(undecided(verify(Duration.ZERO), water.commitment)).isEqualTo("record.behind");
    }

    @Test
    void a_log_that_grows_whenever_it_is_asked_is_not_followed_for_ever() throws Exception {
        Deque<Story> stories = new ArrayDeque<>();
        for (int i = 0; i < 20; i++) {
            stories.add(new Story("story " + i).on("2025-01-15").published("m1:2025-04-30"));
        }
        for (Story story : stories) {
            log.records.put(
                    address(story),
                    exchange -> {
                        if (log.asked.getOrDefault(address(story), 0) == 1) {
                            stories.remove().entries().forEach(log::append);
                        }
                        unknown(exchange);
                    });
        }
        stories.remove().entries().forEach(log::append);
        assertThat(verify(Duration.ZERO))
                .isInstanceOfSatisfying(
                        Verdict.Differs.class,
                        differs ->
                                assertThat(differs.records().undecided().values())
                                        .extracting(Records.Undecided::code)
                                        .containsExactly("record.not-yet-compared"));
    }

    @Test
    void an_older_checkpoint_than_was_read_already_is_no_news() throws Exception {
        List<String> entries = told(water).entries();
        entries.forEach(log::append);
        serveRecords(List.of(water));
        alter(water, record -> record.withObject("/restsOn").put(water.commitment, 99));
        try (ServedLog older = new ServedLog()) {
            entries.subList(0, 3).forEach(older::append);
            byte[] stale = older.checkpoint();
            whenAsked(water, () -> log.lies.put("checkpoint.latest", stale));
            assertThat(undecided(verify(Duration.ZERO), water.commitment))
                    .isEqualTo("record.not-yet-logged");
        }
    }

    @Test
    void a_shorter_history_that_was_signed_must_be_the_beginning_of_what_was_read()
            throws Exception {
        told(water).entries().forEach(log::append);
        serveRecords(List.of(water));
        alter(water, record -> record.withObject("/restsOn").put(water.commitment, 99));
        try (ServedLog fork = new ServedLog()) {
            fork.appendMany(3);
            whenAsked(water, () -> log.lies.put("checkpoint.latest", fork.checkpoint()));
            assertThat(verify(Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Verdict.Broken.class,
                            broken -> {
                                assertThat(broken.code()).isEqualTo("log.forked");
                                assertThat(broken.facts()).containsEntry("size", "3");
                            });
        }
    }

    @Test
    void a_record_that_is_ahead_is_waited_for_until_the_log_catches_up() throws Exception {
        Told whole = told(water);
        List<String> entries = whole.entries();
        entries.subList(0, 3).forEach(log::append);
        serveRecords(List.of(water));
        HttpHandler record = Objects.requireNonNull(log.records.get(address(water)));
        log.records.put(
                address(water),
                exchange -> {
                    if (log.size() < entries.size()
                            && log.asked.getOrDefault(address(water), 0) > 1) {
                        entries.subList(3, entries.size()).forEach(log::append);
                    }
                    record.handle(exchange);
                });
        assertThat(verify(SOON))
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        verified -> assertThat(verified.log().size()).isEqualTo(entries.size()));
    }

    @Test
    void a_record_that_stays_ahead_is_not_yet_logged_and_no_tampering() throws Exception {
        told(water).entries().subList(0, 3).forEach(log::append);
        serveRecords(List.of(water));
        alter(water, record -> record.putObject("restsOn").put(water.commitment, 4));
        Verdict verdict = verify(Duration.ZERO);
        assertThat(undecided(verdict, water.commitment)).isEqualTo("record.not-yet-logged");
        assertThat(verdict.status()).isEqualTo(2);
        assertThat(state()).exists();
    }

    @Test
    void a_record_that_is_behind_is_asked_again() throws Exception {
        serve(List.of(water), List.of(water));
        HttpHandler now = Objects.requireNonNull(log.records.get(address(water)));
        Story before =
                new Story("water").on("2025-01-15").published("m1:2025-04-30", "m2:2025-10-31");
        ObjectNode old = told(before).record(before.commitment, ON, Story.ZONE);
        log.records.put(
                address(water),
                exchange ->
                        (log.asked.getOrDefault(address(water), 0) > 2 ? now : ServedLog.json(old))
                                .handle(exchange));
        assertThat(verify(SOON)).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void a_record_that_stays_behind_is_told_and_what_it_says_so_far_is_compared() throws Exception {
        serve(List.of(water), List.of(water));
        Story before =
                new Story("water").on("2025-01-15").published("m1:2025-04-30", "m2:2025-10-31");
        ObjectNode old = told(before).record(before.commitment, ON, Story.ZONE);
        log.records.put(address(water), ServedLog.json(old));
        assertThat(undecided(verify(Duration.ZERO), water.commitment)).isEqualTo("record.behind");
        old.withObject("/state").put("value", "verified-complete");
        log.records.put(address(water), ServedLog.json(old));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/state/value");
    }

    @Test
    void a_record_that_says_that_it_is_incomplete_is_told() throws Exception {
        serve(List.of(water), List.of(water));
        alter(water, record -> record.put("incompleteSince", "2025-11-30T00:00:00Z"));
        assertThat(undecided(verify(SOON), water.commitment)).isEqualTo("record.incomplete");
    }

    @Test
    void a_record_that_hides_behind_being_cut_is_found() throws Exception {
        serve(List.of(water), List.of(water));
        alter(water, record -> record.put("cutAt", 5000));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/cutAt");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, +999999999-12-31",
        "2026-01-31, tomorrow",
        "2026-01-31, 2026-02-30",
        "2025-05-02T, +1000000000-12-31T"
    })
    void dates_that_are_none_leave_one_commitment_undecided(String date, String none)
            throws Exception {
        serveRecords(List.of(water, school));
        told(water, school)
                .entries()
                .forEach(entry -> log.append(entry.replace('"' + date, '"' + none)));
        Verdict verdict = verify(Duration.ZERO);
        assertThat(undecided(verdict, water.commitment)).isEqualTo("log.unknown-event");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Undecided.class,
                        undecided -> assertThat(undecided.records().commitments()).isOne());
    }

    @Test
    void a_place_whose_pages_are_larger_than_any_list_is_not_read_to_its_end() throws Exception {
        Story lights = new Story("lights").on("2025-01-15").published("m1:2025-12-20");
        List<Story> all = List.of(water, school, lights);
        serve(all, all);
        String path = "/api/record/places/" + Story.PLACE;
        ObjectNode page = told(water).place(Story.PLACE, ON, Story.ZONE);
        page.put("padding", "x".repeat(3 << 20));
        page.withObject("/commitments").put("next", path + "?after=it");
        log.records.put(path, ServedLog.json(page));
        assertThat(undecided(verify(Duration.ZERO), "place/" + Story.PLACE))
                .isEqualTo("record.unreadable");
        assertThat(log.asked).containsEntry(path, 2);
    }

    @Test
    void a_record_that_is_larger_than_any_is_not_read() throws Exception {
        serve(List.of(water), List.of(water));
        alter(water, record -> record.put("padding", "x".repeat(4 << 20)));
        assertThat(undecided(verify(Duration.ZERO), water.commitment))
                .isEqualTo("record.no-answer");
    }

    @Test
    void a_place_that_is_another_than_was_asked_for_is_found() throws Exception {
        serve(List.of(water), List.of(water));
        ObjectNode place = told(water).place(Story.PLACE, ON, Story.ZONE);
        place.withObject("/place").put("code", "41706204810001");
        log.records.put("/api/record/places/" + Story.PLACE, ServedLog.json(place));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/place/code");
    }

    @Test
    void an_installation_in_another_zone_says_so() throws Exception {
        serve(List.of(water), List.of(water));
        log.records.put(
                address(water),
                ServedLog.json(
                        told(water)
                                .record(water.commitment, ON, AUCKLAND)
                                .put("zone", "Pacific/Auckland")));
        log.records.put(
                "/api/record/places/" + Story.PLACE,
                ServedLog.json(told(water).place(Story.PLACE, ON, AUCKLAND)));
        assertThat(verify(Duration.ZERO)).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void a_record_that_ends_its_days_elsewhere_than_the_others_is_found() throws Exception {
        serve(List.of(water, school), List.of(water, school));
        alter(water, record -> record.put("zone", "Asia/Bishkek"));
        alter(school, record -> record.put("zone", "Asia/Almaty"));
        assertThat(fields(verify(Duration.ZERO))).containsExactly("/zone");
    }

    /** What becomes of the data of an event on its way into the log. */
    enum Data {
        AS_IT_IS,
        JUST_NOT_TOO_LARGE,
        LARGE,
        BESIDE_THE_LOG,
        OF_A_NEWER_FORM;

        String in(String entry) {
            return switch (this) {
                case AS_IT_IS -> entry;
                case JUST_NOT_TOO_LARGE -> padded(entry, 48 * 1024);
                case LARGE -> padded(entry, 48 * 1024 + 1);
                case BESIDE_THE_LOG ->
                        entry.replaceFirst(
                                "\"data\":.*,(\"datacontenttype\":[^,]*)",
                                "$1,\"dataref\":\"/api/ledger/payloads/" + "0".repeat(64) + '"');
                case OF_A_NEWER_FORM -> entry.replace(".v1\"", ".v2\"");
            };
        }

        private static String padded(String entry, int size) {
            String data =
                    entry.substring(
                            entry.indexOf("\"data\":") + 7, entry.indexOf(",\"datacontenttype"));
            String more = "\"a\":\"\",";
            int missing = size - data.getBytes(UTF_8).length - more.length();
            return entry.replace(
                    data, "{\"a\":\"" + "x".repeat(missing) + "\"," + data.substring(1));
        }
    }

    /**
     * The log has of the school's second event what cannot be read, and the record only its first.
     */
    private Story beforeSomethingUnreadable(Data data) throws Exception {
        Story before = new Story("school").on("2025-02-15").published("m1:2025-09-01");
        told(water).entries().forEach(log::append);
        log.append(school.entries().getFirst());
        log.append(data.in(school.entries().getLast()));
        serveRecords(List.of(water, before));
        return before;
    }

    /** The log has one more event of the water, which cannot be read and the record rests on. */
    private void overSomethingUnreadable(Consumer<ObjectNode> lie) throws Exception {
        serve(List.of(water), List.of(water));
        log.append(
                school.entries()
                        .getLast()
                        .replace(school.commitment + "@2", water.commitment + "@5")
                        .replace(school.commitment, water.commitment)
                        .replace("000002", "000005")
                        .replace("withdrawn.v1", "withdrawn.v2"));
        alter(
                water,
                record -> {
                    record.withObject("/restsOn").put(water.commitment, 5);
                    record.withObject("/state").put("value", "withdrawn");
                    lie.accept(record);
                });
    }

    private void serve(List<Story> logged, List<Story> recorded) throws Exception {
        told(logged.toArray(Story[]::new)).entries().forEach(log::append);
        serveRecords(recorded);
    }

    private void serveRecords(List<Story> stories) throws Exception {
        Told told = told(stories.toArray(Story[]::new));
        for (Story story : stories) {
            log.records.put(
                    address(story), ServedLog.json(told.record(story.commitment, ON, Story.ZONE)));
        }
        log.records.put(
                "/api/record/places/" + Story.PLACE,
                ServedLog.json(told.place(Story.PLACE, ON, Story.ZONE)));
    }

    /** Something happens just when the record of this one is asked for the first time. */
    private void whenAsked(Story story, Runnable happens) {
        HttpHandler record = Objects.requireNonNull(log.records.get(address(story)));
        log.records.put(
                address(story),
                exchange -> {
                    if (log.asked.getOrDefault(address(story), 0) == 1) {
                        happens.run();
                    }
                    record.handle(exchange);
                });
    }

    /** The first reading finds one part of the document as it is not. */
    private void tornOnce(String address, ObjectNode torn, String part) {
        torn.withObject(part).put("value", 7).put("late", 7);
        HttpHandler record = Objects.requireNonNull(log.records.get(address));
        log.records.put(
                address,
                exchange ->
                        (log.asked.getOrDefault(address, 0) > 1 ? record : ServedLog.json(torn))
                                .handle(exchange));
    }

    private static HttpHandler renamed(ObjectNode document, String from, String to) {
        return ServedLog.json(document.toString().replace(from, to));
    }

    /** As the record answers of a commitment of which it never heard. */
    private static void unknown(HttpExchange exchange) throws IOException {
        notFound(exchange, "record.commitment-unknown");
    }

    private static void notFound(HttpExchange exchange, String code) throws IOException {
        byte[] problem = "{\"status\":404,\"code\":\"%s\"}".formatted(code).getBytes(UTF_8);
        exchange.sendResponseHeaders(404, problem.length);
        exchange.getResponseBody().write(problem);
    }

    private void alter(Story story, Consumer<ObjectNode> lie) throws Exception {
        ObjectNode record = told(story).record(story.commitment, ON, Story.ZONE);
        lie.accept(record);
        log.records.put(address(story), ServedLog.json(record));
    }

    private static Told told(Story... stories) throws Exception {
        return new Told(List.of(stories));
    }

    private static String address(Story story) {
        return "/api/record/commitments/"
                + story.commitment.substring(story.commitment.indexOf('/') + 1);
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Verdict verify(Duration patience) throws InterruptedException {
        return new Auditor(
                        new Auditor.Task(
                                log.url(),
                                ServedLog.SIGNER.key(),
                                state(),
                                false,
                                WitnessPolicy.NONE,
                                true,
                                Story.ZONE,
                                patience),
                        CLOCK)
                .verify((_, _, _) -> {});
    }

    private static List<Difference> differences(Verdict verdict) {
        return verdict instanceof Verdict.Differs differs
                ? differs.records().differences()
                : List.of();
    }

    private static List<String> fields(Verdict verdict) {
        return verdict instanceof Verdict.Differs
                ? differences(verdict).stream().map(Difference::field).toList()
                : List.of(verdict.toString());
    }

    private static String undecided(Verdict verdict, String subject) {
        return verdict instanceof Verdict.Undecided undecided
                        && undecided.records().undecided().containsKey(subject)
                ? undecided.records().undecided().get(subject).code()
                : verdict.toString();
    }
}
