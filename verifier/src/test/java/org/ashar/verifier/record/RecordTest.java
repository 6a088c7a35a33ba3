package org.ashar.verifier.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The fold against the documents that the service publishes as its examples. */
class RecordTest {

    private static final Path DOCUMENTS =
            Path.of(
                    "../services/progress-reports/src/main/resources/contracts/progress-reports/documents");
    private static final Set<String> ADDRESSES =
            Set.of("from", "next", "more", "record", "receipt");

    /** What no event tells of a place, or what is told of it in another way. */
    private static final Set<String> NOT_JUDGED =
            Set.of("/place/name", "/place/asOf", "/restsOn/digest");

    private static final LocalDate ON = LocalDate.of(2025, 12, 1);

    @Test
    void the_services_example_of_a_commitment_follows_from_the_events() throws Exception {
        Told told = new Told(List.of(water()));
        assertThat(judge(told, example("commitment-record.json")).differences()).isEmpty();
    }

    @Test
    void the_services_example_of_a_place_follows_from_the_events() throws Exception {
        Told told = new Told(towns());
        Judgement judged = document(told).judge(example("place-record.json"), told.index());
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.unknown()).containsExactlyInAnyOrderElementsOf(NOT_JUDGED);
    }

    /** Whatever one member says otherwise, it is found, and named. */
    @Test
    void any_altered_member_of_a_commitments_record_is_found() throws Exception {
        Told told = new Told(List.of(water()));
        ObjectNode right = example("commitment-record.json");
        for (String member : members("", right)) {
            ObjectNode wrong = right.deepCopy();
            alter(wrong, member);
            assertThat(judge(told, wrong).differences())
                    .as(member)
                    .anySatisfy(
                            difference ->
                                    assertThat(
                                                    member.startsWith(difference.field())
                                                            || difference
                                                                    .field()
                                                                    .startsWith(member))
                                            .as(difference.toString())
                                            .isTrue());
        }
    }

    @Test
    void any_altered_member_of_a_places_record_is_found() throws Exception {
        Told told = new Told(towns());
        ObjectNode right = example("place-record.json");
        for (String member : members("", right)) {
            if (NOT_JUDGED.contains(member)) {
                continue;
            }
            ObjectNode wrong = right.deepCopy();
            alter(wrong, member);
            assertThat(document(told).judge(wrong, told.index()).differences())
                    .as(member)
                    .isNotEmpty();
        }
    }

    @Test
    void any_left_out_member_or_element_is_found() throws Exception {
        Told told = new Told(List.of(water()));
        ObjectNode right = example("commitment-record.json");
        for (String member : members("", right)) {
            if (member.equals("/zone")) {
                continue; // older installations do not tell it
            }
            ObjectNode wrong = right.deepCopy();
            int slash = member.lastIndexOf('/');
            JsonNode in = wrong.at(member.substring(0, slash));
            if (in instanceof ObjectNode object) {
                object.remove(unescaped(member.substring(slash + 1)));
            } else if (in instanceof ArrayNode array) {
                array.remove(Integer.parseInt(member.substring(slash + 1)));
            }
            assertThat(judge(told, wrong).differences()).as(member).isNotEmpty();
        }
    }

    @Test
    void what_a_map_has_more_than_the_log_is_found() throws Exception {
        Told told = new Told(List.of(water()));
        ObjectNode wrong = example("commitment-record.json");
        ((ObjectNode) wrong.path("restsOn")).put("budget-commitment/another", 3);
        ((ObjectNode) wrong.at("/commitment/title/texts")).putObject("en").put("value", "Done");
        assertThat(judge(told, wrong).differences())
                .extracting(Difference::field)
                .containsExactlyInAnyOrder(
                        "/restsOn/budget-commitment~1another", "/commitment/title/texts/en");

        Told towns = new Told(towns());
        ObjectNode place = example("place-record.json");
        ((ObjectNode) place.at("/counts/byState")).put("withdrawn", 0);
        assertThat(document(towns).judge(place, towns.index()).differences())
                .extracting(Difference::field)
                .containsExactly("/counts/byState/withdrawn");
    }

    @Test
    void an_event_with_as_much_data_as_a_record_takes_is_read() throws Exception {
        String name = "n".repeat(48 * 1024 - "{\"\":1}".length());
        LoggedEvent event = LoggedEvent.of(0, entry(name, "2025-01-15T04:00:00Z"));
        assertThat(event.data().path(name).asInt()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {48 * 1024 - 5, 60_000})
    void an_event_with_more_data_than_a_record_takes_is_not_readable(int length) {
        byte[] entry = entry("n".repeat(length), "2025-01-15T04:00:00Z");
        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> LoggedEvent.of(0, entry))
                .withMessage("its data are more than a record takes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "yesterday",
                ""
            })
    void an_event_of_no_year_that_calendars_have_is_not_readable(String time) {
        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> LoggedEvent.of(0, entry("a", time)));
    }

    private static byte[] entry(String name, String time) {
        return """
        {"data":{"%s":1},"sequence":"000000000001","subject":"thing/a","time":"%s"}
        """
                .formatted(name, time)
                .getBytes(UTF_8);
    }

    @Test
    void a_difference_says_both_values_and_where_the_events_are() throws Exception {
        Told told = new Told(List.of(water()));
        ObjectNode wrong = example("commitment-record.json");
        ((ObjectNode) wrong.at("/money/budgets/items/0/spent")).put("amount", "125000.01");
        assertThat(judge(told, wrong).differences())
                .containsExactly(
                        new Difference(
                                told.promises().getFirst().commitment.stream,
                                "/money/budgets/items/0/spent/amount",
                                "\"125000.01\"",
                                "\"125000.00\"",
                                List.of(
                                        new Difference.Source(
                                                "budget-commitment/3leg4n5owsygnjuxkv3jygd2bu@7",
                                                12))));
    }

    @Test
    void what_is_added_to_documents_later_is_named_and_not_called_a_difference() throws Exception {
        Told told = new Told(List.of(water()));
        ObjectNode newer = example("commitment-record.json");
        newer.putArray("findings").add("one");
        ((ObjectNode) newer.at("/milestones/0")).put("weight", 3);
        ((ObjectNode) newer.at("/money/budgets")).put("left", 1);
        ((ObjectNode) newer.at("/money/spending")).put("latest", 2);
        ((ObjectNode) newer.at("/reports/published")).put("count", 9);
        Judgement judged = judge(told, newer);
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.unknown())
                .containsExactly(
                        "/findings",
                        "/milestones/*/weight",
                        "/money/budgets/left",
                        "/money/spending/latest",
                        "/reports/published/count");
    }

    @Test
    void of_more_versions_than_a_record_shows_just_so_many_are_shown() throws Exception {
        Story water = town("water").on("2025-07-20").reported("2025-Q2", "Иш жүрүп жатат");
        for (int number = 1; number <= 204; number++) {
            water.corrected("2025-Q2", number, "Иш жүрүп жатат");
        }
        Told told = new Told(List.of(water));
        ObjectNode record = told.record(water.commitment, ON, Story.ZONE);
        ArrayNode versions = (ArrayNode) record.at("/reports/published/items/0/versions");
        while (versions.size() > 200) {
            versions.remove(200);
        }
        assertThat(judge(told, record).differences()).isEmpty();
        versions.remove(100);
        assertThat(judge(told, record).differences())
                .extracting(Difference::field)
                .containsExactly("/reports/published/items");
    }

    private static Story water() {
        Story water =
                new Story("water")
                        .on("2025-01-15")
                        .published("m1:2025-04-30", "m2:2025-10-31")
                        .on("2025-02-01")
                        .started()
                        .on("2025-05-12")
                        .amended("2025-12-31", "m1:2025-06-30", "m2:2025-10-31")
                        .on("2025-06-20")
                        .assessed("m1", "met")
                        .on("2025-07-20")
                        .reported("2025-Q2", "Түтүктүн төрт чакырымы тартылды.")
                        .corrected("2025-Q2", 1, "Түтүктүн үч жарым чакырымы тартылды.");
        water.purse("pipes", "KGS")
                .proposed(100_000_00)
                .approved()
                .adjusted(120_000_00)
                .committed()
                .spent(130_000_00)
                .spent(-5_000_00);
        return water.on("2025-11-10").reportedComplete().disputed();
    }

    private static List<Story> towns() {
        Story water =
                town("water").started().on("2025-07-20").reported("2025-Q2", "Иш жүрүп жатат");
        water.purse("a", "KGS").proposed(2_000).approved().committed().spent(2_500);
        Story school = town("school").started().reportedComplete().disputed();
        school.purse("a", "KGS").proposed(1_000).approved();
        school.purse("b", "USD").proposed(1_000).approved();
        Story lights = new Story("lights").on("2025-01-15").published("m1:2025-12-20");
        Story bridge = town("bridge").started().on("2025-07-05").reportedComplete().verified();
        return List.of(water, school, lights, bridge);
    }

    private static Story town(String name) {
        return new Story(name).on("2025-01-15").published("m1:2025-04-30", "m2:2025-10-31");
    }

    private static PlaceDocument document(Told told) throws UnreadableEventException {
        PlaceDocument document = new PlaceDocument(Story.PLACE, ON, Story.ZONE);
        told.promises().forEach(document::add);
        return document;
    }

    private static Judgement judge(Told told, JsonNode record) throws UnreadableEventException {
        return CommitmentComparison.judge(
                told.promises().getFirst(), record, ON, Story.ZONE, told.index());
    }

    /** An example, its history in the order that a served one has. */
    private static ObjectNode example(String name) throws IOException {
        ObjectNode document =
                (ObjectNode)
                        JsonMapper.shared().readTree(Files.readString(DOCUMENTS.resolve(name)));
        if (document.at("/history/items") instanceof ArrayNode items) {
            List<JsonNode> sorted = new ArrayList<>(items.valueStream().toList());
            sorted.sort(
                    Comparator.comparing((JsonNode item) -> item.at("/entry/given/at").asString())
                            .reversed());
            items.removeAll();
            items.addAll(sorted);
        }
        return document;
    }

    /** Pointers to all that is no object, and to the elements of lists. */
    private static List<String> members(String at, JsonNode node) {
        List<String> members = new ArrayList<>();
        if (node.isObject()) {
            node.properties().stream()
                    .filter(m -> !ADDRESSES.contains(m.getKey()))
                    .forEach(
                            m ->
                                    members.addAll(
                                            members(at + "/" + escaped(m.getKey()), m.getValue())));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                members.addAll(members(at + "/" + i, node.get(i)));
            }
        } else {
            members.add(at);
        }
        return members;
    }

    private static void alter(ObjectNode document, String member) {
        int slash = member.lastIndexOf('/');
        JsonNode other = other(document.at(member));
        JsonNode in = document.at(member.substring(0, slash));
        if (in instanceof ObjectNode object) {
            object.set(unescaped(member.substring(slash + 1)), other);
        } else if (in instanceof ArrayNode array) {
            array.set(Integer.parseInt(member.substring(slash + 1)), other);
        }
    }

    private static JsonNode other(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.isString()) {
            return nodes.stringNode(value.asString() + "0");
        }
        if (value.isNumber()) {
            return nodes.numberNode(value.asLong() + 1);
        }
        return value.isBoolean()
                ? nodes.booleanNode(!value.asBoolean())
                : nodes.arrayNode().add("x");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String unescaped(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }
}
