package org.ashar.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the style sheet promises, told from its text: what holds where there is no browser. */
class StylesheetTest {

    private static final String DARK = "@media screen and (prefers-color-scheme: dark)";
    private static final String PRINT = "@media print";

    private final String sheet;

    StylesheetTest() throws IOException {
        Path assets = Path.of("src/main/resources/portal/assets");
        sheet =
                Files.readString(assets.resolve("portal.css"))
                        + Files.readString(assets.resolve("audit.css"));
    }

    @ParameterizedTest
    @CsvSource({
        "ink, paper",
        "ink, card",
        "ink, plain-bg",
        "quiet, paper",
        "quiet, card",
        "link, paper",
        "link, card",
        "on-brand, brand",
        "late, late-bg",
        "late, card",
        "dispute, dispute-bg",
        "over, over-bg",
        "over, paper",
        "over, card",
        "check, check-bg",
        "done, done-bg",
        "going, going-bg",
        "ink, going-bg",
        "ink, dispute-bg",
        "ink, late-bg"
    })
    void text_stands_out_from_what_is_behind_it_by_day_and_by_night(String text, String behind) {
        for (Map<String, String> colours : List.of(day(), night())) {
            assertThat(contrast(colours, text, behind)).isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @CsvSource({"spent, track", "focus, paper", "focus, card"})
    void signs_stand_out_from_what_is_beside_them(String sign, String beside) {
        for (Map<String, String> colours : List.of(day(), night())) {
            assertThat(contrast(colours, sign, beside)).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void every_colour_has_its_equal_for_the_night() {
        assertThat(colours(block(DARK)).keySet()).isEqualTo(day().keySet());
        assertThat(sheet).contains("color-scheme: light dark");
    }

    @ParameterizedTest
    @ValueSource(strings = {".languages", ".search", ".filter", ".pages", ".button", ".skip"})
    void paper_does_without_controls(String control) {
        assertThat(hidden(block(PRINT))).contains(control);
        assertThat(block(PRINT)).contains("color-scheme: light", "--paper: #fff", "--ink: #000");
    }

    /** A rule for an element would lose against the rule that lays its class out. */
    @Test
    void what_paper_does_without_is_named_as_strongly_as_it_is_laid_out() {
        assertThat(hidden(block(PRINT)))
                .allSatisfy(selector -> assertThat(selector).matches(".*\\..*|.* p \\+ p"));
    }

    @Test
    void nothing_is_laid_out_from_a_fixed_side() {
        assertThat(
                        found(
                                "[;{ ](left|right|(margin|padding|border)-(left|right)"
                                        + "|(text-align|float): (left|right))\\b",
                                sheet.lines()
                                        .filter(line -> !line.startsWith("[dir=\"rtl\"]"))
                                        .toList()
                                        .toString()))
                .isEmpty();
    }

    @Test
    void nothing_is_wider_than_a_phone() {
        // 360 px less the page's own edges, in rem of 16 px.
        assertThat(
                        found("(?:minmax\\(|[^x]-inline-size: |[; ]width: )([0-9.]+)rem", sheet)
                                .stream()
                                .mapToDouble(Double::parseDouble))
                .isNotEmpty()
                .allMatch(width -> width <= 20);
    }

    @Test
    void the_focus_is_shown_and_never_hidden() {
        assertThat(sheet).contains(":focus-visible { outline: 3px solid var(--focus)");
        assertThat(sheet).doesNotContain("outline: none", "outline: 0");
        assertThat(sheet).contains(".skip:focus { inset-block-start: .5rem; }");
    }

    @Test
    void nothing_comes_from_elsewhere() {
        assertThat(sheet).doesNotContain("url(", "@import", "@font-face");
    }

    private Map<String, String> day() {
        return colours(sheet.substring(0, sheet.indexOf(DARK)));
    }

    private Map<String, String> night() {
        Map<String, String> night = day();
        night.putAll(colours(block(DARK)));
        return night;
    }

    private static Map<String, String> colours(String rules) {
        Map<String, String> colours = new LinkedHashMap<>();
        Pattern.compile("--([a-z-]+): (#[0-9a-f]{3,6});")
                .matcher(rules)
                .results()
                .forEach(found -> colours.put(found.group(1), found.group(2)));
        return colours;
    }

    private static List<String> hidden(String rules) {
        return found("([^{}]+)\\{ display: none; }", rules).stream()
                .flatMap(selectors -> List.of(selectors.strip().split(",\\s*", -1)).stream())
                .toList();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(r -> group(r)).toList();
    }

    private static String group(MatchResult result) {
        return Objects.requireNonNull(result.group(1));
    }

    /** The rules within the braces that follow. */
    private String block(String opening) {
        int start = sheet.indexOf("{", sheet.indexOf(opening)) + 1;
        int depth = 1;
        int end = start;
        while (depth > 0) {
            char sign = sheet.charAt(end++);
            depth += sign == '{' ? 1 : sign == '}' ? -1 : 0;
        }
        return sheet.substring(start, end - 1);
    }

    /** The contrast ratio of WCAG 2.2. */
    private static double contrast(Map<String, String> colours, String one, String other) {
        double a = luminance(Objects.requireNonNull(colours.get(one)));
        double b = luminance(Objects.requireNonNull(colours.get(other)));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        double[] parts = IntStream.range(0, 3).mapToDouble(part -> linear(hex, part)).toArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    private static double linear(String hex, int part) {
        String digits =
                hex.length() == 4
                        ? hex.substring(part + 1, part + 2).repeat(2)
                        : hex.substring(2 * part + 1, 2 * part + 3);
        double value = Integer.parseInt(digits, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
