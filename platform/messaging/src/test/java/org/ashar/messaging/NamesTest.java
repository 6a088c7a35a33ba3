package org.ashar.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "spent-on", "a2", "z234567890123456789012345678901234567890"})
    void a_kebab_name_is_taken(String name) {
        assertThat(Names.kebab(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "2a",
                "A",
                "a_b",
                "a.b",
                "ж",
                "a1234567890123456789012345678901234567890"
            })
    void no_kebab_name_is_refused(String name) {
        assertThatThrownBy(() -> Names.kebab(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_a", "aB", "a-b", "a$b", "1"})
    void no_collection_is_refused(String name) {
        assertThatThrownBy(() -> Names.collection(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spentOn", "A", "a_1"})
    void a_field_is_taken(String name) {
        assertThat(Names.field(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$where", "a.b", "_id", "1a", "é"})
    void no_field_is_refused(String name) {
        assertThatThrownBy(() -> Names.field(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
