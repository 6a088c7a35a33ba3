package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What logs and witnesses say to each other, and whose word is enough. */
class WitnessTest {

    private static final NoteSigner LOG =
            NoteSigner.of("log.example.org/test", Kind.ED25519, seed(1));
    private static final NoteSigner WITNESS =
            NoteSigner.of("witness.example.org/w1", Kind.COSIGNATURE, seed(2));
    private static final NoteSigner OTHER =
            NoteSigner.of("witness.example.org/w2", Kind.COSIGNATURE, seed(3));
    private static final String CHECKPOINT =
            """
            log.example.org/test
            3
            uGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=

            — log.example.org/test l2n1vopoNPjZcFenua3uTyO9gbwe+Xq/2Bcp2hY29zLCHgfeQvsV9jZ0lSlwsVdvdLnkGzJCprDlulgeHNM52a9y3wo=
            """;
    private static final String COSIGNATURE =
            """
            — witness.example.org/w1 bX75BwAAAABo53gAdfgnJYTjH8bOElE8J28H+WNniELWPDDWVmP1wNO/l/fX9p/XPGU4PXOeyTw6eSZcGlA7q62gBqsKhfBkTHDdCw==
            """;
    private static final String HASH = "8SEAXwU2DgcLZbAlL9Giy9vdk8Uv5sX+ttFbcbK2L50=\n";
    private static final String REQUEST = "old 2\n" + HASH + "\n" + CHECKPOINT;
    private static final SignedNote NOTE = SignedNote.parse(CHECKPOINT.getBytes(UTF_8)).orThrow();

    @Test
    void a_request_is_written_as_it_is_read() {
        AddCheckpoint read = AddCheckpoint.parse(REQUEST.getBytes(UTF_8)).orThrow();
        assertThat(read.oldSize()).isEqualTo(2);
        assertThat(read.path()).extracting(hash -> hash.base64() + "\n").containsExactly(HASH);
        assertThat(read.checkpoint()).isEqualTo(NOTE);
        assertThat(read.written()).isEqualTo(REQUEST.getBytes(UTF_8));
        String first = "old 0\n\n" + CHECKPOINT;
        assertThat(AddCheckpoint.parse(first.getBytes(UTF_8)).orThrow().written())
                .isEqualTo(first.getBytes(UTF_8));
    }

    @Test
    void a_request_has_as_many_hashes_as_the_largest_tree_needs_and_no_more() {
        String most = "old 2\n" + HASH.repeat(63) + "\n" + CHECKPOINT;
        String more = "old 2\n" + HASH.repeat(64) + "\n" + CHECKPOINT;
        assertThat(AddCheckpoint.parse(most.getBytes(UTF_8)).orThrow().path()).hasSize(63);
        assertThat(AddCheckpoint.parse(more.getBytes(UTF_8))).isInstanceOf(Checked.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "old\n\n",
                "old \n\n",
                "old 01\n\n",
                "old -1\n\n",
                "old +1\n\n",
                "old  1\n\n",
                "old 1 \n\n",
                "old 1\r\n\n",
                "Old 1\n\n",
                "old ١\n\n",
                "old 9223372036854775808\n\n",
                "old 99999999999999999999\n\n",
                "old 1\nAAAA\n\n",
                "old 1\n8SEAXwU2DgcLZbAlL9Giy9vdk8Uv5sX+ttFbcbK2L51=\n\n",
                "old 1\n 8SEAXwU2DgcLZbAlL9Giy9vdk8Uv5sX+ttFbcbK2L50=\n\n",
                "old 1\n8SEAXwU2DgcLZbAlL9Giy9vdk8Uv5sX+ttFbcbK2L50\n\n",
                "old 1\nold 2\n\n",
                "old 1\n"
            })
    void what_is_no_request_is_refused(String start) {
        assertThat(AddCheckpoint.parse((start + CHECKPOINT).getBytes(UTF_8)))
                .isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void a_request_without_a_good_note_or_too_large_is_refused() {
        byte[] notUtf8 = ("old 0\n\n" + CHECKPOINT).getBytes(UTF_8);
        notUtf8[9] = (byte) 0xff;
        for (byte[] bad :
                List.of(
                        "old 0\n\n".getBytes(UTF_8),
                        "old 0\n\nlog\n3\n".getBytes(UTF_8),
                        ("old \u00ff\n\n" + CHECKPOINT).getBytes(ISO_8859_1),
                        notUtf8,
                        ("old 0\n\n" + "x".repeat(AddCheckpoint.LARGEST) + CHECKPOINT)
                                .getBytes(UTF_8))) {
            assertThat(AddCheckpoint.parse(bad)).isInstanceOf(Checked.Invalid.class);
        }
    }

    @Test
    void a_witness_answers_with_the_cosignature_of_the_worked_example() {
        assertThat(WITNESS.sign(NOTE.text(), 1760000000).line()).isEqualTo(COSIGNATURE);
        assertThat(NOTE.cosignature(COSIGNATURE.getBytes(UTF_8), WITNESS.key()).orThrow())
                .isEqualTo(WITNESS.sign(NOTE.text(), 1760000000));
    }

    @Test
    void an_answer_may_hold_lines_of_others_beside_the_witness_s_own() {
        String answer = OTHER.sign(NOTE.text(), 5).line() + COSIGNATURE;
        assertThat(NOTE.cosignature(answer.getBytes(UTF_8), WITNESS.key()).orThrow().time())
                .isEqualTo(1760000000);
    }

    @Test
    void an_answer_that_is_no_cosignature_of_this_text_is_refused() {
        String spoilt = COSIGNATURE.replace("bX75BwAAAABo53gA", "bX75BwAAAABo53gB");
        String another = WITNESS.sign(NOTE.text().replace("\n3\n", "\n4\n"), 1760000000).line();
        String whole = NOTE.text().replace("\n3\n", "\n4\n") + "\n" + another;
        for (String bad :
                List.of(
                        "",
                        "\n",
                        "rubbish\n",
                        COSIGNATURE.strip(),
                        OTHER.sign(NOTE.text(), 5).line(),
                        spoilt,
                        spoilt + COSIGNATURE,
                        another,
                        "\n" + COSIGNATURE,
                        "more\n\n" + COSIGNATURE,
                        whole,
                        COSIGNATURE + "\n" + COSIGNATURE)) {
            assertThat(NOTE.cosignature(bad.getBytes(UTF_8), WITNESS.key()))
                    .as(bad)
                    .isInstanceOf(Checked.Invalid.class);
        }
    }

    @Test
    void a_policy_counts_each_witness_once_and_only_good_cosignatures() {
        WitnessPolicy both = new WitnessPolicy(2, List.of(WITNESS.key(), OTHER.key()));
        SignedNote one = NOTE.with(WITNESS.sign(NOTE.text(), 1));
        assertThat(both.isMetBy(NOTE)).isFalse();
        assertThat(both.isMetBy(one.with(WITNESS.sign(NOTE.text(), 2)))).isFalse();
        assertThat(both.isMetBy(one.with(OTHER.sign("another\n", 2)))).isFalse();
        assertThat(both.isMetBy(one.with(OTHER.sign(NOTE.text(), 2)))).isTrue();
        assertThat(new WitnessPolicy(1, both.witnesses()).isMetBy(one)).isTrue();
        assertThat(WitnessPolicy.NONE.isMetBy(NOTE)).isTrue();
    }

    @Test
    void a_policy_that_could_not_be_met_or_would_count_one_twice_is_none() {
        NoteKey renamed = NoteSigner.of("other", Kind.COSIGNATURE, seed(2)).key();
        NoteKey namesake = NoteSigner.of("witness.example.org/w1", Kind.COSIGNATURE, seed(4)).key();
        NoteKey key = WITNESS.key();
        assertRefused(0, List.of(key));
        assertRefused(2, List.of(key));
        assertRefused(-1, List.of());
        assertRefused(1, List.of());
        assertRefused(1, List.of(LOG.key()));
        assertRefused(1, List.of(key, key));
        assertRefused(1, List.of(key, renamed));
        assertRefused(1, List.of(key, namesake));
    }

    private static void assertRefused(int quorum, List<NoteKey> witnesses) {
        assertThatIllegalArgumentException().isThrownBy(() -> new WitnessPolicy(quorum, witnesses));
    }

    private static byte[] seed(int value) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) value);
        return seed;
    }
}
