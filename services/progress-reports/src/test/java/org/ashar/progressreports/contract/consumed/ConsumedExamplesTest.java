package org.ashar.progressreports.contract.consumed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ashar.json.AsharJson;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what other services give as examples of their events, by file: nothing of theirs is linked.
 */
class ConsumedExamplesTest {

    private static final Path BUDGET_COMMITMENTS =
            Path.of("../budget-commitments/src/main/resources/contracts/budget-commitments");
    private static final Path PROGRESS_REPORTS =
            Path.of("src/main/resources/contracts/progress-reports");

    @Test
    void every_fact_of_budget_commitments_is_known_and_its_example_read() throws IOException {
        Map<String, Class<?>> known = new HashMap<>(CommitmentNews.TYPES);
        known.putAll(BudgetNews.TYPES);
        check(known, "org.ashar.budget-commitments.", BUDGET_COMMITMENTS);
    }

    @Test
    void every_fact_of_progress_reports_is_known_and_its_example_read() throws IOException {
        check(ReportNews.TYPES, "org.ashar.progress-reports.", PROGRESS_REPORTS);
    }

    @Test
    void fields_that_were_added_since_are_passed_over() throws IOException {
        ObjectNode example = example(BUDGET_COMMITMENTS, "spending-recorded.v1");
        example.put("addedLater", 1);
        assertThat(
                        AsharJson.lenient()
                                .treeToValue(example, BudgetNews.SpendingRecorded.class)
                                .amounts()
                                .spent()
                                .minor())
                .isPositive();
    }

    @Test
    void an_event_without_what_is_needed_cannot_be_read() throws IOException {
        for (String field : Set.of("commitment", "amount", "spentOn", "amounts", "by")) {
            ObjectNode example = example(BUDGET_COMMITMENTS, "spending-recorded.v1");
            example.remove(field);
            assertThatThrownBy(
                            () ->
                                    AsharJson.lenient()
                                            .treeToValue(
                                                    example, BudgetNews.SpendingRecorded.class))
                    .as("without %s", field)
                    .isInstanceOf(JacksonException.class);
        }
    }

    private static void check(Map<String, Class<?>> known, String prefix, Path contracts)
            throws IOException {
        Set<String> examples = new TreeSet<>();
        try (var files = Files.list(contracts)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".example.json")) {
                    examples.add(
                            prefix + name.substring(0, name.length() - ".example.json".length()));
                }
            }
        }
        assertThat(new TreeSet<>(known.keySet())).isEqualTo(examples);
        for (Map.Entry<String, Class<?>> type : known.entrySet()) {
            JsonNode example = example(contracts, type.getKey().substring(prefix.length()));
            JsonNode read =
                    AsharJson.lenient()
                            .valueToTree(AsharJson.lenient().treeToValue(example, type.getValue()));
            for (String field : read.propertyNames()) {
                assertThat(example.has(field))
                        .as("%s of %s is there", field, type.getKey())
                        .isTrue();
            }
        }
    }

    private static ObjectNode example(Path contracts, String fact) throws IOException {
        return (ObjectNode)
                AsharJson.lenient()
                        .readTree(Files.readString(contracts.resolve(fact + ".example.json")));
    }
}
