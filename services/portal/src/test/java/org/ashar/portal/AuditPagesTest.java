package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ashar.kernel.StreamId;
import org.ashar.portal.StubService.Reply;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of the ledger say. What every page must be is held by {@link PagesTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditPagesTest {

    private static final String FIRST = "/audit/events/" + LedgerStub.event(LedgerStub.PROMISE, 1);

    private final LedgerStub log = LedgerStub.of(47);
    private final StubService ledger = StubService.start(log::answer);
    private final StubService record = RecordStub.start();
    private RunningPortal portal;

    @BeforeAll
    void start() {
        portal = portal(ledger.base());
    }

    private RunningPortal portal(URI of) {
        return RunningPortal.start(
                Map.of(
                        "accountability",
                        of,
                        "budget-commitments",
                        record.base(),
                        "progress-reports",
                        record.base()),
                "ashar.gateway.open-for=300ms");
    }

    @BeforeEach
    void behave() {
        ledger.behave(log::answer);
    }

    @AfterAll
    void stop() {
        portal.close();
        record.close();
        ledger.close();
    }

    @Test
    void the_overview_tells_the_latest_checkpoint_and_who_cosigned_it() {
        Document page = document("/audit?lang=en");
        assertThat(page.select("#checkpoint ~ p").text()).contains("47 in all");
        assertThat(page.select("#checkpoint ~ .facts").text())
                .contains(
                        LedgerStub.ORIGIN,
                        log.proof(0).checkpoint().text().lines().toList().get(2),
                        LedgerStub.SIGNER.key().vkey(),
                        LedgerStub.WITNESS + " · 9 October 2025, 14:53");
        assertThat(page.select("[role=alert]")).isEmpty();
        assertThat(page.select("#own ~ pre").text())
                .isEqualTo(
                        "./ashar verify http://127.0.0.1:"
                                + portal.port()
                                + " --key "
                                + LedgerStub.SIGNER.key().vkey()
                                + " --state ashar.state");
    }

    @Test
    void keys_that_another_one_succeeded_are_told_with_the_logs_that_they_signed() {
        assertThat(document("/audit?lang=en").select("#succeeded")).isEmpty();
        String logs = LedgerStub.succeeded("/ledger/logs/1/ledger");
        ledger.behave(
                asked ->
                        asked.uri().equals("/ledger/logs")
                                ? LedgerStub.json(logs)
                                : log.answer(asked));
        Document page = document("/audit?lang=en");
        assertThat(page.select("#succeeded ~ .facts").text())
                .contains("Entries that it covers: 1,450", LedgerStub.SIGNER.key().vkey());
        assertThat(page.select("#succeeded ~ .facts a").attr("href"))
                .isEqualTo("/ledger/logs/1/ledger/checkpoint");
    }

    @Test
    void the_newest_entries_come_first_and_older_ones_on_further_pages() {
        Document page = document("/audit?lang=en");
        List<String> rows = page.select(".log li").eachText();
        assertThat(rows).hasSize(15);
        assertThat(rows.getFirst())
                .contains(
                        "The promise was published",
                        "Entry no. 46",
                        "4 May 2026, 12:00",
                        "Кара-Кулджинский");
        Document second = document(page.select("a[rel=next]").attr("href"));
        assertThat(second.select(".log li").getFirst().text()).contains("Entry no. 31");
        Document last = document("/audit?lang=en&after=2");
        assertThat(last.select(".log li")).hasSize(2);
        assertThat(last.select("a[rel=next]")).isEmpty();
        assertThat(last.select(".pages a").attr("href")).isEqualTo("/audit?lang=en");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "%23%200",
                "%E2%84%96%C2%A00",
                "pixy5jfhhdjkacar7kf2txwt3i@1",
            })
    void one_event_is_led_to(String typed) {
        String text = typed.contains("@") ? LedgerStub.event(LedgerStub.PROMISE, 1) : typed;
        HttpResponse<String> answer = portal.get("/audit?lang=ar&q=+" + text);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(FIRST + "?lang=ar");
        assertThat(portal.get("/audit/entries/0?lang=ar").headers().firstValue("Location"))
                .contains(FIRST + "?lang=ar");
    }

    @Test
    void a_promise_is_found_with_all_that_is_about_it() {
        for (String asked :
                List.of(
                        LedgerStub.PROMISE.toString(),
                        LedgerStub.PROMISE.id(),
                        LedgerStub.PROMISE.id().toUpperCase(Locale.ROOT),
                        "http://x/commitments/" + LedgerStub.PROMISE.id() + "/history?lang=ru")) {
            assertThat(events("/audit?lang=en&q=" + asked))
                    .containsExactly(
                            LedgerStub.event(LedgerStub.BUDGET, 1),
                            LedgerStub.event(LedgerStub.PROMISE, 2),
                            LedgerStub.event(LedgerStub.PROMISE, 1));
        }
        for (String asked : List.of(LedgerStub.BUDGET.toString(), LedgerStub.BUDGET.id())) {
            assertThat(events("/audit?lang=en&q=" + asked))
                    .containsExactly(LedgerStub.event(LedgerStub.BUDGET, 1));
        }
    }

    @Test
    void entries_are_narrowed_by_what_happened_and_where() {
        String spent = "org.ashar.budget-commitments.spending-recorded.v1";
        assertThat(events("/audit?lang=en&type=" + spent))
                .containsExactly(LedgerStub.event(LedgerStub.BUDGET, 1));
        assertThat(document("/audit?lang=en&type=" + spent).select("option[selected]").text())
                .isEqualTo("Spending was recorded");
        assertThat(events("/audit?lang=en&place=soate/41706204810000")).hasSize(15);
        assertThat(events("/audit?lang=en&place=soate/1")).isEmpty();
        assertThat(events("/audit?lang=en&type=nonsense")).isEmpty();
        Document none = document("/audit?lang=en&type=%3Cscript%3E");
        assertThat(none.select(".log")).isEmpty();
        assertThat(none.select("main a[href^=/feed.atom]").attr("href"))
                .isEqualTo("/feed.atom?lang=en");
        assertThat(
                        document("/audit?after=30&lang=en&place=soate/41706204810000&type=" + spent)
                                .select("main a[href^=/feed.atom]")
                                .attr("href"))
                .isEqualTo("/feed.atom?lang=en&place=soate%2F41706204810000&type=" + spent);
        Document choices = document("/audit?lang=en&place=Ozgon&type=" + spent);
        assertThat(choices.select(".log")).isEmpty();
        assertThat(choices.select(".places a"))
                .isNotEmpty()
                .allSatisfy(
                        a ->
                                assertThat(a.attr("href"))
                                        .contains("place=soate%2F", "type=" + spent));
    }

    @Test
    void a_place_that_can_mean_but_one_is_taken_at_once() {
        HttpResponse<String> answer =
                portal.get("/audit?place=" + Fixtures.AIMAK, "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/audit?place=soate%2F" + Fixtures.AIMAK);
    }

    @ParameterizedTest
    @CsvSource({
        "/audit?q=nonsense",
        "/audit?q=999999",
        "/audit?q=999999999999999999999999",
        "/audit?q=commitment/aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/audit?q=commitment/aaaaaaaaaaaaaaaaaaaaaaaaaa@7",
        "/audit?q=%3Cscript%3Ealert(1)%3C/script%3E",
    })
    void what_is_not_there_is_said_and_nothing_typed_becomes_markup(String path) {
        Document page = document(path + "&lang=en");
        assertThat(page.text()).contains("The ledger has no such entry.");
        assertThat(page.select("script, .log")).isEmpty();
    }

    @Test
    void entries_that_the_shown_checkpoint_does_not_cover_are_told() {
        LedgerStub shorter = LedgerStub.of(40);
        assertThat(document("/audit?lang=en").text()).doesNotContain("newer than this checkpoint");
        ledger.behave(
                asked ->
                        asked.uri().equals("/ledger/checkpoint")
                                ? shorter.answer(asked)
                                : log.answer(asked));
        assertThat(document("/audit?lang=en").text())
                .contains("40 in all", "Entries from no. 40 on are newer than this checkpoint");
    }

    @Test
    void where_nothing_is_found_for_long_the_page_leads_on() {
        ledger.behave(asked -> log.seekInVain(asked, 20));
        Document page = document("/audit?lang=en&type=org.ashar.portal.nothing.v1");
        assertThat(page.text())
                .contains("Go on with the older ones.")
                .doesNotContain("The ledger has no such entry.");
        assertThat(page.select("a[rel=next]").attr("href"))
                .isEqualTo("/audit?after=27&lang=en&type=org.ashar.portal.nothing.v1");
    }

    @ParameterizedTest
    @CsvSource({"%22%3E%3Cscript%3E", "../.."})
    void a_place_that_is_none_is_said_by_the_name_that_was_typed(String typed) {
        Document page = document("/audit?lang=en&place=" + typed);
        assertThat(page.text())
                .contains("No place found for “" + URLDecoder.decode(typed, UTF_8) + "”");
        assertThat(page.select("script, .log")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/audit?after=nonsense, 200",
        "/audit?after=99999999999999999999, 200",
        "/audit?type=nonsense, 200",
        "/audit/entries/47, 404",
        "/audit/entries/-1, 404",
        "/audit/entries/99999999999999999999, 404",
        "/audit/entries/x, 404",
        "/audit/events/commitment/x@1, 404",
        "/audit/events/commitment/aaaaaaaaaaaaaaaaaaaaaaaaaa@1, 404",
        "/audit/events/commitment/aaaaaaaaaaaaaaaaaaaaaaaaaa@0, 404",
        "/audit/events/commitment/aaaaaaaaaaaaaaaaaaaaaaaaaa@99999999999999999999, 404",
        "/audit/events/commitment/aaaaaaaaaaaaaaaaaaaaaaaaaa, 404",
        "/audit/events/../../../x@1, 400",
        "/audit/nowhere, 404"
    })
    void what_makes_no_sense_is_answered_by_a_page(String path, int status) {
        HttpResponse<String> answer = portal.get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Jsoup.parse(answer.body()).select("h1")).hasSize(1);
    }

    @Test
    void a_page_that_keeps_itself_up_to_date_was_asked_to_and_can_be_stopped() {
        HttpResponse<String> still = portal.get("/audit?lang=en");
        assertThat(still.headers().firstValue("Refresh")).isEmpty();
        String start = Jsoup.parse(still.body()).select(".live a").attr("href");
        HttpResponse<String> live = portal.get(start);
        assertThat(live.headers().firstValue("Refresh")).contains("5");
        Element stop = Jsoup.parse(live.body()).select(".live a").getFirst();
        assertThat(stop.text()).isEqualTo("Stop");
        assertThat(portal.get(stop.attr("href")).headers().firstValue("Refresh")).isEmpty();
        assertThat(portal.get("/audit?live=1&after=9").headers().firstValue("Refresh")).isEmpty();
    }

    @Test
    void an_event_is_told_in_words_and_as_its_bytes() {
        Document page = document(FIRST + "?lang=en");
        assertThat(page.select("h1").text()).isEqualTo("The promise was published");
        assertThat(fields(page))
                .contains(
                        "Place Кара-Кулджинский айылный аймак · 41706204810000",
                        "Title Clean water for Kara-Kulja machine translation",
                        "Period 1 March 2025 – 28 February 2026",
                        "Published on 20 February 2025",
                        "Who did it head · okmotu");
        assertThat(page.select("#bytes ~ pre code").getFirst().wholeText()).isEqualTo(log.entry(0));
        assertThat(page.select("#bytes ~ p a").attr("href")).isEqualTo("/api/ledger/entries/0");
        assertThat(fields(document("/audit/events/" + LedgerStub.BUDGET + "@1?lang=ru")))
                .contains("Сумма 432 500,50 сом")
                .anyMatch(field -> field.startsWith("К какому обещанию commitment/"));
    }

    private static List<String> fields(Document page) {
        return page.select(".fields > div").eachText().stream()
                .map(text -> text.replace('\u00a0', ' '))
                .toList();
    }

    @Test
    void an_event_leads_to_its_promise_and_to_the_events_before_and_after() {
        Document first = document(FIRST + "?lang=en");
        assertThat(first.select("a[href^=/commitments/" + LedgerStub.PROMISE.id() + "]"))
                .hasSize(1);
        assertThat(first.select("a[rel=prev]")).isEmpty();
        Document second = document(first.select("a[rel=next]").attr("href"));
        assertThat(second.select("h1").text()).isEqualTo("Work started");
        assertThat(second.select("a[rel=prev]").attr("href")).isEqualTo(FIRST + "?lang=en");
        assertThat(second.select("a[rel=next]")).isEmpty();
        Document spent = document("/audit/events/" + LedgerStub.BUDGET + "@1?lang=en");
        assertThat(spent.select("a[href^=/commitments/" + LedgerStub.PROMISE.id() + "]"))
                .hasSize(1);
    }

    @Test
    void a_proof_is_shown_hash_by_hash_and_can_be_taken_along() {
        Document page = document(FIRST + "?lang=en");
        List<String> hashes = page.select("#proof ~ .climb .hash").eachText();
        LogProof proof = log.proof(0);
        assertThat(hashes).hasSize(2 * proof.path().size());
        assertThat(hashes.getLast()).isEqualTo(proof.checkpoint().text().lines().toList().get(2));
        assertThat(page.select("#proof ~ .climb li").getFirst().text()).contains("on the right");
        String file = portal.get(page.select("#proof ~ p .button").attr("href")).body();
        assertThat(LogProof.parse(file.getBytes(UTF_8)).orThrow())
                .matches(
                        taken ->
                                taken.proves(
                                        log.entry(0).getBytes(UTF_8),
                                        List.of(LedgerStub.SIGNER.key())));
    }

    @Test
    void only_this_page_may_run_a_script_and_only_ours() {
        HttpResponse<String> answer = portal.get(FIRST);
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "connect-src 'self'",
                        "trusted-types 'none'")
                .doesNotContain("unsafe");
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("script"))
                .singleElement()
                .satisfies(
                        script -> {
                            assertThat(script.attr("src")).startsWith("/assets/");
                            assertThat(script.data()).isEmpty();
                        });
        assertThat(portal.get("/audit").headers().firstValue("Content-Security-Policy").orElse(""))
                .doesNotContain("script-src");
        HttpResponse<String> script = portal.get(page.select("script").attr("src"));
        assertThat(script.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/javascript");
        assertThat(script.body()).doesNotContain("innerHTML", "eval(", "http:", "https:");
    }

    @Test
    void the_script_finds_every_word_that_it_says_on_the_page() {
        String script =
                portal.get(document(FIRST + "?lang=th").select("script").attr("src")).body();
        List<String> words =
                document(FIRST + "?lang=th")
                        .select("#verify template [data-word]")
                        .eachAttr("data-word");
        for (String word : words) {
            assertThat(script).contains("'" + word.replaceFirst("^not-", ""));
        }
        assertThat(words).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void what_others_wrote_is_shown_as_text() {
        Document page = document("/audit/events/" + LedgerStub.HOSTILE + "@1?lang=en");
        assertThat(page.select("script:not([src^=/assets/]), b")).isEmpty();
        assertThat(page.select("a[href^=javascript], a[href*='..']")).isEmpty();
        assertThat(page.select("h1").text()).isEqualTo("<b>org.x\"y</b>");
        assertThat(page.text())
                .contains("<script>alert(1)</script>⟦U+202E⟧gnihton", "javascript:alert(1)")
                .doesNotContain("\u202e");
        assertThat(fields(page))
                .contains("Amount 1e999999999", "Start 2026-02-30", "End 1 January 2026");
        Document list = document("/audit?after=4&lang=en");
        assertThat(list.select(".log h3").getFirst().text()).isEqualTo("<b>org.x\"y</b>");
    }

    @Test
    void what_is_too_much_for_a_page_is_cut_and_said_to_be() {
        Document page = document("/audit/events/" + LedgerStub.LARGE + "@1?lang=en");
        assertThat(fields(page)).hasSizeLessThanOrEqualTo(80);
        assertThat(page.select("#says ~ p").text()).contains("There is more");
        assertThat(page.select("#bytes ~ p a").text()).contains("There is more");
        assertThat(page.select("#bytes ~ pre code").text()).endsWith("…");
    }

    @Test
    void what_the_portal_cannot_follow_itself_is_said_loudly() {
        LedgerStub other = LedgerStub.of(46);
        ledger.behave(
                asked ->
                        asked.uri().endsWith("/proof")
                                ? LedgerStub.json(
                                        log.inclusion(1).replace("\"index\":1", "\"index\":0"))
                                : log.answer(asked));
        Document page = document(FIRST + "?lang=en");
        assertThat(page.select("[role=alert]").text()).contains("does not lead to the root");
        assertThat(page.select("#proof ~ .climb")).isEmpty();
        NoteSigner forger = NoteSigner.of(LedgerStub.ORIGIN, Kind.ED25519, LedgerStub.seed(9));
        String text = other.checkpoint().text();
        SignedNote forged = new SignedNote(text, List.of(forger.sign(text, 0)));
        ledger.behave(
                asked ->
                        asked.uri().equals("/ledger/checkpoint")
                                ? LedgerStub.text(forged.written())
                                : log.answer(asked));
        assertThat(document("/audit?lang=en").select("[role=alert]").text())
                .contains("not signed with the key");
    }

    @Test
    void an_event_that_no_checkpoint_covers_yet_says_so() {
        ledger.behave(
                asked ->
                        asked.uri().endsWith("/proof") ? LedgerStub.notFound() : log.answer(asked));
        Document page = document(FIRST + "?lang=en");
        assertThat(page.select("#proof ~ p").text()).contains("the next checkpoint will cover it");
        assertThat(page.select("script, #verify, [role=alert]")).isEmpty();
    }

    @Test
    void an_event_whose_data_lie_beside_the_ledger_leads_there() {
        String data = "/api/ledger/payloads/" + "ab".repeat(32);
        String entry = log.entry(1).replaceFirst("\"data\":\\{.*?},\"datac", "\"datac");
        String referring =
                entry.replace("\"specversion\"", "\"dataref\":\"" + data + "\",\"specversion\"");
        ledger.behave(
                asked -> {
                    Reply reply = log.answer(asked);
                    return asked.uri().endsWith("@2")
                            ? LedgerStub.json(
                                    Fixtures.json(
                                            Fixtures.object(
                                                    "event",
                                                    LedgerStub.PROMISE + "@2",
                                                    "index",
                                                    1,
                                                    "entry",
                                                    referring)))
                            : reply;
                });
        Document page = document("/audit/events/" + LedgerStub.PROMISE + "@2?lang=en");
        assertThat(page.select("#says ~ p a").attr("href")).isEqualTo(data);
    }

    @Test
    void a_checkpoint_that_too_few_witnesses_cosigned_is_shown_as_such() {
        ledger.behave(
                asked ->
                        asked.uri().equals("/ledger/checkpoint")
                                ? LedgerStub.notFound()
                                : log.answer(asked));
        assertThat(document("/audit?lang=en").text())
                .contains("Not enough witnesses have cosigned", LedgerStub.ORIGIN)
                .doesNotContain("Nothing has been logged yet.");
    }

    @Test
    void a_ledger_without_entries_says_so() {
        ledger.behave(
                asked ->
                        asked.uri().startsWith("/ledger/checkpoint")
                                ? LedgerStub.notFound()
                                : asked.uri().startsWith("/api/ledger/entries")
                                        ? LedgerStub.json("{\"items\":[]}")
                                        : log.answer(asked));
        assertThat(document("/audit?lang=en").text())
                .contains("Nothing has been logged yet.", "The ledger has no such entry.");
    }

    @Test
    void a_stopped_ledger_leaves_the_way_to_verify_and_all_other_pages() {
        StubService gone = StubService.start(log::answer);
        try (gone;
                RunningPortal alone = portal(gone.base())) {
            gone.stop();
            HttpResponse<String> answer = alone.get("/audit?lang=en", "Accept", "text/html");
            Document page = Jsoup.parse(answer.body());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.select("[role=alert]").text()).contains("accountability");
            assertThat(page.select("#own ~ pre").text()).contains("./ashar verify http://127");
            HttpResponse<String> event = alone.get(FIRST, "Accept", "text/html");
            assertThat(event.statusCode()).isEqualTo(503);
            assertThat(event.body()).contains("accountability");
            assertThat(alone.get("/commitments/" + Fixtures.LATE).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void every_event_of_a_promise_leads_to_its_receipt() {
        Document page = document("/commitments/" + Fixtures.OVERSPENT + "?lang=en");
        assertThat(page.select("a[href^=/audit?]").eachAttr("href"))
                .contains("/audit?lang=en&q=commitment%2F" + Fixtures.OVERSPENT);
        assertThat(page.select("table.stack tbody tr"))
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                assertThat(row.select("a").attr("href"))
                                        .matches("/audit/events/[a-z-]+/[a-z2-7]+@[0-9]+.*"));
        assertThat(page.select(".versions > div, .original"))
                .allSatisfy(
                        version ->
                                assertThat(version.select("a[href^=/audit/events/]")).hasSize(1));
        Document history = document("/commitments/" + Fixtures.OVERSPENT + "/history?lang=en");
        assertThat(history.select(".history li"))
                .hasSize(40)
                .allSatisfy(
                        step ->
                                assertThat(step.select("a").attr("href"))
                                        .isEqualTo(
                                                "/audit/events/"
                                                        + step.select("code").text()
                                                        + "?lang=en"));
    }

    private List<String> events(String path) {
        return document(path).select(".log code").eachText();
    }

    private Document document(String path) {
        HttpResponse<String> answer = portal.get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    @Test
    void an_identifier_of_nothing_is_looked_for_among_all_types() {
        assertThat(events("/audit?q=" + StreamId.derived("commitment", "nobody").id())).isEmpty();
    }
}
