package org.ashar.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|'=1+1",
                "+996 312|'+996 312",
                "-5|-5",
                "-5.25|-5.25",
                "-5+cmd|'-5+cmd",
                "@SUM(A1)|'@SUM(A1)",
                "＝1+1|'＝1+1",
                "＠SUM(A1)|'＠SUM(A1)",
                "a;b|\"a;b\"",
                "a,b|\"a,b\"",
                "суу|суу"
            })
    void a_cell_is_text_or_a_number_and_never_a_formula(String cell, String written) {
        assertThat(text(cell)).isEqualTo("\uFEFFh\r\n" + written + "\r\n");
    }

    @Test
    void tabs_returns_and_quotes_do_not_break_out() {
        assertThat(text("\t=1")).isEqualTo("\uFEFFh\r\n'\t=1\r\n");
        assertThat(text("\r=1")).isEqualTo("\uFEFFh\r\n\"'\r=1\"\r\n");
        assertThat(text("\n=1")).isEqualTo("\uFEFFh\r\n\"'\n=1\"\r\n");
        assertThat(text("a\"\nb")).isEqualTo("\uFEFFh\r\n\"a\"\"\nb\"\r\n");
    }

    @Test
    void a_row_has_a_cell_for_each_column() {
        Csv uneven = new Csv(List.of("a", "b"), List.of(List.of("1")));
        assertThatThrownBy(uneven::bytes).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "text/csv|true",
                "text/csv, application/json;q=0.5|true",
                "application/json, text/csv;q=0.5|false",
                "*/*|false",
                "text/html, */*|false",
                "text/csv;q=0|false",
                "nonsense|false",
                "-|false"
            })
    void is_given_to_those_who_prefer_it(@Nullable String accept, boolean wanted) {
        assertThat(Csv.isWanted(accept)).isEqualTo(wanted);
    }

    @Test
    void is_not_given_to_those_who_list_more_types_than_are_looked_at() {
        assertThat(Csv.isWanted("text/csv," + "a/b,".repeat(60) + "a/c")).isFalse();
    }

    private static String text(String cell) {
        return new String(new Csv(List.of("h"), List.of(List.of(cell))).bytes(), UTF_8);
    }
}
