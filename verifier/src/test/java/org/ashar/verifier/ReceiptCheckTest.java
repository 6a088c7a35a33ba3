package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A receipt that somebody kept, checked without asking anybody. */
class ReceiptCheckTest {

    private static final String KEY = ServedLog.SIGNER.key().vkey();
    private static final NoteSigner WITNESS =
            NoteSigner.of("one.example.org", Kind.COSIGNATURE, new byte[32]);
    private static final String ENTRY = ServedLog.event("thing/b", 1);

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_receipt_shows_its_event_to_be_in_the_log() throws Exception {
        assertThat(run(kept(), "--key", KEY)).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("Verified: thing/b@1 is in the log log.example.org/ledger, as entry 1.")
                .contains("checkpoint of size 2");
    }

    @Test
    void witnesses_are_asked_for_and_programs_are_told() throws Exception {
        assertThat(run(kept(), "--key", KEY, "--json", "--witness", WITNESS.key().vkey())).isZero();
        assertThat(JsonMapper.shared().readTree(out.toString(UTF_8)).path("receipt"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"event": "thing/b@1", "index": 1,
                                         "origin": "log.example.org/ledger", "size": 2}
                                        """));
        assertThat(out.toString(UTF_8)).contains("\"cosigned\":[{\"");
        NoteSigner other =
                NoteSigner.of("two.example.org", Kind.COSIGNATURE, "x".repeat(32).getBytes(UTF_8));
        assertThat(run(kept(), "--key", KEY, "--witness", other.key().vkey())).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("0 of the witnesses cosigned");
    }

    @Test
    void another_entry_another_name_another_path_or_another_key_shows_nothing() throws Exception {
        ObjectNode entry = kept();
        entry.put("entry", ENTRY.replace("told", "tole"));
        assertRefused(entry, KEY, "receipt.not-included");
        ObjectNode event = kept();
        event.put("event", "thing/a@1");
        assertRefused(event, KEY, "receipt.other-event");
        ObjectNode index = kept();
        index.put("receipt", index.get("receipt").asString().replace("index 1", "index 0"));
        assertRefused(index, KEY, "receipt.not-included");
        ObjectNode place = kept();
        place.put("index", 2);
        assertRefused(place, KEY, "receipt.other-place");
        place.put("index", "1");
        assertRefused(place, KEY, "receipt.other-place");
        ObjectNode leaf = kept();
        leaf.put("leaf", Hash.leaf("another".getBytes(UTF_8)).base64());
        assertRefused(leaf, KEY, "receipt.other-place");
        NoteSigner forger =
                NoteSigner.of(
                        "log.example.org/ledger", Kind.ED25519, "x".repeat(32).getBytes(UTF_8));
        assertRefused(kept(), forger.key().vkey(), "note.no-known-signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "no json",
                "{\"event\":1,\"entry\":[],\"receipt\":7}",
                "{\"event\":\"thing/b@1\",\"entry\":\"{}\",\"receipt\":\"\"}",
                "{\"event\":\"thing/b@1\",\"event\":\"thing/b@1\"}"
            })
    void what_is_no_receipt_is_said_to_be_none(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("kept"), text);
        assertThat(verify("--receipt", file.toString(), "--key", KEY)).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("Not verified");
    }

    @Test
    void a_file_that_is_not_there_or_too_large_says_nothing() throws Exception {
        assertThat(verify("--receipt", folder.resolve("none").toString(), "--key", KEY))
                .isEqualTo(2);
        Path large = Files.write(folder.resolve("large"), new byte[2 * 1024 * 1024]);
        assertThat(verify("--receipt", large.toString(), "--key", KEY)).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("cannot be read", "too large");
    }

    @ParameterizedTest
    @CsvSource({
        "--receipt file",
        "--receipt file --key KEY --state other",
        "https://ashar.example.org --receipt file --key KEY",
        "--receipt"
    })
    void a_receipt_goes_with_a_key_and_with_nothing_that_is_for_installations(String words)
            throws Exception {
        assertThat(verify(words.replace("KEY", KEY).split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("verify: --receipt needs");
    }

    private void assertRefused(ObjectNode receipt, String key, String code) throws Exception {
        out.reset();
        assertThat(run(receipt, "--key", key)).isOne();
        assertThat(out.toString(UTF_8))
                .startsWith(
                        "WRONG: this receipt does not show that its event is in the log ("
                                + code
                                + ").");
    }

    private int run(ObjectNode receipt, String... more) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("kept"), receipt.toString());
        List<String> words = new ArrayList<>(List.of("--receipt", file.toString()));
        words.addAll(Arrays.asList(more));
        return verify(words.toArray(String[]::new));
    }

    private int verify(String... words) throws InterruptedException {
        return new VerifyCommand(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        Clock.systemUTC())
                .run(List.of(words));
    }

    /** Of the second entry of two, as the service answers it. */
    private static ObjectNode kept() {
        Hash first = Hash.leaf(ServedLog.event("thing/a", 1).getBytes(UTF_8));
        Hash root = Hash.node(first, Hash.leaf(ENTRY.getBytes(UTF_8)));
        String text = new Checkpoint(ServedLog.SIGNER.key().name(), 2, root).text();
        SignedNote note =
                new SignedNote(
                        text, List.of(ServedLog.SIGNER.sign(text, 0), WITNESS.sign(text, 0)));
        return JsonMapper.shared()
                .createObjectNode()
                .put("event", "thing/b@1")
                .put("index", 1)
                .put("leaf", Hash.leaf(ENTRY.getBytes(UTF_8)).base64())
                .put("entry", ENTRY)
                .put("receipt", new LogProof(1, List.of(first), note).written());
    }
}
