package org.ashar.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form is the language of a pattern. */
class AttributeFormsTest {

    record Form(String name, String example, Predicate<String> written, String pattern) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Form> FORMS =
            List.of(
                    new Form(
                            "sequence", "000000000042", AttributeForms::isSequence, "[0-9]{12,18}"),
                    new Form(
                            "source",
                            "/osh-1/budget-commitments",
                            AttributeForms::isSource,
                            "/[a-z0-9-]{1,63}/[a-z0-9-]{1,63}"),
                    new Form(
                            "type",
                            "org.ashar.tallies.tally-raised.v12",
                            AttributeForms::isType,
                            "org\\.ashar\\.[a-z0-9-]{1,63}\\.[a-z0-9-]{1,95}\\.v[1-9][0-9]{0,3}"),
                    new Form(
                            "time",
                            "2026-03-01T09:30:00.123456789Z",
                            AttributeForms::isTime,
                            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z"),
                    new Form(
                            "traceparent",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            AttributeForms::isTraceparent,
                            "[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"));

    @ParameterizedTest
    @FieldSource("FORMS")
    void a_form_takes_exactly_what_its_pattern_takes(Form form) {
        Pattern pattern = Pattern.compile(form.pattern());
        assertThat(form.written()).accepts(form.example());
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int taken = 0;
        for (int round = 0; round < 20_000; round++) {
            String text = changed(form.example(), random);
            boolean expected = pattern.matcher(text).matches();
            assertThat(form.written().test(text)).as("%s, seed %d", text, seed).isEqualTo(expected);
            taken += expected ? 1 : 0;
        }
        assertThat(taken).isBetween(100, 19_900);
    }

    @Test
    void a_time_is_the_instant_that_the_library_makes_of_it() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int dates = 0;
        for (int round = 0; round < 20_000; round++) {
            String text = time(random);
            Instant expected = orNull(text, Instant::parse);
            assertThat(orNull(text, AttributeForms::instant))
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(expected);
            dates += expected == null ? 0 : 1;
        }
        assertThat(dates).isBetween(5_000, 19_900);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-31T23:59:60Z",
                "2026-12-31T24:00:00Z",
                "2026-12-31T24:00:01Z",
                "0000-02-29T00:00:00.000000001Z",
                "2100-02-29T00:00:00Z"
            })
    void the_ends_of_days_and_calendars_are_the_librarys_too(String time) {
        assertThat(orNull(time, AttributeForms::instant)).isEqualTo(orNull(time, Instant::parse));
    }

    /** Of the right form, often a little out of range. */
    private static String time(Random random) {
        String fraction = "." + (1_000_000_000L + random.nextInt(1_000_000_000));
        int digits = random.nextInt(10);
        return "%04d-%02d-%02dT%02d:%02d:%02d"
                        .formatted(
                                random.nextInt(10) == 0 ? random.nextInt(10_000) : 2026,
                                random.nextInt(14),
                                random.nextInt(33),
                                random.nextInt(26),
                                random.nextInt(62),
                                random.nextInt(62))
                + (digits == 0 ? "" : "." + fraction.substring(2, 2 + digits))
                + "Z";
    }

    private static @Nullable Instant orNull(String text, Function<String, Instant> parse) {
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Test
    void lengths_end_where_they_should() {
        String most = "a".repeat(63);
        assertThat(AttributeForms.isSource("/" + most + "/" + most)).isTrue();
        assertThat(AttributeForms.isSource("/" + most + "a/x")).isFalse();
        assertThat(AttributeForms.isSource("/x/" + most + "a")).isFalse();
        assertThat(AttributeForms.isType("org.ashar." + most + "." + "b".repeat(95) + ".v9999"))
                .isTrue();
        assertThat(AttributeForms.isType("org.ashar." + most + "a.b.v1")).isFalse();
        assertThat(AttributeForms.isType("org.ashar.a." + "b".repeat(96) + ".v1")).isFalse();
        assertThat(AttributeForms.isType("org.ashar.a.b.v10000")).isFalse();
    }

    /** Some characters put in, taken out or replaced. */
    private static String changed(String text, Random random) {
        String alphabet = "0123456789abfvxzTZ/.:-_AÿЖ٣";
        StringBuilder changed = new StringBuilder(text);
        for (int times = random.nextInt(3); times >= 0; times--) {
            int at = random.nextInt(changed.length() + 1);
            char other = alphabet.charAt(random.nextInt(alphabet.length()));
            if (random.nextInt(3) == 0 || at == changed.length()) {
                changed.insert(at, other);
            } else if (random.nextBoolean()) {
                changed.deleteCharAt(at);
            } else {
                changed.setCharAt(at, other);
            }
        }
        return changed.toString();
    }
}
