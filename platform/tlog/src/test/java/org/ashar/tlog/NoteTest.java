package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.ashar.kernel.Checked;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.tlog.NoteKey.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Notes, checkpoints and receipts, held against the specification's vector and a worked example.
 */
class NoteTest {

    private static final NoteKey PUBLISHED =
            NoteKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
                    .orThrow();
    private static final String PUBLISHED_NOTE =
            """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    private static final NoteSigner LOG =
            NoteSigner.of("log.example.org/test", Kind.ED25519, seed(1));
    private static final NoteSigner WITNESS =
            NoteSigner.of("witness.example.org/w1", Kind.COSIGNATURE, seed(2));
    private static final byte[] ENTRY =
            """
            {"data":{"amount":1.5,"by":"城市"},"id":"evt-1","source":"/gov/1","specversion":"1.0","type":"org.example.commitment.amended"}"""
                    .getBytes(UTF_8);
    private static final List<Hash> LEAVES =
            List.of(
                    hash("fa44f7f05da3ee5c1bf539a0d6d864f0c98e7aef13afad25c0728cba265842b4"),
                    hash("057344196910ad46b94469a4939586acf13305e7c0bdb3c08748cc8ec172167c"),
                    hash("f121005f05360e070b65b0252fd1a2cbdbdd93c52fe6c5feb6d15b71b2b62f9d"));
    private static final String CHECKPOINT =
            """
            log.example.org/test
            3
            uGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=

            — log.example.org/test l2n1vopoNPjZcFenua3uTyO9gbwe+Xq/2Bcp2hY29zLCHgfeQvsV9jZ0lSlwsVdvdLnkGzJCprDlulgeHNM52a9y3wo=
            — witness.example.org/w1 bX75BwAAAABo53gAdfgnJYTjH8bOElE8J28H+WNniELWPDDWVmP1wNO/l/fX9p/XPGU4PXOeyTw6eSZcGlA7q62gBqsKhfBkTHDdCw==
            """;

    @Test
    void the_published_note_verifies_and_any_changed_byte_spoils_it() {
        byte[] note = PUBLISHED_NOTE.getBytes(UTF_8);
        assertThat(SignedNote.parse(note).then(n -> n.verify(List.of(PUBLISHED))).orThrow())
                .hasSize(1);
        for (int at = 0; at < note.length; at++) {
            byte[] changed = note.clone();
            changed[at] ^= 1;
            assertThat(SignedNote.parse(changed).then(n -> n.verify(List.of(PUBLISHED))))
                    .as("byte " + at)
                    .isInstanceOf(Checked.Invalid.class);
        }
    }

    @Test
    void keys_are_written_as_others_write_them() {
        assertThat(LOG.key().vkey())
                .isEqualTo(
                        "log.example.org/test+9769f5be+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c");
        assertThat(WITNESS.key().vkey())
                .isEqualTo(
                        "witness.example.org/w1+6d7ef907+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU");
        assertThat(NoteKey.parse(WITNESS.key().vkey()).orThrow()).isEqualTo(WITNESS.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+00000000+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
                "log.example.org/test+9769F5BE+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
                "log.example.org/test+9769f5be+AoqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
                "log.example.org/test+9769f5be+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D28",
                "log.example.org/test+9769f5be+!!!!",
                "log example+9769f5be+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
            })
    void what_is_no_key_is_refused(String vkey) {
        assertThat(NoteKey.parse(vkey)).isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void the_worked_example_comes_out_byte_for_byte() {
        assertThat(CanonicalJson.of(ENTRY).orThrow()).isEqualTo(ENTRY);
        assertThat(Hash.leaf(ENTRY)).isEqualTo(LEAVES.get(1));
        RightEdge edge = RightEdge.EMPTY;
        for (Hash leaf : LEAVES) {
            edge = edge.append(leaf, (level, index, root) -> {});
        }
        Checkpoint checkpoint = new Checkpoint("log.example.org/test", 3, edge.root());
        String text = checkpoint.text();
        SignedNote note =
                new SignedNote(text, List.of(LOG.sign(text, 0), WITNESS.sign(text, 1760000000)));
        assertThat(note.written()).isEqualTo(CHECKPOINT);
        assertThat(Checkpoint.parse(note.text()).orThrow()).isEqualTo(checkpoint);
        List<NoteSignature> good =
                SignedNote.parse(CHECKPOINT.getBytes(UTF_8))
                        .then(n -> n.verify(List.of(LOG.key(), WITNESS.key())))
                        .orThrow();
        assertThat(good).hasSize(2);
        assertThat(good.getLast().time()).isEqualTo(1760000000);
    }

    @Test
    void a_receipt_proves_its_entry_and_no_other() {
        String receipt =
                """
                c2sp.org/tlog-proof@v1
                index 1
                +kT38F2j7lwb9Tmg1thk8MmOeu8Tr60lwHKMuiZYQrQ=
                8SEAXwU2DgcLZbAlL9Giy9vdk8Uv5sX+ttFbcbK2L50=

                """
                        + CHECKPOINT;
        LogProof proof = LogProof.parse(receipt.getBytes(UTF_8)).orThrow();
        assertThat(proof.written()).isEqualTo(receipt);
        assertThat(proof.proves(ENTRY, List.of(LOG.key()))).isTrue();
        assertThat(proof.proves("{}".getBytes(UTF_8), List.of(LOG.key()))).isFalse();
        assertThat(proof.proves(ENTRY, List.of(PUBLISHED))).isFalse();
        assertThat(
                        new LogProof(0, proof.path(), proof.checkpoint())
                                .proves(ENTRY, List.of(LOG.key())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 01\n\n",
                "c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\n",
                "c2sp.org/tlog-proof@v1\nindex 9999999999999999999\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n",
                "c2sp.org/tlog-proof@v2\nindex 1\n\n"
            })
    void what_is_no_receipt_is_refused(String start) {
        assertThat(LogProof.parse((start + CHECKPOINT).getBytes(UTF_8)))
                .isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void a_note_says_nothing_when_nobody_known_signed_it() {
        SignedNote note = SignedNote.parse(PUBLISHED_NOTE.getBytes(UTF_8)).orThrow();
        assertThat(note.verify(List.of(LOG.key())))
                .isEqualTo(Checked.invalid("note.no-known-signature"));
    }

    @Test
    void a_note_has_no_more_signatures_than_its_readers_take() {
        NoteSignature one = LOG.sign("text\n", 0);
        SignedNote most =
                new SignedNote("text\n", Collections.nCopies(SignedNote.MOST_SIGNATURES, one));
        assertThat(SignedNote.parse(most.written().getBytes(UTF_8)).orThrow()).isEqualTo(most);
        assertThatIllegalArgumentException().isThrownBy(() -> most.with(one));
    }

    @Test
    void notes_that_are_none_are_refused() {
        for (String bad :
                List.of(
                        "",
                        "text\n",
                        "text\n\n",
                        "text\n\nno signature\n",
                        "text\n\n— name AAAA\n",
                        "text\n\n— na+me AAAAAAAA\n",
                        "te\txt\n\n— name AAAAAAAA\n",
                        "text\n\n— name AAAAAAAA")) {
            assertThat(SignedNote.parse(bad.getBytes(UTF_8)))
                    .as(bad)
                    .isInstanceOf(Checked.Invalid.class);
        }
        byte[] broken = PUBLISHED_NOTE.getBytes(UTF_8);
        broken[3] = (byte) 0xff;
        assertThat(SignedNote.parse(broken)).isEqualTo(Checked.invalid("note.not-utf-8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "origin\n3\n",
                "origin\n03\nuGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=\n",
                "origin\n-3\nuGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=\n",
                "origin\n9223372036854775808\nuGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=\n",
                "origin\n3\nuGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+Cc\n",
                "origin\n3\nAAAA\n",
                "ori gin\n3\nuGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=\n",
                "origin\n3\nuGrSYUx9SYd1/vCQqHslQvBJ6b83KxkjgBd6gnP+CcQ=\n\nmore\n"
            })
    void what_is_no_checkpoint_is_refused(String text) {
        assertThat(Checkpoint.parse(text)).isInstanceOf(Checked.Invalid.class);
    }

    private static byte[] seed(int value) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) value);
        return seed;
    }

    private static Hash hash(String hex) {
        return Hash.of(HexFormat.of().parseHex(hex));
    }
}
