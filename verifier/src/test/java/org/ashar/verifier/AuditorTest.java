package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an auditor finds, and what a log cannot hide. */
class AuditorTest {

    private static final NoteSigner WITNESS =
            NoteSigner.of("one.example.org", Kind.COSIGNATURE, new byte[32]);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 700, 66_000})
    void a_log_of_any_size_is_verified(int size) throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(size);
            assertThat(verify(log))
                    .isInstanceOfSatisfying(
                            Verdict.Verified.class,
                            v -> assertThat(v.log().size()).isEqualTo(size));
        }
    }

    @Test
    void what_was_verified_earlier_is_the_beginning_of_what_is_there_now() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(300);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            log.appendMany(300);
            assertThat(remembering(log))
                    .isInstanceOfSatisfying(
                            Verdict.Verified.class,
                            v -> assertThat(v.log().remembered()).isEqualTo(300));
        }
    }

    @Test
    void a_rewritten_history_is_found_though_its_new_root_is_signed() throws Exception {
        try (ServedLog log = new ServedLog();
                ServedLog other = new ServedLog()) {
            log.appendMany(10);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            other.append(ServedLog.event("thing/other", 1));
            other.appendMany(9);
            assertThat(broken(remembering(other))).isEqualTo("stream.sequence-broken");
            try (ServedLog third = new ServedLog()) {
                for (int i = 1; i <= 12; i++) {
                    third.append(ServedLog.event("thing/quiet", i));
                }
                assertThat(broken(remembering(third))).isEqualTo("log.history-rewritten");
            }
        }
    }

    @Test
    void a_log_that_got_shorter_is_found() throws Exception {
        try (ServedLog log = new ServedLog();
                ServedLog shorter = new ServedLog()) {
            log.appendMany(10);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            shorter.appendMany(9);
            assertThat(broken(remembering(shorter))).isEqualTo("log.shrunk");
        }
    }

    @Test
    void a_checkpoint_that_a_cache_kept_too_long_is_asked_for_again() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(9);
            byte[] kept = log.checkpoint();
            log.appendMany(1);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            AtomicInteger asked = new AtomicInteger();
            log.hostile.put(
                    "checkpoint.latest",
                    exchange -> {
                        byte[] answer = asked.getAndIncrement() == 0 ? kept : log.checkpoint();
                        assertThat(exchange.getRequestHeaders().getFirst("Cache-Control"))
                                .isEqualTo("no-cache");
                        answer(exchange, answer);
                    });
            assertThat(
                            auditor(
                                            log.url(),
                                            null,
                                            folder.resolve("state"),
                                            Duration.ofSeconds(10))
                                    .verify((_, _, _) -> {}))
                    .isInstanceOf(Verdict.Verified.class);
            assertThat(asked).hasValueGreaterThan(1);
        }
    }

    @Test
    void any_flipped_bit_is_found() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(70);
            for (String path :
                    List.of("tile/0/000.p/70", "tile/entries/000.p/70", "checkpoint.latest")) {
                byte[] right = Objects.requireNonNull(log.answer(path));
                for (int at = 0; at < right.length; at += 31) {
                    byte[] wrong = right.clone();
                    wrong[at] ^= 1;
                    log.lies.put(path, wrong);
                    assertThat(verify(log)).as(path + " " + at).isInstanceOf(Verdict.Broken.class);
                }
                log.lies.clear();
            }
        }
    }

    @Test
    void an_entry_with_a_name_of_any_length_is_an_entry() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.append(
                    ServedLog.event("thing/a", 1)
                            .replace("{}", "{\"" + "n".repeat(60_000) + "\":\"\"}"));
            assertThat(verify(log)).isInstanceOf(Verdict.Verified.class);
        }
    }

    @Test
    void a_gap_in_a_stream_is_found() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.append(ServedLog.event("thing/a", 1));
            log.append(ServedLog.event("thing/a", 3));
            assertThat(broken(verify(log))).isEqualTo("stream.sequence-broken");
        }
    }

    @Test
    void the_same_event_twice_is_found() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.append(ServedLog.event("thing/a", 1));
            log.append(ServedLog.event("thing/a", 1));
            assertThat(broken(verify(log))).isEqualTo("stream.sequence-broken");
        }
    }

    @Test
    void an_entry_that_is_not_canonical_is_found() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.append(ServedLog.event("thing/a", 1).replace(":", ": "));
            assertThat(broken(verify(log))).isEqualTo("entry.not-canonical");
        }
    }

    @Test
    void another_key_than_the_one_that_is_trusted_is_found() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            NoteSigner other =
                    NoteSigner.of(
                            ServedLog.SIGNER.key().name(),
                            Kind.ED25519,
                            "x".repeat(32).getBytes(UTF_8));
            assertThat(broken(auditor(log.url(), other.key(), null).verify((_, _, _) -> {})))
                    .isEqualTo("note.no-known-signature");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in</html>", "\n\n— a page in prose\n", "\u00ff"})
    void a_page_in_the_place_of_the_checkpoint_accuses_nobody(String page) throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            log.lies.put("checkpoint.latest", page.getBytes(ISO_8859_1));
            assertThat(unknown(auditor(log.url(), ServedLog.SIGNER.key(), null)))
                    .contains("no signed note in the name of log.example.org/ledger");
            String name = ServedLog.SIGNER.key().name();
            log.lies.put("checkpoint.latest", (name + "\n" + page).getBytes(UTF_8));
            assertThat(broken(verify(log))).isEqualTo("note.malformed");
        }
    }

    @Test
    void a_key_that_contradicts_the_state_file_accuses_nobody() throws Exception {
        NoteKey other =
                NoteSigner.of(
                                ServedLog.SIGNER.key().name(),
                                Kind.ED25519,
                                "x".repeat(32).getBytes(UTF_8))
                        .key();
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            assertThat(unknown(auditor(log.url(), other, folder.resolve("state"))))
                    .contains("--key and the state file contradict each other", other.vkey());
        }
    }

    @Test
    void a_log_that_succeeds_another_must_begin_with_it() throws Exception {
        Path state = folder.resolve("state");
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            remember(state, log.size(), Hash.ofBase64(log.root()));
            log.appendMany(2);
            assertThat(succeeding(log, state)).isInstanceOf(Verdict.LogVerified.class);
            assertThat(state).content().startsWith(ServedLog.SIGNER.key().vkey() + "\n");

            remember(state, 4, Hash.ofBase64(log.root()));
            String before = Files.readString(state);
            assertThat(broken(succeeding(log, state))).isEqualTo("log.not-successor");
            remember(state, 6, Hash.ofBase64(log.root()));
            assertThat(broken(succeeding(log, state))).isEqualTo("log.not-successor");
            assertThat(state).content().isNotEqualTo(before).startsWith("old.example.org/");

            Files.delete(state);
            assertThat(succeeding(log, state)).isInstanceOf(Verdict.Unknown.class);
            assertThat(state).doesNotExist();
        }
    }

    private static void remember(Path state, long size, Hash root) throws IOException {
        NoteSigner old = NoteSigner.of("old.example.org/ledger", Kind.ED25519, new byte[32]);
        String text = new Checkpoint(old.key().name(), size, root).text();
        SignedNote note = new SignedNote(text, List.of(old.sign(text, 0)));
        Files.writeString(state, old.key().vkey() + "\n" + note.written());
    }

    private static Verdict succeeding(ServedLog log, Path state) throws InterruptedException {
        return new Auditor(
                        new Auditor.Task(
                                log.url(),
                                ServedLog.SIGNER.key(),
                                state,
                                true,
                                WitnessPolicy.NONE,
                                false,
                                ZoneOffset.UTC,
                                Duration.ZERO),
                        Clock.systemUTC())
                .verify((_, _, _) -> {});
    }

    @Test
    void another_log_at_the_address_accuses_nobody() throws Exception {
        NoteKey other = NoteSigner.of("other.example.org", Kind.ED25519, new byte[32]).key();
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            assertThat(unknown(auditor(log.url(), other, null)))
                    .contains(
                            "the log at this address is log.example.org/ledger, and the key is that of"
                                    + " other.example.org");
        }
    }

    @Test
    void a_checkpoint_of_another_log_is_found() throws Exception {
        try (ServedLog log = new ServedLog()) {
            String text = new Checkpoint("other.example.org", 0, Hash.EMPTY).text();
            log.lies.put(
                    "checkpoint.latest",
                    new SignedNote(text, List.of(ServedLog.SIGNER.sign(text, 0)))
                            .written()
                            .getBytes(UTF_8));
            assertThat(broken(verify(log))).isEqualTo("checkpoint.other-log");
        }
    }

    @Test
    void no_answer_says_nothing_against_the_log() throws Exception {
        URI gone;
        try (ServedLog log = new ServedLog()) {
            gone = log.url();
        }
        assertThat(unknown(auditor(gone, null, null)))
                .contains("nobody answers there")
                .doesNotContain("Exception");
    }

    @Test
    void a_state_file_that_is_none_is_said_and_kept() throws Exception {
        Path state = folder.resolve("state");
        Files.writeString(state, "nonsense");
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            assertThat(remembering(log)).isInstanceOf(Verdict.Unknown.class);
        }
        assertThat(state).hasContent("nonsense");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, Long.MAX_VALUE - 254, Long.MAX_VALUE})
    void a_signed_size_beyond_any_is_not_taken_unread(long size) throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            String before = Files.readString(folder.resolve("state"));
            log.lies.put("checkpoint.latest", signed(size));
            assertThat(remembering(log))
                    .isInstanceOfSatisfying(
                            Verdict.Unknown.class,
                            unknown ->
                                    assertThat(unknown.reason())
                                            .contains(Long.toString(size), "more than"));
            assertThat(folder.resolve("state")).hasContent(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n10\n", "\nlog.example.org/", "+AT"})
    void a_state_file_that_was_damaged_says_nothing_against_the_log(String damaged)
            throws Exception {
        Path state = folder.resolve("state");
        try (ServedLog log = new ServedLog()) {
            log.appendMany(10);
            assertThat(remembering(log)).isInstanceOf(Verdict.Verified.class);
            String right = Files.readString(state);
            assertThat(right).contains(damaged);
            String other = damaged.substring(0, damaged.length() - 1) + 'x';
            Files.writeString(state, right.replace(damaged, other));
            assertThat(remembering(log))
                    .isInstanceOfSatisfying(
                            Verdict.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("earlier run"));
        }
    }

    @Test
    void what_is_not_the_key_of_a_log_at_first_sight_says_nothing_against_the_log()
            throws Exception {
        NoteKey witness =
                NoteSigner.of(ServedLog.SIGNER.key().name(), Kind.COSIGNATURE, new byte[32]).key();
        try (ServedLog log = new ServedLog()) {
            for (String shown : List.of("<html>Sign in</html>", "", witness.vkey())) {
                log.lies.put("key", shown.getBytes(UTF_8));
                assertThat(remembering(log))
                        .as(shown)
                        .isInstanceOfSatisfying(
                                Verdict.Unknown.class,
                                unknown -> assertThat(unknown.reason()).contains("ledger/key"));
            }
        }
    }

    @Test
    void a_log_that_dropped_its_partial_tiles_is_read_from_the_full_ones() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(70);
            byte[] then = log.checkpoint();
            log.appendMany(200);
            log.lies.put("checkpoint.latest", then);
            for (String path : List.of("tile/0/000.p/70", "tile/entries/000.p/70")) {
                log.hostile.put(path, AuditorTest::notFound);
            }
            assertThat(verify(log))
                    .isInstanceOfSatisfying(
                            Verdict.Verified.class, v -> assertThat(v.log().size()).isEqualTo(70));
            byte[] wrong = Objects.requireNonNull(log.answer("tile/0/000")).clone();
            wrong[69 * Hash.SIZE] ^= 1;
            log.lies.put("tile/0/000", wrong);
            assertThat(broken(verify(log))).isEqualTo("tile.differs");
        }
    }

    @Test
    void what_witnesses_cosigned_is_held_against_the_log_however_much_was_before()
            throws Exception {
        try (ServedLog log = new ServedLog();
                ServedLog shown = new ServedLog()) {
            Deque<byte[]> answers = new ArrayDeque<>();
            for (int i = 0; i < 8; i++) {
                log.appendMany(1);
                answers.add(log.checkpoint());
            }
            log.appendMany(2);
            shown.appendMany(10);
            assertThat(remembering(shown)).isInstanceOf(Verdict.Verified.class);
            shown.appendMany(1);
            answers.add(shown.checkpoint());
            log.append(ServedLog.event("thing/other", 1));
            shown.hostile.put(
                    "checkpoint.latest",
                    exchange ->
                            answer(
                                    exchange,
                                    Objects.requireNonNull(
                                            answers.size() > 1
                                                    ? answers.remove()
                                                    : answers.peek())));
            shown.lies.put("checkpoint", cosigned(log));
            assertThat(broken(witnessed(shown, Duration.ofSeconds(6)))).isEqualTo("log.forked");
        }
    }

    @Test
    void a_cosigned_checkpoint_that_is_behind_is_asked_for_until_it_covers_what_was_read()
            throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            byte[] behind = cosigned(log);
            log.appendMany(4);
            byte[] covers = cosigned(log);
            AtomicInteger asked = new AtomicInteger();
            log.hostile.put(
                    "checkpoint",
                    exchange -> answer(exchange, asked.getAndIncrement() < 2 ? behind : covers));
            assertThat(witnessed(log, Duration.ofSeconds(6))).isInstanceOf(Verdict.Verified.class);
            log.lies.put("checkpoint", behind);
            log.hostile.clear();
            assertThat(witnessed(log, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Verdict.Unwitnessed.class,
                            v ->
                                    assertThat(v.log().witnessed().orElseThrow().missing())
                                            .hasValue(
                                                    "only the first 3 of the 7 events that were read"
                                                            + " are covered"));
        }
    }

    @Test
    void what_witnesses_cosigned_beyond_what_was_read_is_read_too() throws Exception {
        try (ServedLog log = new ServedLog();
                ServedLog other = new ServedLog()) {
            log.appendMany(3);
            log.lies.put("checkpoint.latest", log.checkpoint());
            log.appendMany(4);
            other.append(ServedLog.event("thing/other", 1));
            other.appendMany(6);
            log.lies.put("checkpoint", cosigned(other));
            assertThat(broken(witnessed(log, Duration.ZERO))).isEqualTo("log.root-differs");
            log.lies.put("checkpoint", cosigned(log));
            assertThat(witnessed(log, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Verdict.Verified.class, v -> assertThat(v.log().size()).isEqualTo(3));
        }
    }

    @Test
    void a_machine_that_fails_says_nothing_against_the_log() throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(3);
            assertThat(
                            auditor(log.url(), null, null)
                                    .verify(
                                            (_, _, _) -> {
                                                throw new OutOfMemoryError("no more of it");
                                            }))
                    .isInstanceOfSatisfying(
                            Verdict.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("no more of it"));
        }
    }

    private static byte[] signed(long size) {
        String text = new Checkpoint(ServedLog.SIGNER.key().name(), size, Hash.EMPTY).text();
        return new SignedNote(text, List.of(ServedLog.SIGNER.sign(text, 0)))
                .written()
                .getBytes(UTF_8);
    }

    private Verdict remembering(ServedLog log) throws InterruptedException {
        return auditor(log.url(), null, folder.resolve("state")).verify((_, _, _) -> {});
    }

    private static Verdict verify(ServedLog log) throws InterruptedException {
        return auditor(log.url(), ServedLog.SIGNER.key(), null).verify((_, _, _) -> {});
    }

    private static Auditor auditor(URI root, @Nullable NoteKey key, @Nullable Path state) {
        return auditor(root, key, state, Duration.ZERO);
    }

    private static Auditor auditor(
            URI root, @Nullable NoteKey key, @Nullable Path state, Duration patience) {
        return new Auditor(
                new Auditor.Task(
                        root,
                        key,
                        state,
                        false,
                        WitnessPolicy.NONE,
                        true,
                        ZoneOffset.UTC,
                        patience),
                Clock.systemUTC());
    }

    private Verdict witnessed(ServedLog log, Duration patience) throws InterruptedException {
        return new Auditor(
                        new Auditor.Task(
                                log.url(),
                                ServedLog.SIGNER.key(),
                                folder.resolve("state"),
                                false,
                                new WitnessPolicy(1, List.of(WITNESS.key())),
                                true,
                                ZoneOffset.UTC,
                                patience),
                        Clock.systemUTC())
                .verify((_, _, _) -> {});
    }

    private static byte[] cosigned(ServedLog log) {
        SignedNote note = SignedNote.parse(log.checkpoint()).orThrow();
        return note.with(WITNESS.sign(note.text(), 0)).written().getBytes(UTF_8);
    }

    /** A page, as servers answer it, in a coding that nobody asked for. */
    private static void notFound(HttpExchange exchange) throws IOException {
        byte[] page = new byte[5_000];
        exchange.getResponseHeaders().set("Content-Encoding", "br");
        exchange.sendResponseHeaders(404, page.length);
        exchange.getResponseBody().write(page);
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String unknown(Auditor auditor) throws InterruptedException {
        return auditor.verify((_, _, _) -> {}) instanceof Verdict.Unknown(String reason)
                ? reason
                : "";
    }

    private static String broken(Verdict verdict) {
        return verdict instanceof Verdict.Broken(String code, var _) ? code : verdict.toString();
    }
}
