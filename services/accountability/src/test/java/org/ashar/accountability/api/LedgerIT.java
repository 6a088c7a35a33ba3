package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ashar.accountability.api.RunningLedger.header;
import static org.ashar.accountability.api.RunningLedger.now;
import static org.ashar.accountability.api.RunningLedger.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.Tile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The service with a real broker and a store over the wire, read as anyone reads it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerIT {

    private static final StreamId ROAD = stream("road");
    private static final StreamId SCHOOL = stream("school");
    private static final StreamId LONG = stream("long");
    private static final String LARGE = "{\"text\":\"" + "x".repeat(70_000) + "\"}";
    private static final int MANY = 300;
    private static final int PATIENT = 400;
    private static final String AT_PLACE =
            "{\"by\":{\"organisation\":\"okmotu\"},\"place\":{\"code\":\"4170\",\"scheme\":\"soate\"}}";

    private static RunningLedger ledger;
    private static URI base;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        ledger = new RunningLedger(folder);
        for (long sequence = 1; sequence <= 300; sequence++) {
            now(ledger.publish(ROAD, sequence, "{\"step\":" + sequence + "}"));
        }
        base = ledger.start();
        Future<RecordMetadata> _ = ledger.publish(SCHOOL, 2, AT_PLACE);
        Future<RecordMetadata> _ = ledger.publish(SCHOOL, 1, AT_PLACE);
        now(ledger.publish(LONG, 1, LARGE));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ledger.size(base) >= 303);
    }

    @AfterAll
    static void stop() throws Exception {
        ledger.close();
    }

    @Test
    void the_whole_log_is_read_as_tiles_and_its_root_is_the_signed_one() {
        Checkpoint checkpoint = ledger.checkpoint(base);
        RunningLedger.Read read = ledger.readAll(base);
        assertThat(checkpoint.origin()).isEqualTo("ledger.example.org/ledger");
        assertThat(read.roots().get((int) checkpoint.size())).isEqualTo(checkpoint.root());
        for (byte[] leaf : read.leaves()) {
            assertThat(CanonicalJson.of(leaf).orThrow()).isEqualTo(leaf);
        }
        assertThat(read.leaves().stream().map(leaf -> event(leaf).path("id").asString()).toList())
                .doesNotHaveDuplicates()
                .containsSubsequence(SCHOOL + "@1", SCHOOL + "@2")
                .containsSubsequence(
                        LongStream.rangeClosed(1, 300).mapToObj(s -> ROAD + "@" + s).toList());
    }

    @Test
    void tiles_stay_and_checkpoints_do_not_and_anyone_may_read_them() {
        HttpResponse<byte[]> tile = ledger.get(base, "/ledger/tile/0/000");
        assertThat(header(tile, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(tile, "Cache-Control")).contains("immutable", "max-age=31536000");
        assertThat(header(tile, "Access-Control-Allow-Origin")).isEqualTo("*");
        HttpResponse<byte[]> checkpoint = ledger.get(base, "/ledger/checkpoint");
        assertThat(header(checkpoint, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(header(checkpoint, "Cache-Control")).contains("max-age=1");
        assertThat(header(checkpoint, "Access-Control-Allow-Origin")).isEqualTo("*");
        RightEdge edge = RightEdge.EMPTY;
        ByteArrayOutputStream leaves = new ByteArrayOutputStream();
        for (byte[] leaf : ledger.readAll(base).leaves().subList(0, Tile.FULL)) {
            leaves.writeBytes(Hash.leaf(leaf).bytes());
            edge = edge.append(Hash.leaf(leaf), (_, _, _) -> {});
        }
        assertThat(tile.body()).isEqualTo(leaves.toByteArray());
        assertThat(ledger.get(base, "/ledger/tile/1/000.p/1").body())
                .isEqualTo(edge.root().bytes());
    }

    /** Whoever asks, and whatever for. */
    @ParameterizedTest
    @CsvSource({
        "/ledger/checkpoint, 200",
        "/ledger/checkpoint.latest, 200",
        "/ledger/key, 200",
        "/ledger/logs, 200",
        "/ledger/tile/0/000, 200",
        "/ledger/tile/entries/000, 200",
        "/ledger/tile/entries/004, 404",
        "/ledger/logs/1/ledger/checkpoint, 404",
        "/ledger/nothing, 404"
    })
    void scripts_of_other_sites_read_the_log_even_with_a_token(String path, int status) {
        HttpResponse<byte[]> answer = ledger.get(base, path, "Authorization", "Bearer x");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ledger/tile/0/000.p/0",
                "/ledger/tile/0/000.p/256",
                "/ledger/tile/0/004.p/255",
                "/ledger/tile/0/004",
                "/ledger/tile/0/00",
                "/ledger/tile/0/x000/000",
                "/ledger/tile/00/000",
                "/ledger/tile/64/000",
                "/ledger/tile/2/000.p/1",
                "/ledger/tile/-1/000",
                "/ledger/tile/entries/004",
                "/ledger/tile/entries/x999/x999/x999/x999/x999/x999/x999/999",
                "/ledger/tile/0/000.p/001",
                "/ledger/tile/0/000.p/",
                "/ledger/tile",
                "/ledger/nothing",
            })
    void what_the_checkpoint_does_not_imply_is_not_there(String path) {
        assertThat(ledger.get(base, path).statusCode()).isEqualTo(404);
    }

    @Test
    void an_event_leads_to_its_entry_and_to_a_proof_that_stands_alone() {
        String address = "/api/ledger/events/" + ROAD + "@7";
        JsonNode receipt = json(address);
        long index = receipt.path("index").asLong();
        byte[] entry = receipt.path("entry").asString().getBytes(UTF_8);
        assertThat(ledger.readAll(base).leaves().get((int) index)).isEqualTo(entry);
        assertThat(receipt.path("leaf").asString()).isEqualTo(Hash.leaf(entry).base64());
        HttpResponse<byte[]> file = ledger.get(base, address + ".tlog-proof");
        assertThat(header(file, "Content-Disposition"))
                .contains("attachment")
                .contains(ROAD.id() + "@7.tlog-proof");
        LogProof proof = LogProof.parse(file.body()).orThrow();
        NoteKey key = NoteKey.parse(ledger.text(base, "/ledger/key").strip()).orThrow();
        assertThat(proof.index()).isEqualTo(index);
        assertThat(proof.proves(entry, List.of(key))).isTrue();
        LogProof held =
                LogProof.parse(receipt.path("receipt").asString().getBytes(UTF_8)).orThrow();
        assertThat(held.proves(entry, List.of(key))).isTrue();
        entry[entry.length / 2] ^= 1;
        assertThat(proof.proves(entry, List.of(key))).isFalse();
        JsonNode inclusion = json(address + "/proof");
        assertThat(hashes(inclusion.path("path"))).isEqualTo(proof.path());
    }

    @Test
    void one_size_is_shown_to_be_the_beginning_of_another() {
        List<Hash> roots = ledger.readAll(base).roots();
        for (int from : List.of(1, 2, 255, 256, 257, 300)) {
            JsonNode answer = json("/api/ledger/consistency?from=" + from + "&to=301");
            assertThat(
                            Proofs.isConsistent(
                                    from,
                                    roots.get(from),
                                    301,
                                    roots.get(301),
                                    hashes(answer.path("path"))))
                    .isTrue();
        }
        String latest = ledger.text(base, "/ledger/checkpoint.latest");
        String newest = latest.lines().toList().get(1);
        assertThat(ledger.text(base, "/api/ledger/checkpoints/" + newest)).isEqualTo(latest);
        for (String never : List.of("0", "01", "x", "999999999")) {
            assertProblem("/api/ledger/checkpoints/" + never, 404, "ledger.no-such-checkpoint");
        }
        assertProblem("/api/ledger/consistency?from=0", 400, "request.malformed");
        assertProblem("/api/ledger/consistency?from=2&to=1", 404, "ledger.no-such-size");
        assertProblem("/api/ledger/consistency?to=999999", 404, "ledger.no-such-size");
    }

    @Test
    void the_newest_entries_are_listed_first_and_each_is_given_as_it_is_hashed() {
        JsonNode newest = json("/api/ledger/entries?limit=1&subject=" + SCHOOL);
        JsonNode entry = newest.path("items").path(0);
        assertThat(newest.path("items").size()).isOne();
        assertThat(event(entry.path("entry").asString().getBytes(UTF_8)).path("id").asString())
                .isEqualTo(SCHOOL + "@2");
        long index = entry.path("index").asLong();
        assertThat(newest.path("next").asString()).isEqualTo(Long.toString(index));
        JsonNode older = json("/api/ledger/entries?place=soate/4170&limit=9&after=" + index);
        assertThat(older.path("items").size()).isOne();
        assertThat(older.has("next")).isFalse();
        HttpResponse<byte[]> bytes = ledger.get(base, "/api/ledger/entries/" + index);
        assertThat(bytes.body()).isEqualTo(ledger.readAll(base).leaves().get((int) index));
        assertThat(header(bytes, "Cache-Control")).contains("immutable");
        assertThat(header(bytes, "Content-Disposition")).startsWith("attachment; filename=");
        assertProblem("/api/ledger/entries/999999", 404, "ledger.no-such-entry");
        assertProblem("/api/ledger/entries/-1", 404, "ledger.no-such-entry");
        assertProblem("/api/ledger/entries?after=x", 400, "paging.bad-cursor");
        assertProblem("/api/ledger/entries?subject=x", 400, "request.malformed");
        assertProblem("/api/ledger/entries?limit=1000", 400, "request.malformed");
    }

    @Test
    void what_is_not_logged_is_not_found() {
        assertProblem("/api/ledger/events/" + ROAD + "@999", 404, "ledger.not-logged");
        assertProblem("/api/ledger/events/commitment/nothing@1/proof", 404, "ledger.not-logged");
        assertProblem("/api/ledger/payloads/nothing", 404, "ledger.no-such-payload");
        assertProblem("/api/ledger/events?from=-1", 400, "request.malformed");
        assertProblem("/api/ledger/events?from=1e9", 400, "request.malformed");
        assertProblem("/api/ledger/events?from=999999", 404, "ledger.no-such-index");
        assertProblem("/api/ledger/events?place=nowhere", 400, "request.malformed");
    }

    @Test
    void events_are_read_from_any_index_by_what_they_are_about() {
        HttpResponse<byte[]> all = ledger.get(base, "/api/ledger/events?from=298");
        assertThat(header(all, "Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(header(all, "Next-From")).isEqualTo(Long.toString(ledger.size(base)));
        assertThat(lines(all)).hasSize((int) ledger.size(base) - 298);
        assertThat(lines(ledger.get(base, "/api/ledger/events?place=soate/4170")))
                .extracting(event -> event.path("id").asString())
                .containsExactly(SCHOOL + "@1", SCHOOL + "@2");
        assertThat(lines(ledger.get(base, "/api/ledger/events?organisation=okmotu"))).hasSize(2);
        assertThat(lines(ledger.get(base, "/api/ledger/events?commitment=" + ROAD.id())))
                .hasSize(300);
    }

    @Test
    void data_too_long_for_an_entry_lie_beside_the_log_under_their_digest() {
        JsonNode entry =
                AsharJson.strict()
                        .readTree(
                                json("/api/ledger/events/" + LONG + "@1").path("entry").asString());
        assertThat(entry.has("data")).isFalse();
        assertThat(ledger.text(base, entry.path("dataref").asString())).isEqualTo(LARGE);
    }

    @Test
    void what_cannot_be_logged_is_shown_to_operators_alone() {
        now(ledger.publish(stream("bad"), 1, "{\"a\":1,\"a\":2}"));
        RecordMetadata huge =
                ledger.publishCompressed(
                        stream("huge"), 1, "{\"text\":\"" + "x".repeat(40_000_000) + "\"}");
        String path = "/internal/ledger/parked";
        assertThat(ledger.get(base, path).statusCode()).isEqualTo(401);
        String[] operator = {"Authorization", "Bearer " + ledger.operator()};
        Map<String, JsonNode> parked = new HashMap<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            AsharJson.strict()
                                    .readTree(ledger.get(base, path, operator).body())
                                    .path("items")
                                    .forEach(
                                            one -> parked.put(one.path("eventId").asString(), one));
                            assertThat(parked)
                                    .containsOnlyKeys(stream("bad") + "@1", stream("huge") + "@1");
                        });
        JsonNode bad = Objects.requireNonNull(parked.get(stream("bad") + "@1"));
        assertThat(bad.path("reason").asString()).isEqualTo("json.duplicate-name");
        assertThat(bad.path("blocking").asBoolean()).isTrue();
        JsonNode large = Objects.requireNonNull(parked.get(stream("huge") + "@1"));
        assertThat(large.path("reason").asString()).isEqualTo("event.too-large");
        assertThat(large.path("detail").asString())
                .contains("40000011 bytes of SHA-256 ")
                .endsWith(huge.topic() + ":" + huge.partition() + ":" + huge.offset());
        JsonNode status =
                AsharJson.strict().readTree(ledger.get(base, "/internal/ledger", operator).body());
        assertThat(status.path("parked").asLong()).isEqualTo(2);
        assertThat(status.path("held").asLong()).isZero();
        now(ledger.publish(stream("huge"), 1, "{}"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                ledger.get(base, "/api/ledger/events/" + stream("huge") + "@1")
                                                .statusCode()
                                        == 200);
    }

    @Test
    void who_follows_hears_all_from_where_they_were_in_order() throws Exception {
        try (EventReader events = new EventReader(base, "?from=298", "")) {
            assertThat(events.next()).isEqualTo(Map.entry(298L, idAt(298)));
            assertThat(events.next()).isEqualTo(Map.entry(299L, idAt(299)));
        }
        try (EventReader events = new EventReader(base, "", "299")) {
            assertThat(events.next()).isEqualTo(Map.entry(300L, idAt(300)));
        }
        try (EventReader events = new EventReader(base, "?commitment=" + stream("new").id(), "")) {
            now(ledger.publish(stream("other"), 1, "{}"));
            now(ledger.publish(stream("new"), 1, "{}"));
            Map.Entry<Long, String> heard = events.next();
            assertThat(heard.getValue()).isEqualTo(stream("new") + "@1");
            assertThat(ledger.size(base)).isGreaterThan(heard.getKey());
        }
    }

    @Test
    void who_breaks_off_ends_nobody_elses_stream() throws Exception {
        StreamId awaited = stream("awaited");
        List<EventReader> patient = new ArrayList<>();
        try {
            for (int i = 0; i < PATIENT; i++) {
                try (EventReader hasty = new EventReader(base, "?from=0", "")) {
                    hasty.next();
                }
                patient.add(new EventReader(base, "?commitment=" + awaited.id(), ""));
            }
            now(ledger.publish(awaited, 1, "{}"));
            for (EventReader one : patient) {
                assertThat(one.next().getValue()).isEqualTo(awaited + "@1");
            }
        } finally {
            for (EventReader one : patient) {
                one.close();
            }
        }
    }

    @Test
    void who_follows_knows_their_place_before_anything_comes() throws Exception {
        String nothing = "?commitment=" + stream("nothing").id();
        try (EventReader events = new EventReader(base, nothing, "")) {
            assertThat(events.place()).isBetween(299L, ledger.size(base) - 1);
        }
        try (EventReader events = new EventReader(base, nothing + "&from=0", "")) {
            assertThat(events.place()).as("before all").isEqualTo(-1);
        }
        try (EventReader events = new EventReader(base, "", "-1")) {
            assertThat(events.next()).isEqualTo(Map.entry(0L, idAt(0)));
        }
    }

    @Test
    void who_follows_from_where_the_log_never_was_is_told() {
        assertProblem("/api/ledger/stream?from=999999", 404, "ledger.no-such-index");
        for (int i = 0; i < 5; i++) {
            assertThat(ledger.head(base, "/api/ledger/stream").statusCode()).isEqualTo(200);
        }
        assertThat(ledger.get(base, "/ledger/key").statusCode()).isEqualTo(200);
        assertProblem("/api/ledger/stream?place=x", 400, "request.malformed");
        HttpResponse<byte[]> answer =
                ledger.get(base, "/api/ledger/stream", "Last-Event-ID", "seven");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).contains("Last-Event-ID");
    }

    @Test
    void who_does_not_take_what_comes_is_left_and_goes_on_later() throws Exception {
        StreamId many = stream("many");
        String query = "?commitment=" + many.id();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ledger.followers() == 0);
        List<Map.Entry<Long, String>> heard = new ArrayList<>();
        try (EventReader slow = new EventReader(base, query, "")) {
            slow.takeLittle();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ledger.followers() == 1);
            String data = "{\"text\":\"" + "y".repeat(40_000) + "\"}";
            now(ledger.publish(many, 1, data));
            heard.add(slow.next());
            for (long sequence = 2; sequence < MANY; sequence++) {
                Future<RecordMetadata> _ = ledger.publish(many, sequence, data);
            }
            now(ledger.publish(many, MANY, data));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ledger.followers() == 0);
        }
        String last = Long.toString(heard.getLast().getKey());
        try (EventReader events = new EventReader(base, query, last)) {
            while (heard.size() < MANY) {
                heard.add(events.next());
            }
        }
        assertThat(heard.stream().map(Map.Entry::getValue))
                .as("each once, in order")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MANY).mapToObj(s -> many + "@" + s).toList());
    }

    @Test
    @Order(Integer.MAX_VALUE) // the others read a short log more quickly
    void checkpoints_are_served_while_the_log_grows_fast_and_never_fall_back() {
        long before = ledger.size(base);
        List<String> names = List.of("/ledger/checkpoint", "/ledger/checkpoint.latest");
        Map<String, Long> sizes = new HashMap<>();
        for (int asked = 0; asked < 150; asked++) {
            for (int stream = 0; stream < 34; stream++) {
                Future<RecordMetadata> _ = ledger.publish(stream("load" + stream), asked + 1, "{}");
            }
            for (String name : names) {
                HttpResponse<byte[]> answer = ledger.get(base, Duration.ofSeconds(10), name);
                assertThat(answer.statusCode()).isEqualTo(200);
                long size = RunningLedger.checkpoint(answer.body()).size();
                assertThat(size).as(name).isGreaterThanOrEqualTo(sizes.getOrDefault(name, before));
                sizes.put(name, size);
            }
        }
        assertThat(sizes.values()).as("it grew meanwhile").allMatch(size -> size > before);
        for (String name : names) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    RunningLedger.checkpoint(ledger.get(base, name).body()).size()
                                            >= before + 150 * 34);
        }
    }

    private String idAt(int index) {
        return event(ledger.readAll(base).leaves().get(index)).path("id").asString();
    }

    private static JsonNode event(byte[] leaf) {
        return AsharJson.strict().readTree(leaf);
    }

    private static List<JsonNode> lines(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8).lines().map(AsharJson.strict()::readTree).toList();
    }

    private static JsonNode json(String path) {
        HttpResponse<byte[]> answer = ledger.get(base, path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return AsharJson.strict().readTree(answer.body());
    }

    private static List<Hash> hashes(JsonNode path) {
        List<Hash> hashes = new ArrayList<>();
        StreamSupport.stream(path.spliterator(), false)
                .map(one -> Hash.of(Base64.getDecoder().decode(one.asString())))
                .forEach(hashes::add);
        return hashes;
    }

    private static void assertProblem(String path, int status, String code) {
        HttpResponse<byte[]> answer = ledger.get(base, path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(AsharJson.strict().readTree(answer.body()).path("code").asString())
                .isEqualTo(code);
    }
}
