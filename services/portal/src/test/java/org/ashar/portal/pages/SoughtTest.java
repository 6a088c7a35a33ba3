package org.ashar.portal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.NumberFormat;
import java.util.Locale;
import org.ashar.portal.pages.Sought.AtIndex;
import org.ashar.portal.pages.Sought.Unclear;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoughtTest {

    @ParameterizedTest
    @ValueSource(strings = {"ky", "ru", "en", "ar", "ar-EG", "th"})
    void what_a_page_prints_as_a_number_is_looked_for_as_one(String language) {
        NumberFormat printed = NumberFormat.getIntegerInstance(Locale.forLanguageTag(language));
        for (long index : new long[] {0, 7, 999, 1_000, 3_555, 1_234_567, 100_000_000_000_000L}) {
            assertThat(Sought.of("№ " + printed.format(index))).isEqualTo(new AtIndex(index));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2",
                "12,34,567",
                "1,,234",
                "-1",
                "1.5",
                "1234567890123456",
                "\uD835\uDFCF"
            })
    void what_is_no_number_is_none(String typed) {
        assertThat(Sought.of(typed)).isEqualTo(new Unclear());
    }
}
