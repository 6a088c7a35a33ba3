package org.ashar.progressreports.contract.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ashar.eventstore.Fact;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.Measure;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Content.Status;
import org.ashar.progressreports.domain.report.ProgressReport;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDiscarded;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDrafted;
import org.ashar.progressreports.domain.report.ReportEvent.ReportEdited;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.Subject.ReliedOn;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PublishedReportsTest {

    private static final Path CONTRACTS = Path.of("src/main/resources/contracts/progress-reports");

    private static final StreamId COMMITMENT = StreamId.derived("commitment", "example");
    private static final PlaceRef PLACE =
            new PlaceRef("soate", "41706207600000", "Кара-Кульджинский", LocalDate.of(2025, 1, 15));
    private static final ReliedOn RELIED_ON = new ReliedOn(COMMITMENT, 4);
    private static final CommandMeta META =
            new CommandMeta(
                    "c".repeat(64),
                    "f".repeat(64),
                    new Actor("a".repeat(64), "head", "kara-kulja-okmotu"),
                    Instant.parse("2025-07-10T04:00:00Z"),
                    null,
                    null);
    private static final Content CONTENT =
            new Content(
                    Status.LIMITED,
                    new MultilingualText(
                            "ky",
                            new TreeMap<>(
                                    Map.of(
                                            "ky",
                                            new Translation(
                                                    "Суу түтүгүнүн 4 чакырымы тартылды.",
                                                    Provenance.HUMAN),
                                            "en",
                                            new Translation(
                                                    "Four kilometres of pipe were laid.",
                                                    Provenance.MACHINE)))),
                    false,
                    List.of(
                            new IndicatorValue(
                                    MultilingualText.of("ky", "Тартылган түтүк"),
                                    Measure.UNIT,
                                    "km",
                                    "4.0",
                                    null),
                            new IndicatorValue(
                                    MultilingualText.of("ky", "Суунун сапаты"),
                                    Measure.QUALITATIVE,
                                    null,
                                    null,
                                    MultilingualText.of("ky", "Тунук"))),
                    List.of(
                            new MilestoneNote(
                                    "m1", MultilingualText.of("ky", "Казуу иштери бүттү."))),
                    List.of(
                            new Evidence(
                                    new Sha256("e".repeat(64)),
                                    "image/jpeg",
                                    482_113,
                                    LocalDate.of(2025, 6, 28),
                                    PLACE,
                                    "CC-BY-4.0",
                                    true,
                                    null)));
    private static final Content CORRECTED_CONTENT =
            new Content(
                    Status.LIMITED,
                    MultilingualText.of("ky", "Суу түтүгүнүн 3,6 чакырымы тартылды."),
                    false,
                    List.of(),
                    List.of(),
                    List.of());
    private static final ReportDrafted DRAFTED =
            new ReportDrafted(
                    new About(
                            COMMITMENT,
                            PLACE,
                            new ReportingPeriod(Frequency.QUARTER, 2025, 2),
                            "kara-kulja-okmotu"),
                    CONTENT,
                    RELIED_ON);
    private static final List<ReportEvent> HISTORY =
            List.of(
                    DRAFTED,
                    new ReportEvent.ReportPublished(RELIED_ON),
                    new ReportEvent.ReportCorrected(
                            1,
                            CORRECTED_CONTENT,
                            MultilingualText.of("ky", "Ченөө так эмес болчу."),
                            RELIED_ON));

    @Test
    void a_draft_tells_the_world_nothing() {
        assertThat(
                        facts(
                                List.of(
                                        DRAFTED,
                                        new ReportEdited(CORRECTED_CONTENT, RELIED_ON),
                                        new ReportDiscarded())))
                .isEmpty();
    }

    @Test
    void each_fact_is_written_as_its_example_says() throws IOException {
        Map<String, JsonNode> written =
                facts(HISTORY).stream()
                        .collect(
                                Collectors.toMap(
                                        PublishedReportsTest::name,
                                        fact ->
                                                AsharJson.strict()
                                                        .readTree(
                                                                AsharJson.strict()
                                                                        .writeValueAsBytes(
                                                                                fact.data()))));
        assertThat(written).isEqualTo(examples());
    }

    @Test
    void examples_hold_their_schema_and_the_schema_holds_something() throws IOException {
        for (Map.Entry<String, JsonNode> example : examples().entrySet()) {
            JsonSchema schema = schema(example.getKey());
            assertThat(schema.validate(example.getValue().toString(), InputFormat.JSON))
                    .as(example.getKey())
                    .isEmpty();
            for (String field : example.getValue().propertyNames()) {
                ObjectNode broken = (ObjectNode) example.getValue().deepCopy();
                broken.put(field, 1.5);
                assertThat(schema.validate(broken.toString(), InputFormat.JSON))
                        .as("%s with a broken %s", example.getKey(), field)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void a_drafts_preview_is_what_publishing_would_say() {
        ReportState drafted = ProgressReport.DECIDER.fold(initial(), List.of(DRAFTED));
        Fact preview = new ReportPublication().preview(drafted).orElseThrow();
        Fact published = facts(HISTORY).getFirst();
        assertThat(name(preview)).isEqualTo(name(published));
        assertThat(AsharJson.strict().writeValueAsString(preview.data()).length())
                .isGreaterThanOrEqualTo(
                        AsharJson.strict().writeValueAsString(published.data()).length());
        assertThat(new ReportPublication().preview(ProgressReport.DECIDER.fold(initial(), HISTORY)))
                .isEqualTo(Optional.empty());
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
                                    .isEqualTo("org.ashar.progress-reports." + message.getKey());
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

    private static List<Fact> facts(List<ReportEvent> history) {
        List<Fact> facts = new ArrayList<>();
        ReportState state = initial();
        for (ReportEvent event : history) {
            ReportState after = ProgressReport.DECIDER.fold(state, List.of(event));
            facts.addAll(new ReportPublication().publish(state, event, after, META));
            state = after;
        }
        return facts;
    }

    private static ReportState initial() {
        return ProgressReport.DECIDER.initial().get();
    }

    private static String name(Fact fact) {
        return fact.name() + ".v" + fact.version();
    }

    private static Map<String, JsonNode> examples() throws IOException {
        Map<String, JsonNode> examples = new TreeMap<>();
        try (var files = Files.list(CONTRACTS)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".example.json")) {
                    examples.put(
                            name.substring(0, name.length() - ".example.json".length()),
                            AsharJson.strict().readTree(Files.readString(file)));
                }
            }
        }
        return examples;
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACTS.resolve(name + ".schema.json")));
    }
}
