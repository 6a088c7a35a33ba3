package org.ashar.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent wrongly is named, in the reader's language, and changes nothing: the tables
 * {@code badinput/requests.txt} and {@code badinput/events.txt} against one running system. What is
 * wrong with data folders is in {@code BadFolderTest}.
 */
class BadInputIT {

    @TempDir private static Path folder;
    private static Installation installation;
    private static World world;
    private static Request requests;
    private static Texts texts;
    private static KafkaProducer<byte[], byte[]> producer;
    private static Events events;
    private static Installation.State state;

    @BeforeAll
    static void start() throws Exception {
        texts = new Texts();
        installation = Installation.up(folder);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", installation.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        events = new Events(producer, installation);
        world = World.made(installation, folder.resolve("forgery"));
        requests = new Request(world);
        state = installation.state(world.commitment());
    }

    /** All that is bad has been sent by then: the log tells of no person, no token, no fault. */
    @AfterAll
    static void stop() throws Exception {
        try {
            assertThat(installation.said().lines().filter(BadInputIT::tells)).isEmpty();
        } finally {
            try {
                producer.close();
            } finally {
                installation.close();
            }
        }
    }

    /**
     * A person, a token or a fault of ours; that an event was put aside is for operators to see.
     */
    private static boolean tells(String line) {
        return line.contains(Good.PERSON)
                || line.contains("eyJ")
                || line.startsWith("\tat ")
                || line.contains(" ERROR ")
                        && !line.matches(".*parked: (first|event\\.|json\\.).*");
    }

    static List<Row> rows() throws IOException {
        return Row.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_bad_request_is_named_in_every_language_and_changes_nothing(Row row) throws Exception {
        Map<String, String> messages = texts.in(row.code(), row.english());
        Map<String, String> titles = texts.titles(row.status());
        Call call = Request.isBare(row.words()) ? null : requests.call(row.words());
        for (String language : row.languages()) {
            Answer answer =
                    call == null
                            ? Answer.ofBare(
                                    installation.door(), requests.bare(row.words(), language))
                            : Answer.of(
                                    installation.send(
                                            installation.door(),
                                            call.also("Accept-Language", language)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(row.status());
            assertThat(answer.headers())
                    .as(answer.text())
                    .containsEntry("content-type", "application/problem+json")
                    .containsEntry("content-language", language)
                    .doesNotContainKey("set-cookie");
            JsonNode problem = answer.json();
            assertThat(problem.get("status").asInt()).isEqualTo(row.status());
            assertThat(problem.get("title").asString()).isEqualTo(titles.get(language));
            assertThat(problem.get("type").asString())
                    .isEqualTo("urn:ashar:problem:" + problem.get("code").asString());
            assertThat(problem.get("instance").asString()).startsWith("urn:ashar:trace:");
            if (row.where().equals(Row.NOWHERE)) {
                assertThat(problem.get("errors")).as(answer.text()).isNull();
                assertThat(problem.get("code").asString()).isEqualTo(row.code());
                assertThat(problem.get("detail").asString()).isEqualTo(messages.get(language));
            } else {
                assertThat(problem.get("errors")).as(answer.text()).hasSize(1);
                JsonNode error = problem.get("errors").get(0);
                assertThat(where(error)).as(answer.text()).isEqualTo(row.where());
                assertThat(error.get("code").asString()).isEqualTo(row.code());
                assertThat(error.get("message").asString()).isEqualTo(messages.get(language));
                assertThat(problem.get("code").asString())
                        .isIn(
                                row.code(),
                                row.status() == 400 ? "request.malformed" : "request.invalid");
            }
            tellsNothing(answer);
        }
        nothingChanged();
    }

    private static void nothingChanged() throws Exception {
        Installation.State now = installation.state(world.commitment());
        Installation.State before = state;
        state = now;
        assertThat(now).isEqualTo(before);
    }

    private static String where(JsonNode error) {
        if (error.has("pointer")) {
            String pointer = error.get("pointer").asString();
            return pointer.isEmpty() ? Row.BODY : pointer;
        }
        return error.has("parameter")
                ? "?" + error.get("parameter").asString()
                : error.get("header").asString() + ":";
    }

    private static void tellsNothing(Answer answer) {
        assertThat(answer.text())
                .doesNotContain(Good.PERSON, "Exception", "org.ashar", "\tat ", "eyJ");
        assertThat(answer.text().length()).isLessThan(3_000);
    }

    /**
     * A language is a wish, never an error: whoever wishes nonsense reads the installation's own.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xx",
                "*;q=0",
                "en;q=2",
                "en;q=-1",
                "en;q=NaN",
                ";;;,,,",
                "../../etc/passwd",
                "<script>alert(1)</script>",
                "{language}",
                "${jndi:ldap://a/b}",
                "ы"
            })
    void a_hostile_language_is_passed_over(String wish) throws Exception {
        Answer answer =
                Answer.ofBare(
                        installation.door(),
                        "GET /api/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Language: "
                                + wish
                                + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).containsEntry("content-language", "ky");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo(
                        texts.in("request.no-such-path", "There is nothing at this address.")
                                .get("ky"));
        tellsNothing(answer);
    }

    static List<EventRow> eventRows() throws IOException {
        return EventRow.all();
    }

    @ParameterizedTest
    @MethodSource("eventRows")
    void a_bad_event_is_put_aside_and_changes_no_figure(EventRow row) throws Exception {
        String promise = World.published(installation, world.officials().headInJanuary());
        installation.settle(promise);
        Installation.State before = installation.state(promise);
        long heldBefore = installation.held();

        List<RecordMetadata> written = events.write(row.events(), promise);
        installation.taken(written);

        List<JsonNode> parked = installation.parkedAt(written);
        assertThat(parked)
                .extracting(event -> event.get("reason").asString())
                .containsExactlyElementsOf(row.parked());
        assertThat(parked)
                .allSatisfy(
                        event ->
                                assertThat(event.get("blocking").asBoolean())
                                        .isEqualTo(row.waits() && !contradicts(event)));
        assertThat(installation.held() - heldBefore).isEqualTo(row.held());
        sameFigures(before, promise, row.waits());
        for (JsonNode event : parked) {
            assertThat(installation.replay(event.get("id").asString())).isEqualTo("still-parked");
        }
        sameFigures(before, promise, row.waits());

        installation.taken(events.write(row.mending(), promise));
        JsonNode mended = installation.commitmentRecord(promise);
        assertThat(mended.at("/state/value").asString()).isEqualTo(row.state());
        assertThat(mended.get("incompleteSince")).isNull();
        assertThat(installation.held()).isEqualTo(heldBefore);
        assertThat(installation.view().get("trouble")).isNull();
        state = installation.state(world.commitment());
    }

    /** Another event of its sequence counts or waits; its own copy is kept to be looked at. */
    private static boolean contradicts(JsonNode event) {
        return event.get("reason").asString().startsWith("event.contradicts");
    }

    private static void sameFigures(Installation.State before, String promise, boolean waits)
            throws Exception {
        Installation.State now = installation.state(promise);
        assertThat(now.decided()).isEqualTo(before.decided());
        assertThat(now.record().getFirst().has("incompleteSince")).isEqualTo(waits);
        assertThat(figures(now)).isEqualTo(figures(before));
        assertThat(
                        installation
                                .send(installation.door(), Call.get("/commitments/" + promise))
                                .statusCode())
                .isEqualTo(200);
    }

    /** All that the record says, but for what it rests on and since when it waits. */
    private static List<JsonNode> figures(Installation.State state) {
        return state.record().stream().map(BadInputIT::figures).toList();
    }

    private static JsonNode figures(JsonNode document) {
        ObjectNode figures = (ObjectNode) document.deepCopy();
        figures.remove(List.of("incompleteSince", "restsOn"));
        figures.at("/commitments/items")
                .forEach(commitment -> ((ObjectNode) commitment).remove("sequence"));
        return figures;
    }
}
