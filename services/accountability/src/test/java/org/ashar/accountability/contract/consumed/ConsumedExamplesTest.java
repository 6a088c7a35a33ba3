package org.ashar.accountability.contract.consumed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ashar.json.AsharJson;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what other services give as examples of their events, by file: nothing of theirs is linked.
 */
class ConsumedExamplesTest {

    @Test
    void the_first_event_of_everything_that_can_be_audited_is_read() throws IOException {
        LoggedPublication promise = read("budget-commitments", "commitment-published.v1");
        assertThat(promise.organisations()).containsExactly("okmotu");
        assertThat(promise.data().commitment()).isNull();
        LoggedPublication money = read("budget-commitments", "budget-proposed.v1");
        assertThat(money.data().commitment()).isNotNull();
        assertThat(money.organisations()).isNotEmpty();
        LoggedPublication report = read("progress-reports", "progress-report-published.v1");
        assertThat(report.data().commitment()).isNotNull();
        assertThat(report.data().place().code()).isNotEmpty();
        assertThat(report.organisations()).containsExactly("kara-kulja-okmotu");
    }

    @Test
    void who_leads_answers_as_well_as_who_published() throws IOException {
        ObjectNode event = event("budget-commitments", "commitment-published.v1");
        ((ObjectNode) event.at("/data/lead")).put("organisation", "school-12");
        assertThat(AsharJson.lenient().treeToValue(event, LoggedPublication.class).organisations())
                .containsExactly("okmotu", "school-12");
    }

    @Test
    void an_event_without_what_is_needed_cannot_be_read() throws IOException {
        for (String field : List.of("place", "by")) {
            ObjectNode event = event("progress-reports", "progress-report-published.v1");
            ((ObjectNode) event.get("data")).remove(field);
            assertThatThrownBy(
                            () -> AsharJson.lenient().treeToValue(event, LoggedPublication.class))
                    .as("without %s", field)
                    .isInstanceOf(JacksonException.class);
        }
    }

    private static LoggedPublication read(String service, String fact) throws IOException {
        ObjectNode event = event(service, fact);
        assertThat(LoggedPublication.TYPES).contains(event.get("type").asString());
        return AsharJson.lenient().treeToValue(event, LoggedPublication.class);
    }

    private static ObjectNode event(String service, String fact) throws IOException {
        ObjectNode event = AsharJson.lenient().createObjectNode();
        event.put("type", "org.ashar." + service + "." + fact);
        event.set(
                "data",
                AsharJson.lenient()
                        .readTree(
                                Files.readString(
                                        Path.of(
                                                "../%s/src/main/resources/contracts/%s/%s.example.json"
                                                        .formatted(service, service, fact)))));
        return event;
    }
}
