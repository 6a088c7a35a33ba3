package org.ashar.budgetcommitments.contract.published;

import static org.ashar.budgetcommitments.domain.Samples.*;
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
import java.util.stream.Stream;
import org.ashar.budgetcommitments.domain.budget.BudgetCommitment;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetSpecs;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentSpecs;
import org.ashar.eventstore.Fact;
import org.ashar.eventstore.Publication;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Sha256;
import org.ashar.testing.DeciderSpec;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PublishedFactsTest {

    private static final Path CONTRACTS =
            Path.of("src/main/resources/contracts/budget-commitments");
    private static final Path FIRST_PUBLISHED = Path.of("src/test/resources/examples.sha256");

    @Test
    void drafts_tell_the_world_nothing() {
        assertThat(commitmentFacts(CommitmentSpecs.history("Draft", "publish"))).isEmpty();
        assertThat(commitmentFacts(CommitmentSpecs.history("Discarded", "publish"))).isEmpty();
    }

    @Test
    void each_fact_has_a_name_a_schema_and_an_example() throws IOException {
        Map<Class<?>, String> names = new HashMap<>();
        facts().forEach(fact -> names.put(fact.data().getClass(), name(fact)));
        assertThat(names.keySet()).isEqualTo(leaves(PublishedFact.class));
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
            for (String field : List.of("place", "by")) {
                ObjectNode poorer = (ObjectNode) example.getValue().deepCopy();
                poorer.remove(field);
                assertThat(schema.validate(poorer.toString(), InputFormat.JSON)).isNotEmpty();
            }
            ObjectNode richer = (ObjectNode) example.getValue().deepCopy();
            richer.put("more", true);
            assertThat(schema.validate(richer.toString(), InputFormat.JSON)).isNotEmpty();
        }
    }

    @Test
    void a_drafts_preview_weighs_no_less_than_its_publication() {
        var draft =
                DeciderSpec.of(Commitment.DECIDER)
                        .given(CommitmentSpecs.history("Draft", "publish"))
                        .state();
        Fact preview = new CommitmentPublication().preview(draft).orElseThrow();
        Fact published = commitmentFacts(CommitmentSpecs.history("Published", "start")).getFirst();
        assertThat(name(preview)).isEqualTo(name(published));
        assertThat(json(preview).toString().length())
                .isGreaterThanOrEqualTo(json(published).toString().length())
                .isLessThan(PublishedEvent.MAX_BYTES);
        assertThat(
                        new CommitmentPublication()
                                .preview(
                                        DeciderSpec.of(Commitment.DECIDER)
                                                .given(
                                                        CommitmentSpecs.history(
                                                                "Published", "start"))
                                                .state()))
                .isEmpty();
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
                                    .isEqualTo("org.ashar.budget-commitments." + message.getKey());
                            assertThat(message.getValue().at("/payload/$ref").asString())
                                    .isEqualTo(message.getKey() + ".schema.json");
                        });
        assertThat(messages).containsExactlyInAnyOrderElementsOf(examples().keySet());
        assertThat(tree.at("/channels/events/messages").propertyNames())
                .containsExactlyInAnyOrderElementsOf(examples().keySet());
    }

    /** Every fact of every history in the specifications, then what each command adds. */
    private static List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        CommitmentSpecs.histories().values().forEach(h -> facts.addAll(commitmentFacts(h)));
        facts.addAll(
                commitmentFacts(
                        then(
                                CommitmentSpecs.history("InProgress", "amend"),
                                Commitment.DECIDER,
                                CommitmentSpecs.amendment())));
        facts.addAll(
                commitmentFacts(
                        then(
                                CommitmentSpecs.history("Disputed", "resume"),
                                Commitment.DECIDER,
                                CommitmentSpecs.resumption())));
        BudgetSpecs.histories().values().forEach(h -> facts.addAll(budgetFacts(h)));
        facts.addAll(
                budgetFacts(
                        then(
                                BudgetSpecs.histories().getOrDefault("PartlyExecuted", List.of()),
                                BudgetCommitment.DECIDER,
                                BudgetSpecs.overspending())));
        return facts;
    }

    private static <C, S, E> List<E> then(List<E> history, Decider<C, S, E> decider, C command) {
        return Stream.concat(
                        history.stream(),
                        DeciderSpec.of(decider).given(history).when(command).events().stream())
                .toList();
    }

    private static List<Fact> commitmentFacts(List<CommitmentEvent> history) {
        return facts(Commitment.DECIDER, new CommitmentPublication(), HEAD, history);
    }

    private static List<Fact> budgetFacts(List<BudgetEvent> history) {
        return facts(BudgetCommitment.DECIDER, new BudgetPublication(), FINANCE, history);
    }

    private static <C, S, E> List<Fact> facts(
            Decider<C, S, E> decider, Publication<S, E> publication, Actor by, List<E> history) {
        CommandMeta meta =
                new CommandMeta(
                        "c".repeat(64),
                        "f".repeat(64),
                        by,
                        Instant.parse("2025-06-15T04:00:00Z"),
                        null,
                        null);
        List<Fact> facts = new ArrayList<>();
        S state = decider.initial().get();
        for (E event : history) {
            S after = decider.evolve().apply(state, event);
            facts.addAll(publication.publish(state, event, after, meta));
            state = after;
        }
        return facts;
    }

    private static JsonNode json(Fact fact) {
        return AsharJson.strict().readTree(AsharJson.strict().writeValueAsBytes(fact.data()));
    }

    private static String name(Fact fact) {
        return fact.name() + ".v" + fact.version();
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null
                ? Set.of(type)
                : Arrays.stream(permitted)
                        .flatMap(subtype -> leaves(subtype).stream())
                        .collect(Collectors.toSet());
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
        try (Stream<Path> files = Files.list(CONTRACTS)) {
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
