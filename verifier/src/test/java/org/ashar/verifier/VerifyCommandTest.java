package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.ashar.verifier.record.Story;
import org.ashar.verifier.record.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an auditor types and reads, with servers that are friendly and others. */
class VerifyCommandTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2025-12-01T12:00:00Z"), ZoneOffset.UTC);
    private static final LocalDate ON = LocalDate.of(2025, 12, 1);

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Story story = new Story("water").on("2025-01-15").published("m1:2025-12-30");
    private final AtomicInteger asked = new AtomicInteger();
    private ServedLog log;

    @BeforeEach
    void serve() throws Exception {
        log = new ServedLog();
        story.entries().forEach(log::append);
        log.records.put(address(), ServedLog.json(record()));
        log.records.put("/api/record/places/" + Story.PLACE, ServedLog.json(place()));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/ledger", "/ledger/"})
    void the_root_may_be_named_or_the_log(String path) throws Exception {
        String root = log.url().toString();
        assertThat(run(root.substring(0, root.length() - 1) + path)).isZero();
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        """
                        Verified: the log is whole, and the public record says what follows from it.
                        Read 1 event of log.example.org/ledger, which is all: each is there once and in order, and the log's signature covers them.
                        Its checkpoint, to compare with others: size 1, root %s.
                        Compared with the log, member by member, and found the same: the records of 1 commitment and 1 place.
                        The key was believed at first sight, as the log shows it: %s
                        Compare it with what somebody you trust tells you, and give it with --key.
                        Nothing is remembered: with --state FILE a later run finds out whether history was rewritten.
                        """
                                .formatted(log.root(), ServedLog.SIGNER.key().vkey()));
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void json_tells_a_sound_installation() throws Exception {
        assertThat(run(log.url().toString(), "--json")).isZero();
        assertThat(json())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"result": "verified", "status": 0,
                                         "log": {"origin": "log.example.org/ledger", "size": 1,
                                                 "root": "%s", "key": "%s", "keyBelieved": true,
                                                 "remembered": 0},
                                         "record": {"commitments": 1, "places": 1, "differing": 0,
                                                    "differences": [], "undecided": [], "notJudged": []}}
                                        """
                                                .formatted(
                                                        log.root(),
                                                        ServedLog.SIGNER.key().vkey())));
    }

    @Test
    void the_log_alone_is_verified_where_there_is_no_record() throws Exception {
        log.records.clear();
        assertThat(run(log.url().toString(), "--log-only", "--json")).isZero();
        assertThat(log.asked).isEmpty();
        assertThat(json().propertyNames()).containsExactlyInAnyOrder("result", "status", "log");
        assertThat(run(log.url().toString(), "--log-only")).isZero();
        assertThat(out.toString(UTF_8)).contains("The public record was not compared with it.");
    }

    @Test
    void who_looks_on_sees_how_far_it_is_and_a_program_does_not() throws Exception {
        new Story("road").published("m1:2025-12-30").entries().forEach(log::append);
        watched(log.url().toString());
        assertThat(err.toString(UTF_8))
                .startsWith("\r[" + "#".repeat(40) + "] 2 of 2 events  ")
                .contains("\r[" + "#".repeat(20) + " ".repeat(20) + "] 1 of 2 records  ")
                .endsWith("] 2 of 2 records  " + System.lineSeparator());
        assertThat(out.toString(UTF_8)).isNotEmpty().doesNotContain("##");
        out.reset();
        err.reset();
        watched(log.url().toString(), "--json");
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(json().has("result")).isTrue();
    }

    @Test
    void json_tells_each_difference_with_its_events() throws Exception {
        ObjectNode lie = record();
        lie.withObject("/commitment/period").put("end", "2026-12-31");
        log.records.put(address(), ServedLog.json(lie));
        assertThat(run(log.url().toString(), "--json")).isOne();
        assertThat(json().path("result").asString()).isEqualTo("differs");
        assertThat(json().at("/record/differences"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        [{"subject": "%s", "field": "/commitment/period/end",
                                          "record": "\\"2026-12-31\\"", "log": "\\"2025-12-31\\"",
                                          "events": [{"id": "%s@1", "index": 0}]}]
                                        """
                                                .formatted(story.commitment, story.commitment)));
    }

    @Test
    void a_difference_is_told_in_plain_words_without_what_steers_terminals() throws Exception {
        ObjectNode lie = record();
        lie.withObject("/commitment/period").put("end", "\u001b[2J\u202e2026");
        log.records.put(address(), ServedLog.json(lie));
        assertThat(run(log.url().toString())).isOne();
        assertThat(out.toString(UTF_8))
                .contains(
                        "WRONG: the public record says something else than the log, in 1 member.",
                        "  " + story.commitment + " /commitment/period/end",
                        "      the log:    \"2025-12-31\"",
                        "      from log entries 0 (" + story.commitment + "@1)")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void a_broken_log_is_told_with_its_code() throws Exception {
        log.append(ServedLog.event("thing/a", 2));
        assertThat(run(log.url().toString(), "--json")).isOne();
        assertThat(json().path("result").asString()).isEqualTo("broken");
        assertThat(json().path("code").asString()).isEqualTo("stream.sequence-broken");
        assertThat(json().at("/facts/stream").asString()).isEqualTo("thing/a");
        assertThat(run(log.url().toString())).isOne();
        assertThat(out.toString(UTF_8))
                .contains(
                        "BROKEN: this log is not as it must be (stream.sequence-broken).",
                        "At entry 1 the stream thing/a has event 2 where event 1 must be");
    }

    @Test
    void witnesses_vouch_for_what_was_read_or_too_few_do_or_for_another_history() throws Exception {
        NoteSigner one = NoteSigner.of("one.example.org", Kind.COSIGNATURE, new byte[32]);
        NoteSigner two =
                NoteSigner.of("two.example.org", Kind.COSIGNATURE, "x".repeat(32).getBytes(UTF_8));
        String url = log.url().toString();
        SignedNote note = SignedNote.parse(log.checkpoint()).orThrow();
        log.lies.put("checkpoint", note.with(one.sign(note.text(), 0)).written().getBytes(UTF_8));
        String[] asked = {
            url, "--witness", one.key().vkey(), "--witness", two.key().vkey(), "--quorum", "1"
        };
        assertThat(run(asked)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("1 of the 2 witnesses cosigned its checkpoint of size 1, and 1 must:")
                .contains("one.example.org at 1970-01-01T00:00:00Z");
        asked[6] = "2";
        assertThat(run(asked)).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("too few of the witnesses vouch for all of it");
        out.reset();
        assertThat(run(url, "--log-only", "--json", "--witness", two.key().vkey())).isEqualTo(2);
        assertThat(json().at("/witnesses/cosigned").size()).isZero();
        String other = new Checkpoint(ServedLog.SIGNER.key().name(), 1, Hash.EMPTY).text();
        log.lies.put(
                "checkpoint",
                new SignedNote(other, List.of(ServedLog.SIGNER.sign(other, 0), one.sign(other, 0)))
                        .written()
                        .getBytes(UTF_8));
        assertThat(run(asked)).isOne();
        assertThat(out.toString(UTF_8)).contains("(log.forked)");
    }

    @Test
    void witnesses_are_waited_for_until_there_are_enough() throws Exception {
        NoteSigner one = NoteSigner.of("one.example.org", Kind.COSIGNATURE, new byte[32]);
        NoteSigner two =
                NoteSigner.of("two.example.org", Kind.COSIGNATURE, "x".repeat(32).getBytes(UTF_8));
        SignedNote note = SignedNote.parse(log.checkpoint()).orThrow();
        SignedNote first = note.with(one.sign(note.text(), 0));
        List<SignedNote> shown = List.of(first, first.with(two.sign(note.text(), 0)));
        log.hostile.put(
                "checkpoint",
                exchange -> {
                    int times = asked.getAndIncrement();
                    if (times == 0) {
                        exchange.sendResponseHeaders(404, -1);
                        return;
                    }
                    byte[] body = shown.get(Math.min(times, 2) - 1).written().getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                });
        String[] words = {
            log.url().toString(),
            "--log-only",
            "--witness",
            one.key().vkey(),
            "--witness",
            two.key().vkey()
        };
        assertThat(run(Duration.ofSeconds(10), words)).isZero();
        assertThat(asked).hasValue(3);
    }

    @Test
    void what_the_log_got_while_its_record_was_compared_must_be_cosigned_too() throws Exception {
        NoteSigner one = NoteSigner.of("one.example.org", Kind.COSIGNATURE, new byte[32]);
        SignedNote note = SignedNote.parse(log.checkpoint()).orThrow();
        log.lies.put("checkpoint", note.with(one.sign(note.text(), 0)).written().getBytes(UTF_8));
        log.records.put(
                address(),
                exchange -> {
                    log.append(ServedLog.event("thing/a", 1));
                    log.records.put(address(), ServedLog.json(record()));
                    exchange.sendResponseHeaders(404, -1);
                });
        assertThat(run(log.url().toString(), "--witness", one.key().vkey())).isEqualTo(2);
        assertThat(out.toString(UTF_8))
                .contains("Read 2 events")
                .contains(
                        "1 of the 1 witnesses cosigned: only the first 1 of the 2 events that were"
                                + " read are covered.");
    }

    @Test
    void what_was_remembered_is_told_and_must_still_be_there() throws Exception {
        String state = folder.resolve("state").toString();
        assertThat(run(log.url().toString(), "--state", state)).isZero();
        assertThat(out.toString(UTF_8)).contains("This was the first time");
        assertThat(run(log.url().toString(), "--state", state)).isZero();
        assertThat(out.toString(UTF_8)).contains("It begins with the very 1 event that");
    }

    @Test
    void a_key_that_was_given_or_remembered_is_not_called_believed() throws Exception {
        String state = folder.resolve("state").toString();
        String key = ServedLog.SIGNER.key().vkey();
        assertThat(run(log.url().toString(), "--key", key, "--state", state)).isZero();
        assertThat(run(log.url().toString(), "--state", state)).isZero();
        assertThat(out.toString(UTF_8)).doesNotContain("first sight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere/state", "", "file/state"})
    void a_state_file_that_cannot_be_written_is_said_before_anything_is_asked(String name)
            throws Exception {
        Files.writeString(folder.resolve("file"), "");
        log.hostile.put("key", exchange -> asked.incrementAndGet());
        log.hostile.put("checkpoint.latest", exchange -> asked.incrementAndGet());
        String state = folder.resolve(name).toString();
        assertThat(run(log.url().toString(), "--state", state)).isEqualTo(2);
        assertThat(out.toString(UTF_8))
                .startsWith("Not verified: the state file " + state)
                .doesNotContain("Exception");
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_state_file_that_cannot_be_written_in_the_end_changes_no_verdict() throws Exception {
        Path state = folder.resolve("state");
        log.records.put(
                address(),
                exchange -> {
                    Files.delete(state);
                    Files.createDirectories(state.resolve("in the way"));
                    ServedLog.json(record()).handle(exchange);
                });
        assertThat(run(log.url().toString(), "--state", state.toString())).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Verified: the log is whole", "This run could not be remembered: ")
                .doesNotContain("Exception");
    }

    @Test
    void the_address_of_something_else_is_told() throws Exception {
        assertThat(run(log.url() + "/audit")).isEqualTo(2);
        assertThat(out.toString(UTF_8))
                .contains("there is no ledger/key: is that the address of the installation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                  | the address of the installation is missing
                    ftp://a.example                     | the address is like
                    http://a.example/?x=1               | the address is like
                    127.0.0.1:8080                      | the address is like
                    localhost:8080                      | the address is like
                    http://a.example http://b.example   | it knows no http://b.example
                    http://a.example --fast             | it knows no --fast
                    http://a.example --successor        | --successor needs --key and --state
                    http://a.example --key              | --key needs a value
                    http://a.example --key nonsense     | a wrong letter in it shows
                    http://a.example --key witness.example.org/w1+6d7ef907+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU | --key is not the key of a log
                    http://a.example --quorum 1         | the quorum of 0 witnesses
                    http://a.example --witness x        | --witness is not the key of a witness
                    http://a.example --zone Nowhere     | --zone is not a zone
                    """)
    void what_is_not_understood_is_said(String words, String because) throws Exception {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(because, "usage: verify URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundle.truncated",
                "bundle.wrong-width",
                "checkpoint.malformed",
                "checkpoint.other-log",
                "entry.no-event",
                "entry.not-canonical",
                "log.forked",
                "log.history-rewritten",
                "log.not-successor",
                "log.root-differs",
                "log.shrunk",
                "note.bad-signature",
                "note.malformed",
                "note.no-known-signature",
                "note.not-utf-8",
                "note.too-large",
                "note.too-many-signatures",
                "stream.sequence-broken",
                "tile.differs"
            })
    void each_way_to_be_broken_has_its_sentence_and_its_line_in_the_document(String code)
            throws Exception {
        assertThat(BrokenWords.of(new Verdict.Broken(code, Map.of())))
                .matches("[A-Z].*\\.")
                .doesNotContain("=", "{", "%s");
        assertThat(Path.of("../docs/verifying.md")).content().contains("`" + code + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify --help", "verify http://a.example -h", "witness --help"})
    void who_asks_for_help_gets_it(String words) throws Exception {
        PrintStream to = new PrintStream(out, true, UTF_8);
        assertThat(Main.run(List.of(words.split(" ", -1)), to, new PrintStream(err))).isZero();
        assertThat(out.toString(UTF_8)).startsWith("usage: " + words.split(" ", -1)[0]);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void the_jars_program_knows_its_two_commands_alone() throws Exception {
        PrintStream to = new PrintStream(err, true, UTF_8);
        assertThat(Main.run(List.of(), to, to)).isEqualTo(2);
        assertThat(Main.run(List.of("destroy"), to, to)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("usage: verify …", "witness …");
        assertThat(Main.run(List.of("verify", "nowhere"), to, to)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("usage: verify URL");
        assertThat(Main.run(List.of("witness"), to, to)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("usage: witness --log VKEY");
    }

    @Test
    void nobody_is_followed_elsewhere() throws Exception {
        log.hostile.put(
                "checkpoint.latest",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/ledger/");
                    exchange.sendResponseHeaders(302, -1);
                });
        assertThat(run(log.url().toString())).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("answered 302");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "tile/entries/000.p/1", "tile/0/000.p/1"})
    void bodies_without_end_are_cut(String path) throws Exception {
        log.hostile.put(path, VerifyCommandTest::endless);
        assertThat(run(log.url().toString())).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("answers more than");
    }

    @Test
    void a_body_that_unpacks_without_end_is_cut() throws Exception {
        log.hostile.put(
                "key",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    exchange.sendResponseHeaders(200, 0);
                    forEver(new GZIPOutputStream(exchange.getResponseBody()));
                });
        assertThat(run(log.url().toString())).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("answers more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip"})
    void packed_answers_are_read(String coding) throws Exception {
        byte[] bundle = Objects.requireNonNull(log.answer("tile/entries/000.p/1"));
        log.hostile.put(
                "tile/entries/000.p/1",
                exchange -> {
                    assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                            .isEqualTo("gzip");
                    exchange.getResponseHeaders().set("Content-Encoding", coding);
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream packed = new GZIPOutputStream(exchange.getResponseBody())) {
                        packed.write(bundle);
                    }
                });
        assertThat(run(log.url().toString())).isZero();
    }

    @Test
    void an_answer_in_a_coding_that_was_not_asked_for_says_nothing() throws Exception {
        log.hostile.put(
                "tile/entries/000.p/1",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "br");
                    exchange.sendResponseHeaders(200, 3);
                    exchange.getResponseBody().write(new byte[3]);
                });
        assertThat(run(log.url().toString())).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("in the coding br");
    }

    @Test
    void who_is_busy_is_asked_again_when_it_says() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<Long> at = new ArrayList<>();
        log.records.put(
                address(),
                exchange -> {
                    at.add(System.nanoTime());
                    if (asked.incrementAndGet() == 1) {
                        exchange.getResponseHeaders().set("Retry-After", "1");
                        exchange.sendResponseHeaders(429, -1);
                    } else {
                        ServedLog.json(record()).handle(exchange);
                    }
                });
        assertThat(run(log.url().toString())).isZero();
        assertThat(at.getLast() - at.getFirst()).isGreaterThan(990_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Sign in</html>",
                "[]",
                "{}",
                "{\"restsOn\": {\"commitment/x\": \"1\"}}",
                "{\"restsOn\": {\"commitment/x\": 1e30}}",
                "{\"restsOn\": {\"commitment/x\": 0}}",
                "{\"restsOn\": {}, \"restsOn\": {}}"
            })
    void what_is_no_record_is_told_as_such(String answer) throws Exception {
        log.records.put(address(), ServedLog.json(answer));
        assertThat(run(log.url().toString(), "--json")).isEqualTo(2);
        assertThat(json().at("/record/undecided/0/code").asString()).isEqualTo("record.unreadable");
    }

    @Test
    void a_record_of_wrong_types_throughout_differs() throws Exception {
        ObjectNode wrong = JsonMapper.shared().createObjectNode();
        record().propertyNames().forEach(name -> wrong.put(name, 7));
        wrong.set("restsOn", record().path("restsOn"));
        log.records.put(address(), ServedLog.json(wrong));
        assertThat(run(log.url().toString(), "--json")).isOne();
        assertThat(json().at("/record/differing").asInt()).isGreaterThan(10);
    }

    @Test
    void a_program_that_cannot_go_on_accuses_nobody() throws Exception {
        PrintStream full =
                new PrintStream(out, true, UTF_8) {
                    @Override
                    public void println(String line) {
                        throw new OutOfMemoryError("no more of it");
                    }
                };
        List<String> words = List.of("verify", log.url().toString(), "--log-only");
        assertThat(Main.run(words, full, new PrintStream(err))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("no more of it");
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        forEver(exchange.getResponseBody());
    }

    /** Until nobody reads any more. */
    private static void forEver(OutputStream body) {
        byte[] some = new byte[1 << 16];
        try {
            while (true) {
                body.write(some);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private ObjectNode record() {
        return told(told -> told.record(story.commitment, ON, Story.ZONE));
    }

    private ObjectNode place() {
        return told(told -> told.place(Story.PLACE, ON, Story.ZONE));
    }

    private interface Asked {
        ObjectNode of(Told told) throws Exception;
    }

    private ObjectNode told(Asked asked) {
        try {
            return asked.of(new Told(List.of(story)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String address() {
        return "/api/record/commitments/"
                + story.commitment.substring(story.commitment.indexOf('/') + 1);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toByteArray());
    }

    private int run(String... words) throws InterruptedException {
        return run(Duration.ZERO, words);
    }

    private int run(Duration patience, String... words) throws InterruptedException {
        return command(patience, false).run(List.of(words));
    }

    private void watched(String... words) throws InterruptedException {
        assertThat(command(Duration.ZERO, true).run(List.of(words)))
                .as("there is no record of the second promise")
                .isNotZero();
    }

    private VerifyCommand command(Duration patience, boolean somebodyLooksOn) {
        return new VerifyCommand(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                CLOCK,
                patience,
                somebodyLooksOn);
    }
}
