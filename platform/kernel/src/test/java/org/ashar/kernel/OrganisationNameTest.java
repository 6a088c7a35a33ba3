package org.ashar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganisationNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "water board",
                "Water Board",
                "  WATER  board ",
                "water\u00A0board",
                "ｗａｔｅｒ board"
            })
    void other_letters_or_spaces_make_no_other_organisation(String written) {
        assertThat(OrganisationName.alike("water board", written)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "water-board", "waterboard", "water boards", "wat\u0435r board"})
    void another_name_is_another_organisation(String written) {
        assertThat(OrganisationName.alike("water board", written)).isFalse();
    }
}
