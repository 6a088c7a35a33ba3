package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    private final Languages languages = new Languages("ky");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|-|ky",
                "th|ru|th",
                "TH-th|ru|th",
                "xx|ru|ru",
                "''|ru|ru",
                "-|ru-KG,ky;q=0.9|ru",
                "-|de, en-GB;q=0.5, ar;q=0.8|ar",
                "-|de|ky",
                "-|*|ky",
                "-|ru;q=0, en;q=0.1|en",
                "-|ru;q=0|ky",
                "-|ru;q=2, th|th",
                "-|ru;q=x, th;q=0.001|th",
                "-|en , ru|en",
                "-|ru;level=1|ky",
                "-|,,;;q=,|ky",
                "-|en;q=0.9,ar;q=0.9|en",
                "../../etc|-|ky"
            })
    void chooses_by_parameter_then_header_then_installation(
            @Nullable String parameter, @Nullable String header, String chosen) {
        assertThat(languages.of(parameter, header)).isEqualTo(chosen);
    }

    @Test
    void a_giant_header_is_passed_over() {
        assertThat(languages.of(null, "ru," + "x".repeat(10_000))).isEqualTo("ky");
        assertThat(languages.of("r".repeat(10_000), null)).isEqualTo("ky");
    }

    @Test
    void an_installation_speaks_one_of_the_interfaces_languages() {
        assertThatThrownBy(() -> new Languages("de")).isInstanceOf(IllegalArgumentException.class);
    }
}
