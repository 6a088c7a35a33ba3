package org.ashar.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ashar.portal.Chromium.Visit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages in a real browser. What can be told from text alone is in {@link PagesTest} and {@link
 * StylesheetTest} too, which run on every machine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class BrowserIT {

    private static final int MAX_PAGE = 60 * 1024;
    private static final int PHONE = 360;
    private static final int DESK = 1_200;
    private static final int PAPER = 718;
    private static final String PLACE = "/places/soate/" + Fixtures.AIMAK;
    private static final String COMMITMENT = "/commitments/" + Fixtures.LATE;

    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");

    /** The only rules for which it matters whether it is day or night. */
    private static final List<String> OF_COLOUR = List.of("color-contrast", "link-in-text-block");

    private final StubService record = RecordStub.start();
    private final StubService ledger = LedgerStub.start();
    private RunningPortal portal;
    private Chromium browser;

    /** A desk and a phone on which one page is shown after the other: to open one takes long. */
    private Page desk;

    private Page phone;

    @BeforeAll
    void start() {
        Optional<Path> executable = Chromium.executable();
        assumeTrue(
                executable.isPresent(),
                "no chromium, chromium-browser or google-chrome on the PATH: the pages are held by"
                        + " PagesTest and StylesheetTest alone");
        portal =
                RunningPortal.start(
                        Map.of(
                                "accountability", ledger.base(),
                                "budget-commitments", record.base(),
                                "progress-reports", record.base()));
        browser = new Chromium(executable.get(), portal);
        desk = browser.visit("/", Chromium.reader(DESK).setJavaScriptEnabled(true)).page();
        phone = browser.visit("/", Chromium.reader(PHONE)).page();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
            portal.close();
        }
        record.close();
        ledger.close();
    }

    static List<String> paths() {
        return PagesTest.paths();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void no_page_breaks_a_rule_of_accessibility(String path) {
        desk.navigate(portal.at(in("ru", path)).toString());
        assertThat(broken(new AxeBuilder(desk).withTags(WCAG))).isEmpty();
    }

    /** Every pair of colours, by day and by night, is held by {@link StylesheetTest}. */
    @ParameterizedTest
    @MethodSource("main_pages")
    void the_main_pages_break_no_rule_of_colour_by_night(String path) {
        try (Visit visit =
                browser.visit(in("ar", path), Chromium.reader(DESK).setJavaScriptEnabled(true))) {
            visit.page()
                    .emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(broken(new AxeBuilder(visit.page()).withRules(OF_COLOUR))).isEmpty();
        }
    }

    /** Each broken rule with the elements that break it. */
    private static List<String> broken(AxeBuilder rules) {
        return rules.analyze().getViolations().stream()
                .map(
                        rule ->
                                rule.getId()
                                        + rule.getNodes().stream()
                                                .map(
                                                        node ->
                                                                node.getHtml()
                                                                        + " "
                                                                        + node.getFailureSummary())
                                                .toList())
                .toList();
    }

    @Test
    void a_broken_rule_would_be_noticed() {
        try (Visit visit =
                browser.visit("/?lang=en", Chromium.reader(DESK).setJavaScriptEnabled(true))) {
            visit.page().locator("label").evaluate("label => label.remove()");
            assertThat(broken(new AxeBuilder(visit.page()).withTags(WCAG)))
                    .anyMatch(rule -> rule.startsWith("label["));
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_phone_shows_every_page_without_scrolling_sideways(String path) {
        for (String language : List.of("ar", "th", "ru", "ky")) {
            phone.navigate(portal.at(in(language, path)).toString());
            assertThat(number(phone, "document.scrollingElement.scrollWidth"))
                    .as(language)
                    .isLessThanOrEqualTo(PHONE);
            assertThat(outside(phone)).as(language).isEmpty();
            assertThat(number(phone, SMALLEST_TEXT)).as(language).isGreaterThan(12);
        }
    }

    /** Smallest size of any text, in pixels. */
    private static final String SMALLEST_TEXT =
            """
            Math.min(...[...document.querySelectorAll('body *')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
              .map(e => parseFloat(getComputedStyle(e).fontSize)))
            """;

    /** Elements that are cut off at a side of the screen. */
    private static List<?> outside(Page page) {
        return (List<?>)
                page.evaluate(
                        """
                        [...document.querySelectorAll('main *, header *, footer *')]
                          .filter(e => !e.closest('.out, thead'))
                          .filter(e => {
                            const box = e.getBoundingClientRect();
                            return box.width && (box.left < 0 || box.right > innerWidth + 0.5);
                          })
                          .map(e => e.outerHTML.slice(0, 120))
                        """);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_page_is_small_and_asks_nobody_else(String path) {
        try (Visit visit = browser.visit(in("ky", path), Chromium.reader(DESK))) {
            Chromium.Size size = visit.size();
            assertThat(size.read()).isLessThanOrEqualTo(MAX_PAGE);
            assertThat(size.sent()).isBetween(1L, (long) MAX_PAGE);
            assertThat(visit.addresses())
                    .hasSizeGreaterThan(2)
                    .allSatisfy(
                            address -> assertThat(address).startsWith(portal.at("/").toString()));
            assertThat(visit.complaints()).isEmpty();
            assertThat(visit.page().locator("script").count())
                    .isEqualTo(PagesTest.withScript().contains(path) ? 1 : 0);
        }
    }

    @Test
    void a_forbidden_style_would_be_refused_and_noticed() {
        try (Visit visit =
                browser.visit("/?lang=en", Chromium.reader(DESK).setJavaScriptEnabled(true))) {
            visit.page()
                    .evaluate(
                            "document.body.append(Object.assign(document.createElement('style'),"
                                    + " {textContent: 'h1 { color: red }'}))");
            visit.page().waitForCondition(() -> !visit.complaints().isEmpty());
            assertThat(visit.complaints().getFirst()).contains("Content Security Policy");
        }
    }

    @Test
    void arabic_is_laid_out_from_right_to_left() {
        try (Visit english = browser.visit(in("en", COMMITMENT), Chromium.reader(DESK));
                Visit arabic = browser.visit(in("ar", COMMITMENT), Chromium.reader(DESK))) {
            for (String selector : BEGIN_AT_THE_EDGE) {
                BoundingBox left = box(english.page(), selector);
                BoundingBox right = box(arabic.page(), selector);
                assertThat(left.x).as(selector).isLessThan(DESK / 2.0);
                assertThat(DESK - right.x - right.width)
                        .as(selector)
                        .isCloseTo(left.x, within(1.0));
            }
        }
    }

    private static final List<String> BEGIN_AT_THE_EDGE =
            List.of(
                    ".brand",
                    ".path li:first-child",
                    ".strip > div:first-child",
                    "h1 span",
                    ".milestones li:first-child .badge",
                    ".money svg.bar .spent",
                    "table.stack th:first-child",
                    ".due li:first-child");

    @Test
    void a_printed_page_has_the_content_and_not_the_controls() {
        for (String path : List.of("/", PLACE, COMMITMENT, COMMITMENT + "/history")) {
            try (Visit visit = browser.visit(in("en", path), Chromium.reader(PAPER))) {
                Page page = visit.page();
                page.emulateMedia(
                        new Page.EmulateMediaOptions()
                                .setMedia(Media.PRINT)
                                .setColorScheme(ColorScheme.DARK));
                for (Locator control :
                        page.locator(".languages, form, button, .button, .skip, .pages").all()) {
                    assertThat(control.isVisible()).as(path).isFalse();
                }
                assertThat(page.locator("h1").isVisible()).isTrue();
                assertThat(page.locator("main section, main ol").last().isVisible()).isTrue();
                assertThat(
                                page.locator("body")
                                        .evaluate("b => getComputedStyle(b).backgroundColor"))
                        .isEqualTo("rgb(255, 255, 255)");
                assertThat(number(page, "document.scrollingElement.scrollWidth"))
                        .isLessThanOrEqualTo(PAPER);
                assertThat(new String(page.pdf(), StandardCharsets.ISO_8859_1))
                        .startsWith("%PDF-")
                        .contains("/Type /Page", "/Font")
                        .hasSizeGreaterThan(10_000);
            }
        }
    }

    @Test
    void what_is_folded_on_the_screen_is_open_on_paper() {
        try (Visit visit = browser.visit(in("ky", COMMITMENT), Chromium.reader(PAPER))) {
            Locator folded = visit.page().locator("details li").first();
            assertThat(folded.isVisible()).isFalse();
            visit.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(folded.isVisible()).isTrue();
        }
    }

    static List<String> main_pages() {
        return List.of("/", PLACE, COMMITMENT, "/audit", PagesTest.withScript().getFirst());
    }

    @ParameterizedTest
    @MethodSource("main_pages")
    void a_keyboard_reaches_everything_in_order_and_shows_where_it_is(String path) {
        try (Visit visit = browser.visit(in("en", path), Chromium.reader(DESK))) {
            Page page = visit.page();
            Object inOrder =
                    page.evaluate(
                            "[...document.querySelectorAll('a[href], input:not([type=hidden]),"
                                    + " select, button, summary')].filter(e => e.checkVisibility())"
                                    + ".map(e => e.outerHTML)");
            int stops = ((List<?>) inOrder).size();
            assertThat(stops).isGreaterThan(10);
            List<Object> reached = new ArrayList<>();
            for (int i = 0; i < stops; i++) {
                page.keyboard().press("Tab");
                Object stop = page.evaluate(FOCUSED);
                assertThat(stop).isInstanceOf(Map.class);
                Map<?, ?> focused = (Map<?, ?>) Objects.requireNonNull(stop);
                assertThat(focused.get("shown")).as("%s", focused.get("html")).isEqualTo(true);
                reached.add(focused.get("html"));
            }
            assertThat(reached).isEqualTo(inOrder);
        }
    }

    /** What has the focus, and whether a reader can see that: in view, with an outline. */
    private static final String FOCUSED =
            """
            (() => {
              const e = document.activeElement, box = e.getBoundingClientRect();
              const style = getComputedStyle(e);
              return {
                html: e.outerHTML,
                shown: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
                  && box.width > 0 && box.top >= -1 && box.bottom <= innerHeight + 1,
              };
            })()
            """;

    @Test
    void the_first_stop_of_a_keyboard_leads_past_the_navigation() {
        try (Visit visit = browser.visit(in("ru", PLACE), Chromium.reader(DESK))) {
            Page page = visit.page();
            page.keyboard().press("Tab");
            assertThat(page.locator(":focus").getAttribute("href")).isEqualTo("#main");
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.locator("main :focus").count()).isOne();
        }
    }

    @Test
    void a_reader_types_a_name_and_comes_to_the_place() {
        try (Visit visit = browser.visit(in("ar", "/"), Chromium.reader(PHONE))) {
            Page page = visit.page();
            page.locator("label[for=q]").click();
            page.keyboard().type("kapchygai");
            page.keyboard().press("Enter");
            assertThat(page.locator("#q").inputValue()).isEqualTo("kapchygai");
            page.locator(".found a").first().click();
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("ar");
            assertThat(page.locator("h1").innerText()).contains("Капчыгай");
        }
    }

    @Test
    void a_reader_narrows_the_list_and_turns_its_pages() {
        try (Visit visit = browser.visit(in("en", PLACE), Chromium.reader(PHONE))) {
            Page page = visit.page();
            page.locator("#show").selectOption("late");
            page.locator("form.filter button").click();
            assertThat(page.locator("#list ~ .row").count()).isEqualTo(2);
            page.navigate(portal.at(in("en", "/places/soate/" + Fixtures.LARGE)).toString());
            page.locator("a[rel=next]").click();
            assertThat(page.locator("#list ~ .row h3").first().innerText()).contains("№ 18:");
            page.locator(".pages a").first().click();
            assertThat(page.locator("#list ~ .row h3").first().innerText()).contains("№ 0:");
        }
    }

    @Test
    void a_figure_leads_to_the_entry_that_it_comes_from() {
        try (Visit visit = browser.visit(in("en", COMMITMENT), Chromium.reader(DESK))) {
            Page page = visit.page();
            page.locator("#money ~ .money dd:has-text('432,500.50') .events a").click();
            Locator entry = page.locator("tr:target");
            assertThat(entry.innerText()).contains("432,500.50");
            BoundingBox where = Objects.requireNonNull(entry.boundingBox());
            assertThat(where.y).isBetween(0.0, 900.0);
        }
    }

    private static BoundingBox box(Page page, String selector) {
        return Objects.requireNonNull(page.locator(selector).first().boundingBox());
    }

    private static double number(Page page, String expression) {
        return ((Number) Objects.requireNonNull(page.evaluate(expression))).doubleValue();
    }

    private static String in(String language, String path) {
        return PagesTest.address(path, language);
    }
}
