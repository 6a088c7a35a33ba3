package org.ashar.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages as text: what holds on every machine, with a browser or without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

    private static final int MAX_PAGE = 60 * 1024;

    private final StubService record = RecordStub.start();
    private final StubService ledger = LedgerStub.start();
    private RunningPortal portal;

    @BeforeAll
    void start() {
        portal =
                RunningPortal.start(
                        Map.of(
                                "accountability", ledger.base(),
                                "budget-commitments", record.base(),
                                "progress-reports", record.base()));
    }

    @AfterAll
    void stop() {
        portal.close();
        record.close();
        ledger.close();
    }

    static List<String> paths() {
        return Stream.concat(plain().stream(), withScript().stream()).toList();
    }

    /** Pages that check a proof in the browser. */
    static List<String> withScript() {
        return List.of(
                "/audit/events/" + LedgerStub.event(LedgerStub.PROMISE, 1),
                "/audit/events/" + LedgerStub.event(LedgerStub.BUDGET, 1),
                "/audit/events/" + LedgerStub.event(LedgerStub.HOSTILE, 1),
                "/audit/events/" + LedgerStub.event(LedgerStub.LARGE, 1));
    }

    private static List<String> plain() {
        return List.of(
                "/",
                "/?q=кара",
                "/openapi",
                "/places/soate/" + Fixtures.AIMAK,
                "/places/soate/" + Fixtures.EMPTY,
                "/places/soate/" + Fixtures.VILLAGE,
                "/places/soate/" + Fixtures.LARGE,
                "/places/soate/41706000000000",
                "/commitments/" + Fixtures.ON_TIME,
                "/commitments/" + Fixtures.LATE,
                "/commitments/" + Fixtures.DISPUTED,
                "/commitments/" + Fixtures.OVERSPENT,
                "/commitments/" + Fixtures.WITHDRAWN,
                "/commitments/" + Fixtures.ARABIC,
                "/commitments/" + Fixtures.HEAVY,
                "/commitments/" + Fixtures.LATE + "/history",
                "/audit",
                "/audit?after=40",
                "/audit?live=1&type=" + LedgerStub.OFFERED,
                "/audit?q=" + LedgerStub.PROMISE,
                "/audit?place=ozgon",
                "/nowhere");
    }

    static Stream<List<String>> pagesByLanguage() {
        return paths().stream()
                .flatMap(
                        path -> Stream.of("ky", "ru", "en", "ar", "th").map(l -> List.of(path, l)));
    }

    @ParameterizedTest
    @MethodSource("pagesByLanguage")
    void every_page_is_whole_small_and_in_the_readers_language(List<String> pageAndLanguage) {
        String path = pageAndLanguage.getFirst();
        String language = pageAndLanguage.getLast();
        HttpResponse<String> answer = page(path, language);
        Document page = Jsoup.parse(answer.body());
        assertThat(answer.statusCode()).isEqualTo(path.equals("/nowhere") ? 404 : 200);
        assertThat(page.select("html").attr("lang")).isEqualTo(language);
        assertThat(page.select("html").attr("dir"))
                .isEqualTo(language.equals("ar") ? "rtl" : "ltr");
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.title()).isNotBlank();
        assertThat(page.select("main")).hasSize(1);
        assertThat(bytes(answer.body()) + assets(page)).isLessThanOrEqualTo(MAX_PAGE);
        assertThat(unnamed(page.text())).isEmpty();
        headings(page);
        references(page);
        controls(page);
        tables(page);
    }

    @ParameterizedTest
    @MethodSource("plain")
    void no_page_needs_or_allows_scripts_cookies_or_others(String path) {
        HttpResponse<String> answer = page(path, "en");
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("script, style, [style], iframe, object, embed")).isEmpty();
        assertThat(page.getAllElements())
                .allSatisfy(
                        element ->
                                assertThat(element.attributes().asList())
                                        .noneMatch(a -> a.getKey().startsWith("on")));
        assertThat(page.select("link[rel=stylesheet], img, link[rel=icon]"))
                .allSatisfy(e -> assertThat(e.attr("href") + e.attr("src")).startsWith("/assets/"));
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).isPresent();
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void half_a_minute_is_enough_for_a_late_commitment() {
        Document page = document("/commitments/" + Fixtures.LATE, "en");
        assertThat(page.select("h1").text())
                .isEqualTo("Bring clean water to the village of Ak-Kyia");
        assertThat(page.select(".strip").text())
                .contains("by 30 June 2026")
                .contains("Kara-Kulja aiyl okmotu")
                .contains("2 of 4 milestones")
                .contains("Late since 1 March 2026")
                .contains("Missing reports: 1")
                .contains("432,500.50 som")
                .contains("of 900,000.00 som promised");
        assertThat(page.select(".badge.late").eachText()).contains("Late since 1 March 2026");
        assertThat(page.select(".milestones").text())
                .contains("first promised for 31 January 2026");
        assertThat(page.select(".path a").eachText())
                .startsWith("Ошская область", "Кара-Кулжинский район");
        assertThat(page.select(".notice").text()).contains("demonstration");
    }

    @Test
    void overspending_is_said_plainly() {
        Document page = document("/commitments/" + Fixtures.OVERSPENT, "ru");
        assertThat(page.select(".verdict strong").text())
                .isEqualTo("Потрачено на 150 000,00 сом больше обещанного.");
        assertThat(page.select(".head .badge").eachText()).contains("Потрачено больше обещанного");
        assertThat(page.select("#money + .money .figures").text())
                .contains("1 200 000,00 сом")
                .contains("1 500 000,00 сом")
                .contains("1 650 000,00 сом");
        Element bar = page.select(".money svg.bar").getFirst();
        assertThat(bar.select(".over").attr("width")).isEqualTo("9");
        assertThat(bar.select(".now").attr("width")).isEqualTo("91");
        assertThat(bar.select(".first").attr("x")).isEqualTo("73");
        assertThat(page.select("caption").text()).contains("Откуда деньги");
        assertThat(page.select("table tbody").text()).contains("местный бюджет", "-12 000,00");
    }

    @Test
    void a_dispute_and_a_withdrawal_are_told_with_their_reason() {
        assertThat(document("/commitments/" + Fixtures.DISPUTED, "ky").select(".alert").text())
                .contains("Талаш", "Чатыр эки жерден агып жатат");
        assertThat(document("/commitments/" + Fixtures.WITHDRAWN, "ky").select(".alert").text())
                .contains("Убада кайтарып алынды", "Жер участогу мектепке берилди");
    }

    @Test
    void a_correction_stands_beside_what_it_corrects() {
        Document page = document("/commitments/" + Fixtures.LATE, "ky");
        Element versions = page.select(".versions").getFirst();
        assertThat(versions.select(".original").text()).contains("2100 метр");
        assertThat(versions.select(".correction").text())
                .contains("1900 метр", "Эмне үчүн оңдолду", "Узундук ката эсептелген");
        assertThat(page.select(".due li").eachText())
                .anyMatch(due -> due.contains("Чыккан жок"))
                .anyMatch(due -> due.contains("Кечигип чыкты"));
        assertThat(page.text()).contains("Бул мезгилде эч нерсе жасалган жок");
    }

    @Test
    void every_figure_leads_to_its_event() {
        Document page = document("/commitments/" + Fixtures.OVERSPENT, "en");
        Set<String> anchors = new HashSet<>(page.select("[id]").eachAttr("id"));
        List<Element> figures = new ArrayList<>(page.select("#money ~ .money .figures dd"));
        figures.addAll(page.select(".budget table tr"));
        figures.addAll(page.select(".milestones li"));
        assertThat(figures).hasSizeGreaterThan(8);
        for (Element figure : figures) {
            assertThat(figure.select(".events a")).isNotEmpty();
            for (Element link : figure.select(".events a")) {
                String href = link.attr("href");
                assertThat(
                                href.startsWith("#")
                                        ? anchors.contains(href.substring(1))
                                        : href.startsWith(
                                                "/commitments/" + Fixtures.OVERSPENT + "/history"))
                        .isTrue();
            }
        }
        Document history = document("/commitments/" + Fixtures.OVERSPENT + "/history", "en");
        assertThat(history.select(".history li[id]")).hasSize(40);
        assertThat(history.select("a[rel=next]").attr("href")).contains("after=next-page");
    }

    @Test
    void a_text_without_translation_shows_in_its_own_language_and_direction() {
        Document page = document("/commitments/" + Fixtures.ARABIC, "en");
        Element title = page.select("h1 span").getFirst();
        assertThat(title.text()).isEqualTo("تأهيل مركز الشباب في القرية");
        assertThat(title.attr("lang")).isEqualTo("ar");
        assertThat(title.attr("dir")).isEqualTo("rtl");
        Document machine = document("/commitments/" + Fixtures.ARABIC, "ru");
        assertThat(machine.select("h1").text())
                .isEqualTo("Восстановление молодёжного центра в деревне машинный перевод");
        assertThat(machine.select("h1 .machine")).hasSize(1);
        assertThat(machine.select("h1 span[lang]")).isEmpty();
    }

    @Test
    void a_place_shows_its_sums_and_what_needs_attention_first() {
        Document page = document("/places/soate/" + Fixtures.AIMAK, "en");
        assertThat(page.select(".strip").text())
                .contains("Promises 6", "Late 2", "Disputed: 1", "Overspent: 1");
        assertThat(page.select(".money").text()).contains("48,200,000.00 som");
        assertThat(page.select("#first ~ .row h3").eachText())
                .containsExactly(
                        "Repair the roof of school no. 4",
                        "Pave Central Street",
                        "Bring clean water to the village of Ak-Kyia");
        assertThat(page.select("#list ~ .row")).hasSize(6);
        assertThat(page.select("#within ~ ul a")).isNotEmpty();
        assertThat(page.select("#money ~ .money .legend").text())
                .isEqualTo("Spent Promised now Promised at first");
        Document late = document("/places/soate/" + Fixtures.AIMAK + "?show=late&sort=title", "en");
        assertThat(late.select("#list ~ .row")).hasSize(2);
        assertThat(late.select("#first")).isEmpty();
        assertThat(late.select("option[selected]").eachAttr("value"))
                .containsExactly("late", "title");
    }

    @Test
    void a_place_says_in_short_what_was_promised_done_late_and_spent() {
        Document page = document("/places/soate/" + Fixtures.AIMAK, "en");
        assertThat(page.select(".strip > div").eachText())
                .containsExactly(
                        "Promises 6 Under way: 2",
                        "Done and checked 1 Reports published: 19",
                        "Late 2 Missing reports: 3 Disputed: 1",
                        "Spent 38,612,345.67 som of 51,700,000.00 som promised Overspent: 1");
        assertThat(page.select(".strip .missing").text()).isEqualTo("Missing reports: 3");
    }

    @Test
    void a_place_says_when_what_it_shows_is_a_demonstration() {
        assertThat(document("/places/soate/" + Fixtures.AIMAK, "en").select(".notice").text())
                .contains("demonstration");
        assertThat(document("/places/soate/" + Fixtures.EMPTY, "en").select(".notice")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ky | 1 500 000,00 сом | 2026-ж., 30-июнь",
                "ru | 1 500 000,00 сом | 30 июня 2026",
                "en | 1,500,000.00 som | 30 June 2026",
                "ar | 1,500,000.00 سوم | 30 يونيو 2026",
                "th | 1,500,000.00 ซอม | 30 มิถุนายน 2569"
            })
    void money_and_dates_are_written_as_the_language_does(
            String language, String money, String date) {
        Document page = document("/commitments/" + Fixtures.OVERSPENT, language);
        assertThat(page.select(".strip").text().replace('\u00a0', ' ')).contains(money, date);
    }

    @Test
    void names_stand_apart_from_what_follows_them() {
        Document page = document("/commitments/" + Fixtures.LATE, "en");
        assertThat(page.select(".contact").text())
                .isEqualTo("Public reception +996 3231 5 00 00 info@aimak.example");
        assertThat(page.select(".indicators li").getFirst().text())
                .isEqualTo("Төшөлгөн түтүк: 2100 м");
    }

    @Test
    void an_empty_place_says_so_and_leads_on() {
        Document page = document("/places/soate/" + Fixtures.EMPTY, "ky");
        assertThat(page.select(".empty").text()).contains("жарыяланган убада азырынча жок");
        assertThat(page.select("#within ~ ul a")).isNotEmpty();
        assertThat(page.select(".strip, form.filter")).isEmpty();
    }

    /** The record stub knows promises of the aimak alone, as a village has none of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | What is promised to the whole aiyl aimak is on its own page:",
                "ru | То, что обещано всему айылному аймаку, — на его странице:",
                "ky | Бүт айыл аймагына берилген убадалар анын өз барагында:",
                "ar | الوعود المقدَّمة للأيل أيماك كله موجودة في صفحته:",
                "th | คำมั่นสำหรับอายึลอัยมักทั้งหมดอยู่ในหน้าของอายึลอัยมักนั้น:"
            })
    void a_village_leads_to_the_promises_of_its_aimak(String language, String said) {
        Document page = document("/places/soate/" + Fixtures.VILLAGE, language);
        assertThat(page.select(".wider span").text()).isEqualTo(said);
        Element aimak = page.select(".wider a").getFirst();
        assertThat(aimak.text()).isEqualTo("Капчыгайский айылный аймак");
        assertThat(aimak.attr("href"))
                .isEqualTo("/places/soate/" + Fixtures.AIMAK + "?lang=" + language);
        assertThat(document(aimak.attr("href").replaceAll("\\?.*", ""), language).select(".strip"))
                .isNotEmpty();
    }

    @Test
    void only_what_has_no_promises_leads_to_the_wider_place() {
        assertThat(document("/places/soate/" + Fixtures.EMPTY, "en").select(".wider").text())
                .isEqualTo(
                        "What is promised to the whole of the wider place is on its own page:"
                                + " Баткенский район");
        assertThat(document("/places/soate/" + Fixtures.AIMAK, "en").select(".wider")).isEmpty();
        assertThat(document("/places/soate/41706000000000", "en").select(".wider")).isEmpty();
    }

    @Test
    void ten_thousand_commitments_come_in_pages() {
        String path = "/places/soate/" + Fixtures.LARGE;
        Document page = document(path, "en");
        assertThat(page.select(".strip .big").getFirst().text()).isEqualTo("10,000");
        Element next = page.select("a[rel=next]").getFirst();
        assertThat(page.select("#list ~ .row")).hasSize(18);
        Document second = Jsoup.parse(portal.get(next.attr("href")).body());
        assertThat(second.select("#list ~ .row h3").getFirst().text()).contains("№ 18:");
        assertThat(second.select(".pages a").eachText()).contains("Back to the start", "Next page");
        assertThat(document(path + "?after=9990", "en").select("a[rel=next]")).isEmpty();
    }

    @Test
    void spending_is_paged_on_the_page() {
        Document page = document("/commitments/" + Fixtures.HEAVY, "en");
        String older = page.select("#spending ~ p a").attr("href");
        assertThat(older).contains("spending=abc").endsWith("#spending");
        Document second = Jsoup.parse(portal.get(older).body());
        assertThat(second.select("table.stack").text()).contains("Бет: abc");
        String whole = page.select("#promise ~ .text a").attr("href");
        Document all = Jsoup.parse(portal.get(whole).body());
        assertThat(all.select("#promise ~ .text").text()).hasSizeGreaterThan(3_000);
        assertThat(page.select(".milestones li")).hasSize(8);
        String further = page.select(".milestones ~ p a").attr("href");
        assertThat(Jsoup.parse(portal.get(further).body()).select(".milestones").attr("start"))
                .isEqualTo("9");
    }

    @Test
    void the_chosen_language_goes_along() {
        Document page = document("/places/soate/" + Fixtures.AIMAK, "th");
        assertThat(page.select("main a[href^=/]:not([href^=/api])"))
                .isNotEmpty()
                .allSatisfy(a -> assertThat(a.attr("href")).contains("lang=th"));
        HttpResponse<String> accepted =
                portal.get("/", "Accept-Language", "de, ar;q=0.8, en;q=0.5");
        assertThat(accepted.headers().firstValue("Content-Language")).contains("ar");
        assertThat(accepted.headers().firstValue("Vary").orElse(""))
                .containsIgnoringCase("Accept-Language");
        assertThat(portal.get("/?lang=xx").headers().firstValue("Content-Language")).contains("ky");
    }

    @Test
    void a_search_finds_places_and_escapes_what_was_typed() {
        Document found = document("/?q=Nookat", "en");
        assertThat(found.select(".found a").eachText()).anyMatch(name -> name.contains("Ноокат"));
        Document none = document("/?q=%3Cscript%3Ealert(1)%3C/script%3E", "en");
        assertThat(none.select("script")).isEmpty();
        assertThat(none.select("#found").text()).contains("<script>alert(1)</script>");
        assertThat(none.select("input[name=q]").attr("value"))
                .isEqualTo("<script>alert(1)</script>");
    }

    @ParameterizedTest
    @CsvSource({
        "/places/soate/99999999999999, 404",
        "/places/local/41706246812000, 404",
        "/commitments/zzzzzzzzzzzzzzzzzzzzzzzzzz, 404",
        "/commitments/short, 404",
        "/commitments/, 404",
        "/places/soate/, 404",
        "/assets/1/unknown.css, 404",
        "/?lang=%zz&q=%zz, 200",
        "/places/soate/41706246812000?after=%00&show=nonsense&sort=nonsense, 200"
    })
    void what_makes_no_sense_is_answered_by_a_page(String path, int status) {
        HttpResponse<String> answer = rawPage(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Jsoup.parse(answer.body()).select("h1")).hasSize(1);
    }

    @Test
    void findings_stand_on_the_page_of_the_promise_they_are_about() {
        Document page = Jsoup.parse(page("/commitments/" + Fixtures.LATE, "en").body());
        Element finding = Objects.requireNonNull(page.selectFirst("#findings ~ article"));
        assertThat(finding.text())
                .contains("Счёт не найден", "Action agreed", "chamber-of-accounts")
                .contains("How grave: medium", "Late since");
        assertThat(finding.select(".badge.late")).hasSize(1);
        assertThat(finding.select("a").attr("href"))
                .isEqualTo("/audit?lang=en&q=audit-finding%2F" + "f".repeat(26));
        assertThat(page.select("#findings ~ p a").attr("href"))
                .isEqualTo("/api/findings?commitment=" + Fixtures.LATE);
        assertThat(page("/commitments/" + Fixtures.ON_TIME, "en").body())
                .doesNotContain("id=\"findings\"");
    }

    @Test
    void a_promise_is_shown_without_its_findings_where_the_ledger_does_not_answer()
            throws Exception {
        try (RunningPortal alone = RunningPortal.start(Map.of("progress-reports", record.base()))) {
            HttpResponse<String> answer =
                    alone.get("/commitments/" + Fixtures.LATE + "?lang=en", "Accept", "text/html");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Jsoup.parse(answer.body()).select("#findings + p").text())
                    .isEqualTo("Auditors’ findings cannot be shown just now.");
        }
    }

    @Test
    void a_stopped_record_leaves_the_place_and_says_what_is_missing() throws Exception {
        try (StubService gone = RecordStub.start();
                RunningPortal alone =
                        RunningPortal.start(
                                Map.of(
                                        "budget-commitments", gone.base(),
                                        "progress-reports", gone.base()),
                                "ashar.gateway.open-for=300ms")) {
            gone.stop();
            HttpResponse<String> answer =
                    alone.get(
                            "/places/soate/" + Fixtures.AIMAK + "?lang=en", "Accept", "text/html");
            Document page = Jsoup.parse(answer.body());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.select("[role=alert]").text()).contains("progress-reports");
            assertThat(page.select("#within ~ ul a")).isNotEmpty();
            HttpResponse<String> commitment =
                    alone.get("/commitments/" + Fixtures.LATE, "Accept", "text/html");
            assertThat(commitment.statusCode()).isEqualTo(503);
            assertThat(commitment.body()).contains("progress-reports");
            assertThat(alone.get("/?q=ош").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_record_that_cannot_be_read_leaves_the_place_and_asks_nobody_to_come_back()
            throws Exception {
        try (StubService broken =
                        StubService.start(_ -> new StubService.Reply(500, Map.of(), "{}"));
                RunningPortal alone =
                        RunningPortal.start(
                                Map.of(
                                        "budget-commitments", broken.base(),
                                        "progress-reports", broken.base()))) {
            HttpResponse<String> answer =
                    alone.get(
                            "/places/soate/" + Fixtures.AIMAK + "?lang=en", "Accept", "text/html");
            Document page = Jsoup.parse(answer.body());
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
            assertThat(page.select("[role=alert]").text())
                    .contains("Something went wrong on our side")
                    .doesNotContain("moment");
            assertThat(page.select("#within ~ ul a")).isNotEmpty();
        }
    }

    private HttpResponse<String> page(String path, String language) {
        return portal.get(address(path, language), "Accept", "text/html");
    }

    static String address(String path, String language) {
        return path.replace("кара", "%D0%BA%D0%B0%D1%80%D0%B0")
                + (path.contains("?") ? "&" : "?")
                + "lang="
                + language;
    }

    private HttpResponse<String> rawPage(String path) {
        return portal.get(path.replace("%zz", "%25zz"), "Accept", "text/html");
    }

    private Document document(String path, String language) {
        HttpResponse<String> answer = page(path, language);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    /** Style sheets and script. */
    private int assets(Document page) {
        return Stream.concat(
                        page.select("link[rel=stylesheet]").eachAttr("href").stream(),
                        page.select("script").eachAttr("src").stream())
                .mapToInt(address -> bytes(portal.get(address).body()))
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Codes that should have been texts. */
    private static List<String> unnamed(String text) {
        return Pattern.compile(
                        "\\b(state|role|fact|period|money|place|standing|progress|milestone|budget)\\.[a-z.-]+|\\{[a-z]+}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static void headings(Document page) {
        int last = 1;
        for (Element heading : page.select("h1, h2, h3")) {
            int level = heading.tagName().charAt(1) - '0';
            assertThat(level).isLessThanOrEqualTo(last + 1);
            last = level;
        }
    }

    private static void references(Document page) {
        List<String> ids = page.select("[id]").eachAttr("id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(page.select("[aria-labelledby]").eachAttr("aria-labelledby"));
        assertThat(ids).containsAll(page.select("label[for]").eachAttr("for"));
        assertThat(page.select("a[href='']")).isEmpty();
    }

    /** Every control has a name, every stop of a keyboard its natural place, the first leads on. */
    private static void controls(Document page) {
        assertThat(page.select("input:not([type=hidden]), select"))
                .allSatisfy(
                        control ->
                                assertThat(page.select("label[for=" + control.id() + "]").text())
                                        .isNotBlank());
        assertThat(page.select("button, a[href], summary, section, nav, svg"))
                .allSatisfy(
                        element ->
                                assertThat(
                                                element.text()
                                                        + element.attr("aria-label")
                                                        + element.attr("aria-labelledby"))
                                        .isNotBlank());
        assertThat(page.select("[tabindex], [accesskey], [autofocus]")).isEmpty();
        assertThat(page.select("body a").getFirst().attr("href")).isEqualTo("#main");
        assertThat(page.select("img:not([alt])")).isEmpty();
    }

    private static void tables(Document page) {
        assertThat(page.select("th:not([scope])")).isEmpty();
        for (Element table : page.select("table")) {
            for (Element row : table.select("tbody tr")) {
                assertThat(
                                row.select("th[scope=row]").size()
                                        + table.select("th[scope=col]").size())
                        .isPositive();
            }
        }
    }
}
