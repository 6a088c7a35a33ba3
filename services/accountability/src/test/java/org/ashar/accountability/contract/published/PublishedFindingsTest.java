package org.ashar.accountability.contract.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ashar.accountability.domain.finding.AuditFinding;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.Samples;
import org.ashar.eventstore.Fact;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Sha256;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PublishedFindingsTest {

    private static final Path CONTRACTS = Path.of("src/main/resources/contracts/accountability");
    private static final Path FIRST_PUBLISHED = Path.of("src/test/resources/examples.sha256");
    private static final CommandMeta META =
            new CommandMeta(
                    "c".repeat(64),
                    "f".repeat(64),
                    new Actor("a1".repeat(32), "auditor", "chamber-of-accounts"),
                    Instant.parse("2025-09-01T04:00:00Z"),
                    null,
                    null);

    @Test
    void each_step_is_told_once_from_the_opening_on() {
        for (List<FindingEvent> history : Samples.histories().values()) {
            assertThat(facts(history)).hasSameSizeAs(history);
        }
    }

    @Test
    void each_fact_has_a_name_a_schema_and_an_example() throws IOException {
        Map<Class<?>, String> names = new HashMap<>();
        facts().forEach(fact -> names.put(fact.data().getClass(), name(fact)));
        assertThat(names.keySet())
                .isEqualTo(
                        Arrays.stream(FindingFact.class.getPermittedSubclasses())
                                .collect(Collectors.toSet()));
        assertThat(new TreeSet<>(names.values()))
                .hasSameSizeAs(names.keySet())
                .isEqualTo(examples().keySet())
                .isEqualTo(files(".schema.json"));
    }

    @Test
    void each_fact_is_written_as_its_example_says() throws IOException {
        Map<String, JsonNode> written = new TreeMap<>();
        facts().forEach(fact -> written.putIfAbsent(name(fact), json(fact)));
        assertThat(written).isEqualTo(examples());
    }

    @Test
    void an_example_stays_as_it_was_first_published() throws IOException {
        List<String> digests = new ArrayList<>();
        for (String name : files(".example.json")) {
            digests.add(
                    Sha256.of(Files.readAllBytes(CONTRACTS.resolve(name + ".example.json"))).hex()
                            + "  "
                            + name);
        }
        assertThat(digests).isEqualTo(Files.readAllLines(FIRST_PUBLISHED));
    }

    @Test
    void every_fact_holds_its_schema() throws IOException {
        for (Fact fact : facts()) {
            assertThat(schema(name(fact)).validate(json(fact).toString(), InputFormat.JSON))
                    .as(name(fact))
                    .isEmpty();
        }
    }

    @Test
    void a_schema_refuses_what_is_broken_missing_or_more() throws IOException {
        for (Map.Entry<String, JsonNode> example : examples().entrySet()) {
            JsonSchema schema = schema(example.getKey());
            for (String field : example.getValue().propertyNames()) {
                ObjectNode broken = (ObjectNode) example.getValue().deepCopy();
                broken.put(field, 1.5);
                assertThat(schema.validate(broken.toString(), InputFormat.JSON))
                        .as("%s with a broken %s", example.getKey(), field)
                        .isNotEmpty();
            }
            for (String field : List.of("subject", "commitment", "place", "auditee", "by")) {
                ObjectNode poorer = (ObjectNode) example.getValue().deepCopy();
                poorer.remove(field);
                assertThat(schema.validate(poorer.toString(), InputFormat.JSON))
                        .as("%s without %s", example.getKey(), field)
                        .isNotEmpty();
            }
            ObjectNode richer = (ObjectNode) example.getValue().deepCopy();
            richer.put("more", true);
            assertThat(schema.validate(richer.toString(), InputFormat.JSON)).isNotEmpty();
        }
    }

    @Test
    void asyncapi_names_every_event_and_its_schema() throws IOException {
        Map<String, Object> document =
                new Yaml().load(Files.readString(CONTRACTS.resolve("asyncapi.yaml")));
        JsonNode tree = AsharJson.strict().valueToTree(document);
        List<String> messages = new ArrayList<>();
        tree.at("/components/messages")
                .properties()
                .forEach(
                        message -> {
                            messages.add(message.getKey());
                            assertThat(message.getValue().at("/name").asString())
                                    .isEqualTo("org.ashar.accountability." + message.getKey());
                            assertThat(
                                            CONTRACTS.resolve(
                                                    message.getValue()
                                                            .at("/payload/$ref")
                                                            .asString()))
                                    .exists();
                        });
        assertThat(messages).containsExactlyInAnyOrderElementsOf(examples().keySet());
        assertThat(tree.at("/channels/events/messages").propertyNames())
                .containsExactlyInAnyOrderElementsOf(examples().keySet());
    }

    private static List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (String end : List.of("Closed", "NotAccepted")) {
            facts.addAll(facts(Samples.histories().getOrDefault(end, List.of())));
        }
        return facts;
    }

    private static List<Fact> facts(List<FindingEvent> history) {
        List<Fact> facts = new ArrayList<>();
        FindingState state = AuditFinding.DECIDER.initial().get();
        for (FindingEvent event : history) {
            FindingState after = AuditFinding.DECIDER.fold(state, List.of(event));
            facts.addAll(new FindingPublication().publish(state, event, after, META));
            state = after;
        }
        return facts;
    }

    private static String name(Fact fact) {
        return fact.name() + ".v" + fact.version();
    }

    private static JsonNode json(Fact fact) {
        return AsharJson.strict().readTree(AsharJson.strict().writeValueAsBytes(fact.data()));
    }

    private static Map<String, JsonNode> examples() throws IOException {
        Map<String, JsonNode> examples = new TreeMap<>();
        for (String name : files(".example.json")) {
            examples.put(
                    name,
                    AsharJson.strict()
                            .readTree(Files.readString(CONTRACTS.resolve(name + ".example.json"))));
        }
        return examples;
    }

    private static Set<String> files(String suffix) throws IOException {
        try (var files = Files.list(CONTRACTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACTS.resolve(name + ".schema.json")));
    }
}
