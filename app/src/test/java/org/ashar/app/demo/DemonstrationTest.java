package org.ashar.app.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ashar.app.demo.Step.Kind;
import org.ashar.places.Places;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemonstrationTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22", "2026-01-30", "2028-02-29", "2027-04-30", "2027-12-31"})
    void counts_are_what_is_said_on_whatever_day_it_is_told(LocalDate day) {
        List<Story> stories = Demonstration.stories(day);

        assertThat(stories.stream().map(Story::place).collect(toSet()))
                .hasSize(Demonstration.AIMAKS);
        assertThat(stories.stream().filter(story -> story.fate().isPresent()))
                .hasSize(Demonstration.PUBLISHED);
        assertThat(stories.stream().filter(story -> story.fate().isEmpty()))
                .hasSize(Demonstration.DRAFTS);
        Map<Optional<Fate>, Long> fates =
                stories.stream().collect(groupingBy(Story::fate, counting()));
        for (Fate fate : Fate.values()) {
            assertThat(fates).containsEntry(Optional.of(fate), (long) fate.count());
        }
        assertThat(steps(stories, Kind.REPORT, "publish")).isEqualTo(Demonstration.REPORTS);
        assertThat(stories.stream().filter(DemonstrationTest::overspends))
                .hasSize(Demonstration.OVERSPENT);
        assertThat(steps(stories, Kind.BUDGET, "create")).isGreaterThan(Demonstration.PUBLISHED);
    }

    @Test
    void it_is_as_large_as_promised() {
        assertThat(Demonstration.AIMAKS).isGreaterThanOrEqualTo(40);
        assertThat(Demonstration.PUBLISHED).isGreaterThanOrEqualTo(200);
        assertThat(Demonstration.REPORTS).isGreaterThanOrEqualTo(400);
    }

    @Test
    void the_readme_says_how_much_it_is() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md")).replaceAll("\\s+", " ");
        assertThat(readme)
                .contains(
                        Demonstration.PUBLISHED + " promises and " + Demonstration.DRAFTS,
                        Demonstration.AIMAKS + " aimaks",
                        Demonstration.REPORTS + " progress reports",
                        Demonstration.LATE + " of the promises are late",
                        Demonstration.DISPUTED + " are disputed",
                        Demonstration.OVERSPENT + " spent more than was promised",
                        Demonstration.WITHDRAWN + " was withdrawn");
    }

    @Test
    void the_same_day_tells_the_same_stories() {
        assertThat(Demonstration.stories(DAY)).isEqualTo(Demonstration.stories(DAY));
    }

    @Test
    void places_are_aimaks_of_the_four_oblasts() {
        Places places = Places.bundled();
        Set<String> oblasts = new HashSet<>();
        for (Story story : Demonstration.stories(DAY)) {
            String code = story.place().substring("soate:".length());
            oblasts.add(
                    places.path(places.find("soate", code, DAY).orElseThrow()).getFirst().code());
        }
        assertThat(oblasts)
                .containsExactlyInAnyOrder(
                        "41706000000000", "41703000000000", "41704000000000", "41705000000000");
    }

    @Test
    void no_title_is_twice_in_a_place_and_every_one_speaks_three_languages() {
        Set<String> seen = new HashSet<>();
        Set<String> languages = new HashSet<>();
        for (Story story : Demonstration.stories(DAY)) {
            JsonNode texts = json(first(story)).at("/title/texts");
            assertThat(texts.propertyNames()).contains("en", "ky", "ru");
            for (String language : texts.propertyNames()) {
                languages.add(language);
                String value = texts.at("/" + language + "/value").stringValue();
                assertThat(value).doesNotContain("{", "}");
                assertThat(seen.add(story.place() + language + value)).as(value).isTrue();
                boolean machine = Set.of("ar", "th").contains(language);
                assertThat(texts.at("/" + language + "/provenance").stringValue())
                        .isEqualTo(machine ? "machine" : "human");
            }
        }
        assertThat(languages).containsExactlyInAnyOrder("ky", "ru", "en", "ar", "th");
    }

    @Test
    void every_key_is_one_steps_own() {
        List<String> keys =
                Demonstration.stories(DAY).stream()
                        .flatMap(story -> story.steps().stream())
                        .map(Step::key)
                        .toList();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys).allMatch(key -> key.length() <= 255 && key.matches("[ -~]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22", "2026-01-30", "2028-02-29", "2027-04-30", "2027-12-31"})
    void nothing_is_told_of_the_future_and_two_years_are(LocalDate day) {
        Instant end = day.atStartOfDay(ZoneId.of("Asia/Bishkek")).toInstant();
        List<Instant> times = new ArrayList<>();
        for (Story story : Demonstration.stories(day)) {
            List<Instant> own = story.steps().stream().map(Step::at).toList();
            assertThat(own).isSorted();
            times.addAll(own);
        }
        assertThat(times).allMatch(time -> time.isBefore(end));
        assertThat(times.stream().min(Instant::compareTo).orElseThrow())
                .isBefore(end.minusSeconds(700L * 24 * 3600));
    }

    @Test
    void a_village_is_written_in_latin_letters() {
        assertThat(Words.romanised("Джаны-Арык")).isEqualTo("Jany-Aryk");
        assertThat(Words.romanised("Ысык-Ата")).isEqualTo("Ysyk-Ata");
        assertThat(Words.romanised("Красный Маяк")).isEqualTo("Krasnyy Mayak");
        assertThat(Words.romanised("Юлдашев")).isEqualTo("Yuldashev");
    }

    private static long steps(List<Story> stories, Kind kind, String action) {
        return stories.stream()
                .flatMap(story -> story.steps().stream())
                .filter(step -> step.subject().kind() == kind && step.action().equals(action))
                .count();
    }

    private static boolean overspends(Story story) {
        return story.steps().stream()
                .map(step -> json(step).at("/description/texts/en/value").asString(""))
                .anyMatch(text -> text.contains("prices of materials rose"));
    }

    private static JsonNode json(Step step) {
        return JsonMapper.builder().build().valueToTree(step.body());
    }

    private static Step first(Story story) {
        Step step = story.steps().getFirst();
        assertThat(step.subject()).isEqualTo(Step.Subject.COMMITMENT);
        assertThat(step.action()).isEqualTo(Step.CREATE);
        return step;
    }
}
