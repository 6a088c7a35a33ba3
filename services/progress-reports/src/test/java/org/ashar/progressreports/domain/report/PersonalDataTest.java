package org.ashar.progressreports.domain.report;

import static org.ashar.progressreports.domain.report.PersonalData.Kind.EMAIL;
import static org.ashar.progressreports.domain.report.PersonalData.Kind.IDENTIFIER;
import static org.ashar.progressreports.domain.report.PersonalData.Kind.TELEPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.progressreports.domain.report.PersonalData.Found;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Звоните +996 555 12-34-56",
                "тел. +996(555)123456.",
                "тел. 0555 12 34 56",
                "0555123456",
                "(0555) 12-34-56",
                "هاتف ٠٧٧٠١٢٣٤٥٦٧ أو +٩٦٤ ٧٧٠ ١٢٣ ٤٥٦٧",
                "โทร +๖๖ ๘๑ ๒๓๔ ๕๖๗๘",
                "+7\u00A0701\u00A0123\u00A045\u00A067"
            })
    void telephone_numbers_are_found(String text) {
        assertThat(PersonalData.kinds(text)).contains(TELEPHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Жазыңыз: a.b-c@mail.example.kg!", "почта имя@пример.рф"})
    void e_mail_addresses_are_found(String text) {
        assertThat(PersonalData.kinds(text)).containsExactly(EMAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ПИН 21503198501234",
                "ИИН 850315400123.",
                "паспорт AN1234567",
                "ID 1234567"
            })
    void personal_identifiers_are_found(String text) {
        assertThat(PersonalData.kinds(text)).containsExactly(IDENTIFIER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Израсходовано 1 234 567,50 сом из 2 000 000 сом.",
                "С 01-02-2025 по 30.06.2025 уложено 4 000 м труб.",
                "Айыл аймагынын коду 41703215600000, токтом №12/3-4.",
                "2025-Q2, 2025-04-01 — 2025-06-30",
                "Бюджет: 00 000 000 000 сом",
                "25 % родителей, 358 советов, 197 000 учеников @ школы"
            })
    void money_dates_and_codes_are_not_taken_for_persons(String text) {
        assertThat(PersonalData.kinds(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+9", "@", "a@", "0", "+++++", "(0", "@."})
    void long_repetitions_are_searched_quickly(String part) {
        String text = part.repeat(4000 / part.length());
        long before = System.nanoTime();
        assertThat(PersonalData.kinds(text)).isNotNull();
        assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ru"})
    void the_language_in_which_it_stands_is_named(String language) {
        MultilingualText text =
                new MultilingualText(
                        "ky",
                        new TreeMap<>(
                                Map.of(
                                        "ky",
                                        new Translation("Суу келди", Provenance.HUMAN),
                                        language,
                                        new Translation("a@b.kg", Provenance.MACHINE))));
        assertThat(PersonalData.in(text)).containsExactly(new Found(EMAIL, language));
    }
}
