package org.ashar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.kernel.PersonalData.Kind;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ask the reception, +996 555 12-34-56.",
                "тел. +996(555)123456.",
                "Тел. 0555 123456",
                "тел.0555123456",
                "тел.: 0 (3222) 5-12-34",
                "(0555) 12-34-56",
                "0555.12.34.56",
                "+7 (701) 123 45 67",
                "8 (701) 123-45-67",
                "87011234567",
                "+7\u00A0701\u00A0123\u00A045\u00A067",
                "0555\u200B123\u2011456",
                "٠٥٥٥١٢٣٤٥٦ اتصل",
                "هاتف ٠٧٧٠١٢٣٤٥٦٧",
                "โทร 081-234-5678",
                "โทร +๖๖ ๘๑ ๒๓๔ ๕๖๗๘",
                "00996555123456",
                "+996555123456"
            })
    void finds_telephone_numbers(String text) {
        assertThat(PersonalData.in(text)).containsExactly(Kind.TELEPHONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reception.2@mail.kg",
                "Жазыңыз: a.b-c@mail.example.kg!",
                "Жазыңыз: кабылдама@почта.рф эртең",
                "reception @mail.example.org",
                "ｏｆｆｉｃｅ＠mail.kg"
            })
    void finds_e_mail_addresses(String text) {
        assertThat(PersonalData.in(text)).containsExactly(Kind.EMAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ПИН 20105198012345",
                "ИНН:11812196700123",
                "ПИН21503198501234",
                "ЖСН 850412300123",
                "ИИН 850315400123.",
                "паспорт AN1234567",
                "ID 1234567"
            })
    void finds_personal_identifiers(String text) {
        assertThat(PersonalData.in(text)).containsExactly(Kind.IDENTIFIER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It costs 1 234 567,50 som, or 12 000 000.",
                "Израсходовано 1 234 567,50 сом из 2 000 000 сом.",
                "Бюджет: 00 000 000 000 сом",
                "8 701 123 сом, 8 765 432 100 сом",
                "Place 41706204810000 on the list",
                "Айыл аймагынын коду 41703215600000, токтом №12/3-4.",
                "From 2025-03-01 to 2026-02-28, by 01.03.2025",
                "01.03.2025 12 000 сом, 02-04-2025 15 000 сом, 2025-01-15 10 000 сом",
                "С 01-02-2025 по 30.06.2025 уложено 4 000 м труб.",
                "2025-Q2, 2025-04-01 — 2025-06-30",
                "8 km of pipe, 2 pumps, 45 % of 1,200 households",
                "25 % родителей, 358 советов, 197 000 учеников @ школы",
                "Resolution No. 12/3 of 10.03.2025",
                "0.5 m deep, 0.25 m wide, 1.0555123456 in all",
                "Account 1234567890123456",
                "Contract 99999999999999",
                "@council",
                "+5 % in 2025"
            })
    void passes_over_amounts_dates_and_codes(String text) {
        assertThat(PersonalData.in(text)).isEmpty();
    }

    @Test
    void the_refusal_names_the_text_its_language_and_what_was_found() {
        Map<String, MultilingualText> texts = new LinkedHashMap<>();
        texts.put("/title", MultilingualText.of("en", "Water"));
        texts.put(
                "/description",
                new MultilingualText(
                        "ky",
                        new TreeMap<>(
                                Map.of(
                                        "ky", new Translation("Суу түтүгү", Provenance.HUMAN),
                                        "ru",
                                                new Translation(
                                                        "Звоните 0555123456",
                                                        Provenance.MACHINE)))));
        texts.put("/resolution", MultilingualText.of(PersonalData.NO_LANGUAGE, "a@b.kg"));
        assertThat(PersonalData.refusal(false, texts))
                .hasValueSatisfying(
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo("text.personal-data");
                            assertThat(refusal.violations())
                                    .containsExactly(
                                            new Refusal.Violation(
                                                    "/description/texts/ru/value",
                                                    "text.personal-data",
                                                    Map.of("language", "ru", "kind", "telephone")),
                                            new Refusal.Violation(
                                                    "/resolution",
                                                    "text.personal-data",
                                                    Map.of("language", "und", "kind", "email")));
                        });
        assertThat(PersonalData.refusal(true, texts)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+9", "@", "a@", "0", "+++++", "(0", "@.", "0 ", "a.", "8 7"})
    void long_repetitions_are_searched_quickly(String part) {
        String text = part.repeat(4_000 / part.length());
        Assertions.assertTimeout(
                Duration.ofSeconds(2), () -> assertThat(PersonalData.in(text)).isNotNull());
    }
}
