package org.ashar.progressreports.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.json.AsharJson;
import org.ashar.web.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the service says of itself is what it does. */
class DocumentedTest {

    private static final Path CONTRACTS = Path.of("src/main/resources/contracts/progress-reports");
    private static final Pattern CODE =
            Pattern.compile(
                    "\"((?:report|record|view|parked|text|evidence|place|stream)\\.[a-z][a-z-]+)\"");

    @Test
    void every_code_that_the_service_answers_with_has_a_message() throws IOException {
        Messages messages = Messages.of(List.of("kernel", "web", "progress-reports"));
        Set<String> codes = new TreeSet<>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher matcher = CODE.matcher(Files.readString(source));
                while (matcher.find()) {
                    codes.add(matcher.group(1));
                }
            }
        }
        assertThat(codes).contains("report.already-published", "record.commitment-unknown");
        assertThat(codes).allMatch(messages::knows);
    }

    @ParameterizedTest
    @CsvSource({"commitment-record, CommitmentRecord", "place-record, PlaceRecord"})
    void the_records_documents_are_as_openapi_says(String document, String schema)
            throws IOException {
        JsonNode components =
                AsharJson.strict()
                        .<JsonNode>valueToTree(
                                new Yaml()
                                        .<Map<String, Object>>load(
                                                Files.readString(
                                                        CONTRACTS.resolve("openapi.yaml"))))
                        .get("components");
        ObjectNode root = AsharJson.strict().createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", components);
        String example =
                Files.readString(CONTRACTS.resolve("documents").resolve(document + ".json"));
        assertThat(
                        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                .getSchema(root.toString())
                                .validate(example, InputFormat.JSON))
                .isEmpty();
    }
}
