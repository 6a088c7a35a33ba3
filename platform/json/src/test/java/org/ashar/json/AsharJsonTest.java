package org.ashar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class AsharJsonTest {

    record Everything(
            Money money,
            Period period,
            ReportingPeriod reporting,
            ReportingPeriod.Frequency frequency,
            MultilingualText title,
            PlaceRef place,
            Evidence evidence,
            List<Classification> classifications,
            StreamId stream,
            Instant time,
            Map<String, Money> byTopic,
            @Nullable String absent) {}

    private static final Everything SAMPLE =
            new Everything(
                    Money.of(-1250, "KGS"),
                    new Period(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31)),
                    new ReportingPeriod(ReportingPeriod.Frequency.HALF_YEAR, 2025, 2),
                    ReportingPeriod.Frequency.HALF_YEAR,
                    MultilingualText.of("ky", "Ашар"),
                    new PlaceRef(
                            "soate", "41706000000000", "Ошская область", LocalDate.of(2025, 1, 1)),
                    new Evidence(
                            Sha256.of(new byte[0]),
                            "image/jpeg",
                            12,
                            LocalDate.of(2025, 6, 1),
                            null,
                            null,
                            true,
                            URI.create("https://example.org/a.jpg")),
                    List.of(new Classification("sdg", "6.1")),
                    StreamId.derived("commitment", "x"),
                    Instant.parse("2025-06-01T10:00:00.120Z"),
                    Map.of("water", Money.of(1, "IQD")),
                    null);

    @Test
    void every_kernel_value_comes_back_as_it_went() {
        String json = AsharJson.strict().writeValueAsString(SAMPLE);
        assertThat(AsharJson.strict().readValue(json, Everything.class)).isEqualTo(SAMPLE);
        assertThat(json)
                .contains("{\"amount\":\"-12.50\",\"currency\":\"KGS\"}")
                .contains("{\"start\":\"2025-01-01\",\"end\":\"2025-12-31\"}")
                .contains("\"reporting\":\"2025-H2\"")
                .contains("\"frequency\":\"half-year\"")
                .contains(
                        "{\"original\":\"ky\",\"texts\":{\"ky\":{\"value\":\"Ашар\",\"provenance\":\"human\"}}}")
                .contains("\"time\":\"2025-06-01T10:00:00.120Z\"")
                .contains("\"water\":{\"amount\":\"0.001\",\"currency\":\"IQD\"}")
                .contains(
                        "{\"scheme\":\"soate\",\"code\":\"41706000000000\",\"name\":\"Ошская"
                                + " область\",\"asOf\":\"2025-01-01\"}")
                .doesNotContain("absent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":12.5,\"currency\":\"KGS\"}",
                "{\"amount\":\"12.505\",\"currency\":\"KGS\"}",
                "{\"amount\":\"1\"}",
                "{\"amount\":\"1\",\"amount\":\"2\",\"currency\":\"KGS\"}",
                "{\"amount\":\"1\",\"currency\":\"KGS\",\"rate\":1}",
                "{\"amount\":\"1\",\"currency\":\"KGS\"} {}"
            })
    void money_in_any_other_form_is_refused(String json) {
        assertThatThrownBy(() -> AsharJson.strict().readValue(json, Money.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void the_lenient_mapper_passes_over_unknown_names() {
        assertThat(
                        AsharJson.lenient()
                                .readValue(
                                        "{\"scheme\":\"sdg\",\"code\":\"6\",\"new\":1}",
                                        Classification.class))
                .isEqualTo(new Classification("sdg", "6"));
    }

    sealed interface Fact {
        record Started(LocalDate on) implements Fact {}

        record Stopped(String why) implements Fact {}
    }

    @Test
    void records_of_a_sealed_type_are_read_by_the_name_they_were_given() {
        NamedTypes<Fact> facts =
                NamedTypes.of(Map.of("started", Fact.Started.class, "stopped", Fact.Stopped.class));
        Fact fact = new Fact.Started(LocalDate.of(2025, 1, 1));
        assertThat(facts.name(fact)).isEqualTo("started");
        assertThat(facts.read("started", facts.write(fact))).isEqualTo(fact);
        assertThatThrownBy(() -> facts.read("ended", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
