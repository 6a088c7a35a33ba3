package org.ashar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Records of every shape are made as the library alone would make them. */
class RecordInstantiatorsTest {

    record Nothing() {}

    private record Hidden(int number, long large, @Nullable Integer maybe, @Nullable String text) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Many(String... texts) {}

    record Even(int number) {
        Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException("odd");
            }
        }
    }

    record Pair(Even first, List<Even> others) {}

    @Test
    void values_that_are_there_and_values_that_are_not() {
        assertThat(read("{\"number\":1,\"large\":2,\"maybe\":3,\"text\":\"x\"}", Hidden.class))
                .isEqualTo(new Hidden(1, 2, 3, "x"));
        assertThat(read("{\"large\":0,\"number\":4,\"text\":null}", Hidden.class))
                .isEqualTo(new Hidden(4, 0, null, null));
        assertThat(read("{}", Nothing.class)).isEqualTo(new Nothing());
    }

    @Test
    void a_list_of_any_length_as_the_last_value() {
        assertThat(read("{\"texts\":[\"a\",\"b\"]}", Many.class).texts()).containsExactly("a", "b");
    }

    @Test
    void records_in_records() {
        assertThat(read("{\"first\":{\"number\":2},\"others\":[{\"number\":4}]}", Pair.class))
                .isEqualTo(new Pair(new Even(2), List.of(new Even(4))));
    }

    @Test
    void a_constructor_that_refuses_is_a_failure_of_reading_with_its_reason() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> read("{\"first\":{\"number\":3},\"others\":[]}", Pair.class))
                .withRootCauseInstanceOf(IllegalArgumentException.class)
                .withStackTraceContaining("odd");
    }

    @Test
    void nothing_is_no_number() {
        for (String json : List.of("{\"number\":null}", "{}")) {
            assertThatExceptionOfType(JacksonException.class)
                    .isThrownBy(() -> read(json, Even.class));
        }
    }

    private static <T> T read(String json, Class<T> type) {
        return AsharJson.lenient().readValue(json, type);
    }
}
