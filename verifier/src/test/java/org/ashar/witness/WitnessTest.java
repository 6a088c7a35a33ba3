package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness cosigns, and that it never forgets it. */
class WitnessTest {

    private static final long NOON = 1_760_000_000;
    private static final String ORIGIN = "log.example.org/ledger";
    private static final GrowingLog LOG = new GrowingLog(ORIGIN, "honest", 70);
    private static final GrowingLog FORK = new GrowingLog(ORIGIN, "forged", 70);
    private static final GrowingLog OTHER = new GrowingLog("other.example.org/ledger", "more", 9);

    @TempDir Path data;
    private WitnessFolder folder;
    private Witness witness;

    @BeforeEach
    void open() throws Exception {
        open(NOON);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void a_log_is_followed_from_its_first_checkpoint_on() throws Exception {
        assertCosigned(LOG, 0, 0);
        assertCosigned(LOG, 0, 3);
        assertCosigned(LOG, 3, 3);
        assertCosigned(LOG, 3, 4);
        assertCosigned(LOG, 4, 70);
        assertCosigned(OTHER, 0, 9);
        assertThat(witness.add(LOG.asked(4, 70))).isEqualTo(new Answer.OtherSize(70));
    }

    @Test
    void a_request_that_starts_elsewhere_hears_what_was_cosigned_last() throws Exception {
        assertThat(witness.add(LOG.asked(3, 5))).isEqualTo(new Answer.OtherSize(0));
        assertCosigned(LOG, 0, 5);
        assertThat(witness.add(LOG.asked(0, 5))).isEqualTo(new Answer.OtherSize(5));
        assertThat(witness.add(LOG.asked(3, 7))).isEqualTo(new Answer.OtherSize(5));
        assertThat(witness.add(LOG.asked(6, 7))).isEqualTo(new Answer.OtherSize(5));
    }

    @Test
    void a_shrinking_log_is_not_cosigned() throws Exception {
        assertCosigned(LOG, 0, 5);
        assertThat(witness.add(LOG.asked(3, 4))).isEqualTo(new Answer.OtherSize(5));
        assertThat(witness.add(new AddCheckpoint(5, List.of(), LOG.checkpoint(4)).written()))
                .isEqualTo(new Answer.Refused(Answer.Reason.SHRINKING));
        assertRemembered(LOG, 5);
    }

    @Test
    void a_fork_is_not_cosigned_whatever_its_proof() throws Exception {
        assertCosigned(LOG, 0, 5);
        SignedNote fork = FORK.checkpoint(9);
        assertThat(witness.add(FORK.asked(5, 9))).isEqualTo(new Answer.Inconsistent(fork));
        assertThat(witness.add(new AddCheckpoint(5, LOG.path(5, 9), fork).written()))
                .isEqualTo(new Answer.Inconsistent(fork));
        assertThat(witness.add(new AddCheckpoint(5, List.of(), fork).written()))
                .isEqualTo(new Answer.Inconsistent(fork));
        assertThat(witness.add(FORK.asked(5, 5)))
                .as("same size, another root")
                .isEqualTo(new Answer.Inconsistent(FORK.checkpoint(5)));
        assertRemembered(LOG, 5);
        assertCosigned(LOG, 5, 9);
    }

    @Test
    void a_proof_where_nothing_is_to_be_shown_is_wrong() throws Exception {
        SignedNote first = LOG.checkpoint(5);
        assertThat(witness.add(new AddCheckpoint(0, LOG.path(3, 5), first).written()))
                .isEqualTo(new Answer.Inconsistent(first));
        assertCosigned(LOG, 0, 5);
        assertThat(witness.add(new AddCheckpoint(5, LOG.path(3, 5), first).written()))
                .isEqualTo(new Answer.Inconsistent(first));
    }

    @Test
    void an_empty_tree_with_a_root_is_none() throws Exception {
        String text = new Checkpoint(ORIGIN, 0, Hash.leaf(new byte[0])).text();
        SignedNote note = new SignedNote(text, List.of(LOG.signer.sign(text, 0)));
        assertThat(witness.add(new AddCheckpoint(0, List.of(), note).written()))
                .isEqualTo(new Answer.Inconsistent(note));
    }

    @Test
    void what_a_known_log_did_not_sign_is_refused() throws Exception {
        GrowingLog unknown = new GrowingLog("unknown.example.org/ledger", "honest", 2);
        SignedNote foreign =
                new SignedNote(
                        LOG.checkpoint(2).text(),
                        List.of(unknown.signer.sign(LOG.checkpoint(2).text(), 0)));
        SignedNote another =
                new SignedNote(LOG.checkpoint(2).text(), LOG.checkpoint(3).signatures());
        assertThat(witness.add(unknown.asked(0, 2)))
                .isEqualTo(new Answer.Refused(Answer.Reason.UNKNOWN_LOG));
        for (SignedNote bad : List.of(foreign, another)) {
            assertThat(witness.add(new AddCheckpoint(0, List.of(), bad).written()))
                    .isEqualTo(new Answer.Refused(Answer.Reason.NOT_SIGNED));
        }
        assertThat(folder.last(ORIGIN)).isEmpty();
    }

    @Test
    void what_is_no_request_is_refused() throws Exception {
        SignedNote noCheckpoint = new SignedNote("text\n", LOG.checkpoint(1).signatures());
        for (byte[] bad :
                List.of(
                        new byte[0],
                        "{}".getBytes(UTF_8),
                        new byte[70_000],
                        new AddCheckpoint(0, List.of(), noCheckpoint).written())) {
            assertThat(witness.add(bad)).isEqualTo(new Answer.Refused(Answer.Reason.MALFORMED));
        }
    }

    @Test
    void a_clock_that_jumps_back_never_makes_a_cosignature_older_than_the_last() throws Exception {
        assertThat(assertCosigned(LOG, 0, 3).time()).isEqualTo(NOON);
        reopen(NOON - 3_600);
        assertThat(assertCosigned(LOG, 3, 4).time()).isEqualTo(NOON);
        assertThat(assertCosigned(OTHER, 0, 4).time()).isEqualTo(NOON - 3_600);
        reopen(NOON + 1);
        assertThat(assertCosigned(LOG, 4, 5).time()).isEqualTo(NOON + 1);
    }

    @Test
    void a_cosignature_that_was_kept_and_never_sent_binds_all_the_same() throws Exception {
        assertCosigned(LOG, 0, 3);
        assertCosigned(LOG, 3, 7);
        reopen(NOON); // the answer to the last one got lost, as when it is killed here
        assertThat(witness.add(LOG.asked(3, 7))).isEqualTo(new Answer.OtherSize(7));
        assertThat(witness.add(FORK.asked(7, 7)))
                .isEqualTo(new Answer.Inconsistent(FORK.checkpoint(7)));
        assertCosigned(LOG, 7, 7);
    }

    @Test
    void a_note_that_repeats_its_logs_line_leaves_a_memory_that_can_be_read() throws Exception {
        SignedNote once = LOG.checkpoint(3);
        SignedNote often =
                new SignedNote(
                        once.text(),
                        Collections.nCopies(
                                SignedNote.MOST_SIGNATURES, once.signatures().getFirst()));
        assertThat(witness.add(new AddCheckpoint(0, LOG.path(0, 3), often).written()))
                .isInstanceOf(Answer.Cosigned.class);
        reopen(NOON);
        assertRemembered(LOG, 3);
        assertCosigned(LOG, 3, 5);
    }

    @Test
    void nothing_is_cosigned_that_cannot_be_kept() throws Exception {
        assertCosigned(LOG, 0, 3);
        Path inTheWay = Files.createDirectories(data.resolve(".memory.json.new/x"));
        assertThatIOException().isThrownBy(() -> witness.add(LOG.asked(3, 4)));
        assertRemembered(LOG, 3);
        Files.delete(inTheWay);
        assertCosigned(LOG, 3, 5);
    }

    @Test
    void of_forks_that_ask_at_once_one_is_cosigned() throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                GrowingLog one = i % 2 == 0 ? LOG : FORK;
                answers.add(threads.submit(() -> witness.add(one.asked(0, 5))));
            }
        }
        int cosigned = 0;
        for (Future<Answer> answer : answers) {
            switch (answer.get(1, TimeUnit.SECONDS)) {
                case Answer.Cosigned _ -> cosigned++;
                case Answer other -> assertThat(other).isEqualTo(new Answer.OtherSize(5));
            }
        }
        assertThat(cosigned).isEqualTo(1);
    }

    private NoteSignature assertCosigned(GrowingLog log, int from, int to) throws Exception {
        Answer answer = witness.add(log.asked(from, to));
        assertThat(answer).isInstanceOf(Answer.Cosigned.class);
        NoteSignature cosignature = ((Answer.Cosigned) answer).cosignature();
        assertThat(
                        log.checkpoint(to)
                                .cosignature(
                                        cosignature.line().getBytes(UTF_8), folder.signer().key())
                                .orThrow())
                .isEqualTo(cosignature);
        assertRemembered(log, to);
        return cosignature;
    }

    private void assertRemembered(GrowingLog log, int size) {
        assertThat(folder.last(log.signer.key().name()))
                .hasValueSatisfying(
                        last ->
                                assertThat(last.checkpoint().text())
                                        .isEqualTo(log.checkpoint(size).text()));
    }

    private void reopen(long now) throws Exception {
        folder.close();
        open(now);
    }

    private void open(long now) throws Exception {
        folder = WitnessFolder.open(data, Optional.of("witness.example.org"));
        witness =
                new Witness(
                        folder,
                        Map.of(
                                ORIGIN,
                                List.of(LOG.signer.key()),
                                "other.example.org/ledger",
                                List.of(OTHER.signer.key())),
                        Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC));
    }
}
