package org.ashar.budgetcommitments.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ashar.budgetcommitments.domain.PersonalData.Found;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ask Aibek, +996 555 12-34-56.",
                "Тел. 0555 123456",
                "тел.: 0 (3222) 5-12-34",
                "+7 (701) 123 45 67",
                "٠٥٥٥١٢٣٤٥٦ اتصل",
                "โทร 081-234-5678",
                "00996555123456",
                "+996555123456"
            })
    void finds_telephone_numbers(String text) {
        assertThat(PersonalData.in(text)).containsExactly(Found.PHONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aibek.uulu@mail.kg",
                "Жазыңыз: айбек@почта.рф эртең",
                "aibek @mail.example.org",
                "ａｉｂｅｋ＠mail.kg"
            })
    void finds_addresses(String text) {
        assertThat(PersonalData.in(text)).containsExactly(Found.EMAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ПИН 20105198012345", "ИНН:11812196700123", "ЖСН 850412300123"})
    void finds_personal_identifiers(String text) {
        assertThat(PersonalData.in(text)).containsExactly(Found.PERSONAL_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It costs 1 234 567,50 som, or 12 000 000.",
                "Place 41706204810000 on the list",
                "From 2025-03-01 to 2026-02-28, by 01.03.2025",
                "8 km of pipe, 2 pumps, 45 % of 1,200 households",
                "Resolution No. 12/3 of 10.03.2025",
                "0.5 m deep, 0.25 m wide",
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
        MultilingualText text =
                new MultilingualText(
                        "ky",
                        new TreeMap<>(
                                Map.of(
                                        "ky", new Translation("Суу түтүгү", Provenance.HUMAN),
                                        "ru",
                                                new Translation(
                                                        "Звоните 0555123456", Provenance.HUMAN))));
        Map<String, MultilingualText> texts = new LinkedHashMap<>();
        texts.put("/title", MultilingualText.of("en", "Water"));
        texts.put("/description", text);
        assertThat(PersonalData.refusal(false, texts))
                .hasValueSatisfying(
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo("text.personal-data");
                            assertThat(refusal.violations())
                                    .containsExactly(
                                            new Refusal.Violation(
                                                    "/description",
                                                    "text.personal-data",
                                                    Map.of("language", "ru", "found", "phone")));
                        });
        assertThat(PersonalData.refusal(true, texts)).isEmpty();
    }

    @Test
    void a_hostile_text_is_searched_in_time() {
        String digits = "0 ".repeat(2000) + "+".repeat(2000) + "a.".repeat(2000) + "@";
        assertThat(PersonalData.in(digits)).isEqualTo(Set.of());
    }
}
