package org.ashar.progressreports.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.ashar.json.AsharJson;
import org.ashar.json.NamedTypes;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportState;
import org.junit.jupiter.api.Test;

/** What was stored once is read for ever: an example of each stored shape, never to be changed. */
class StoredReportsTest {

    @Test
    void every_event_has_one_name_and_is_read_back_as_it_was_written() {
        check(ReportAggregate.EVENTS, ReportEvent.class);
    }

    @Test
    void every_state_has_one_name_and_is_read_back_as_it_was_written() {
        check(ReportAggregate.STATES, ReportState.class);
    }

    private static <T> void check(NamedTypes<T> types, Class<T> sealed) {
        Set<Class<?>> read =
                types.names().stream()
                        .map(name -> roundTrip(types, name))
                        .collect(Collectors.toSet());
        assertThat(read)
                .isEqualTo(
                        Arrays.stream(sealed.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    private static <T> Class<?> roundTrip(NamedTypes<T> types, String name) {
        try (InputStream example =
                StoredReportsTest.class.getResourceAsStream("/stored/" + name + ".json")) {
            assertThat(example).as("an example of %s", name).isNotNull();
            String json = new String(example.readAllBytes(), UTF_8);
            T value = types.read(name, json);
            assertThat(types.name(value)).isEqualTo(name);
            assertThat(AsharJson.strict().readTree(types.write(value)))
                    .isEqualTo(AsharJson.strict().readTree(json));
            return value.getClass();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
