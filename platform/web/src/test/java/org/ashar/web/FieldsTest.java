package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Checked;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.PlaceRef;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 3, 31);

    private static Fields fields(String json) {
        return Fields.of(
                AsharJson.strict().readTree(json),
                (scheme, code, on) -> Checked.valid(new PlaceRef(scheme, code, "X", on)),
                TODAY);
    }

    private static Problem problemOf(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("no problem");
    }

    @Test
    void a_place_without_a_date_is_looked_up_for_the_day_of_the_command() {
        Fields f = fields("{\"p\":{\"scheme\":\"soate\",\"code\":\"1\"}}");
        assertThat(f.place("p").asOf()).isEqualTo(TODAY);
    }

    @Test
    void a_text_in_several_languages_keeps_its_provenance_and_canonical_tags() {
        Fields f =
                fields(
                        "{\"t\":{\"original\":\"KY\",\"texts\":{\"ky\":{\"value\":\"а\"},"
                                + "\"zh-hant\":{\"value\":\"b\",\"provenance\":\"machine\"}}}}");
        var text = f.multilingual("t", 10);
        f.valid(() -> text);
        assertThat(text.original()).isEqualTo("ky");
        assertThat(text.texts()).containsOnlyKeys("ky", "zh-Hant");
        assertThat(Objects.requireNonNull(text.texts().get("zh-Hant")).provenance())
                .isEqualTo(Provenance.MACHINE);
    }

    @Test
    void all_faults_come_at_once_and_one_of_form_makes_it_malformed() {
        Fields f = fields("{\"a\":\"\",\"b\":7,\"d\":{\"x\":1,\"y~/\":2},\"z\":0}");
        f.text("a", 5);
        f.text("b", 5);
        f.date("c");
        f.nested("d", d -> d.integer("x", 2, 3));
        Problem problem = problemOf(() -> f.valid(() -> "never"));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.faults().stream().map(x -> x.pointer() + " " + x.code()))
                .containsExactly(
                        "/a text.blank",
                        "/b field.not-a-text",
                        "/c field.missing",
                        "/d/x number.out-of-range",
                        "/d/y~0~1 field.unknown",
                        "/z field.unknown");
    }

    @Test
    void broken_values_alone_make_it_unprocessable() {
        Fields f = fields("{\"a\":\"\"}");
        f.text("a", 5);
        assertThat(problemOf(() -> f.valid(() -> "never")).status()).isEqualTo(422);
    }

    @Test
    void stand_ins_that_no_constructor_likes_end_in_the_problem_and_not_in_a_fault() {
        Fields f = fields("{\"a\":{\"n\":\"\"},\"list\":[{\"n\":\"x\"},{}]}");
        f.nested("a", a -> picky(a.text("n", 5)));
        f.nested("gone", a -> picky(a.text("n", 5)));
        f.list("list", 0, 5, a -> picky(a.text("n", 5)));
        assertThat(problemOf(() -> f.valid(() -> "never")).faults()).hasSize(3);
    }

    @Test
    void a_constructor_that_fails_on_good_values_is_a_fault_of_ours() {
        Fields f = fields("{\"a\":{\"n\":\"x\"}}");
        assertThatThrownBy(() -> f.nested("a", a -> picky(a.text("n", 5).replace("x", ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String picky(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }

    @Test
    void null_is_as_good_as_absent() {
        Fields f = fields("{\"a\":null,\"b\":null}");
        assertThat(f.optional("a", Fields::date)).isEmpty();
        f.date("b");
        assertThat(problemOf(() -> f.valid(() -> "never")).faults())
                .singleElement(type(Problem.Fault.class))
                .extracting(Problem.Fault::pointer, Problem.Fault::code)
                .containsExactly("/b", "field.missing");
    }

    @Test
    void long_and_strange_names_are_not_echoed() {
        Fields f =
                fields(
                        "{\""
                                + "n".repeat(900)
                                + "\":1,\"a\u202eb\\u0000\":1,\"t\":{\"original\":"
                                + "\"ky\",\"texts\":{\""
                                + "k".repeat(900)
                                + "\":{}}}}");
        f.multilingual("t", 5);
        Problem problem = problemOf(() -> f.valid(() -> "never"));
        assertThat(problem.toString()).hasSizeLessThan(2_000).doesNotContain("\u202e", "\u0000");
        assertThat(problem.faults())
                .extracting(Problem.Fault::pointer)
                .contains("", "/a\uFFFDb\uFFFD", "/t/texts");
    }

    @Test
    void a_flood_of_faults_is_counted_and_not_listed() {
        String many = "{\"l\":[" + "{},".repeat(400) + "{}]}";
        Fields f = fields(many);
        f.list("l", 0, 1_000, e -> e.text("x", 3));
        Problem problem = problemOf(() -> f.valid(() -> "never"));
        assertThat(problem.faults()).hasSize(100);
        assertThat(problem.more()).isEqualTo(301);
    }

    @Test
    void a_list_beyond_its_limit_is_one_fault() {
        Fields f = fields("{\"l\":[{},{},{}]}");
        assertThat(f.list("l", 0, 2, e -> e.text("x", 3))).isEmpty();
        assertThat(problemOf(() -> f.valid(() -> "never")).faults())
                .extracting(Problem.Fault::pointer, Problem.Fault::code, Problem.Fault::arguments)
                .containsExactly(tuple("/l", "list.too-long", Map.of("min", "0", "max", "2")));
    }

    @Test
    void rules_over_several_fields_see_real_values_only() {
        Fields bad = fields("{\"a\":\"\"}");
        String a = bad.text("a", 5);
        bad.check("a", "never", () -> a.charAt(0) == 'x');
        assertThat(problemOf(() -> bad.valid(() -> "never")).faults())
                .extracting(Problem.Fault::code)
                .containsExactly("text.blank");

        Fields good = fields("{\"a\":\"y\"}");
        String b = good.text("a", 5);
        good.check("a", "not.x", () -> b.charAt(0) == 'x');
        assertThat(problemOf(() -> good.valid(() -> "never")).faults())
                .extracting(Problem.Fault::code)
                .containsExactly("not.x");
    }

    @Test
    void lists_of_plain_values_have_pointers_by_index() {
        Fields f = fields("{\"l\":[\"a\",\"\",7,null]}");
        f.listOf("l", 0, 9, (e, i) -> e.text(i, 3));
        assertThat(
                        problemOf(() -> f.valid(() -> "never")).faults().stream()
                                .map(x -> x.pointer() + " " + x.code()))
                .containsExactlyElementsOf(
                        List.of("/l/1 text.blank", "/l/2 field.not-a-text", "/l/3 field.missing"));
    }
}
