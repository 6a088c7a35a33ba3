package org.ashar.accountability.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.json.AsharJson;
import org.ashar.json.NamedTypes;
import org.junit.jupiter.api.Test;

/** What was stored once is read for ever: an example of each stored shape, never to be changed. */
class StoredFindingsTest {

    @Test
    void every_event_has_one_name_and_is_read_back_as_it_was_written() throws IOException {
        check(FindingAggregate.EVENTS, leaves(FindingEvent.class));
    }

    @Test
    void every_state_has_one_name_and_is_read_back_as_it_was_written() throws IOException {
        check(FindingAggregate.STATES, leaves(FindingState.class));
    }

    private static <T> void check(NamedTypes<T> types, Set<String> leaves) throws IOException {
        Set<String> read = new TreeSet<>();
        for (String name : types.names()) {
            read.add(roundTrip(types, name).getName());
        }
        assertThat(read).isEqualTo(leaves);
    }

    private static <T> Class<?> roundTrip(NamedTypes<T> types, String name) throws IOException {
        try (InputStream example =
                StoredFindingsTest.class.getResourceAsStream("/stored/" + name + ".json")) {
            assertThat(example).as("an example of %s", name).isNotNull();
            String json = new String(example.readAllBytes(), UTF_8);
            T value = types.read(name, json);
            assertThat(types.name(value)).isEqualTo(name);
            assertThat(AsharJson.strict().readTree(types.write(value)))
                    .isEqualTo(AsharJson.strict().readTree(json));
            return value.getClass();
        }
    }

    private static Set<String> leaves(Class<?> sealed) {
        Set<String> leaves = new TreeSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                leaves.addAll(leaves(permitted));
            } else {
                leaves.add(permitted.getName());
            }
        }
        return leaves;
    }
}
