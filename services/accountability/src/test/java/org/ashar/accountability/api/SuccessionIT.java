package org.ashar.accountability.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.ashar.json.AsharJson;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;
import org.ashar.verifier.Auditor;
import org.ashar.verifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A new key is a new log, which goes on where the one before ends. */
class SuccessionIT {

    private static final String SEED = "08".repeat(32);
    private static final String ORIGIN = "new.example.org/ledger";
    private static final NoteKey KEY =
            NoteSigner.of(ORIGIN, NoteKey.Kind.ED25519, HexFormat.of().parseHex(SEED)).key();
    private static final String[] SUCCEEDING = {
        "--ashar.ledger.seed=" + SEED,
        "--ashar.ledger.origin=" + ORIGIN,
        "--ashar.ledger.succeeds=" + RunningLedger.KEY.vkey()
    };

    private static final String NO_ORIGIN = "--ashar.ledger.origin=";

    private static final String STATE = "auditor.state";
    private static final String READINESS = "/actuator/health/readiness";

    @TempDir private Path folder;

    @Test
    void a_new_log_goes_on_with_the_same_entries_and_the_old_one_stays_as_it_is() throws Exception {
        try (RunningLedger ledger = new RunningLedger(folder)) {
            URI base = ledger.start();
            publish(ledger, 1, 300);
            await().atMost(Duration.ofSeconds(30)).until(() -> ledger.size(base) == 300);
            byte[] last = ledger.get(base, "/ledger/checkpoint").body();
            assertThat(ledger.text(base, "/ledger/logs")).isEqualTo("[]");
            ledger.stopFirst();

            assertThatThrownBy(() -> ledger.start(SUCCEEDING[0], SUCCEEDING[1]))
                    .rootCause()
                    .hasMessageStartingWith(
                            "the ledger is signed with "
                                    + RunningLedger.KEY.vkey()
                                    + ", and the seed is another key's");
            assertThatThrownBy(() -> ledger.start(SUCCEEDING[0], SUCCEEDING[2]))
                    .hasRootCauseMessage(
                            "a log that succeeds another needs a name of its own, not "
                                    + RunningLedger.ORIGIN);

            assertThatThrownBy(() -> ledger.start(SUCCEEDING[1]))
                    .hasRootCauseMessage(
                            "the ledger is "
                                    + RunningLedger.ORIGIN
                                    + " for ever: ashar.ledger.origin cannot make it "
                                    + ORIGIN);

            URI next = ledger.start(SUCCEEDING);
            Checkpoint first = checkpoint(ledger, next);
            assertThat(first.size()).isEqualTo(300);
            assertThat(first.root()).isEqualTo(RunningLedger.checkpoint(last).root());
            publish(ledger, 2, 300);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> checkpoint(ledger, next).size() == 600);

            assertThat(ledger.get(next, "/ledger/logs/1/ledger/checkpoint").body()).isEqualTo(last);
            assertThat(ledger.text(next, "/ledger/logs/1/ledger/key"))
                    .isEqualTo(RunningLedger.KEY.vkey() + "\n");
            assertThat(ledger.text(next, "/ledger/logs"))
                    .isEqualTo(
                            "[{\"origin\":\"%s\",\"vkey\":\"%s\",\"size\":300,\"address\":\"/ledger/logs/1/ledger\"}]"
                                    .formatted(RunningLedger.ORIGIN, RunningLedger.KEY.vkey()));
            assertThat(ledger.get(next, "/ledger/logs/1/ledger/tile/0/001.p/44").statusCode())
                    .isEqualTo(200);
            for (String path :
                    List.of(
                            "/ledger/logs/1/ledger/tile/0/001.p/45",
                            "/ledger/logs/1/ledger/tile/0/001",
                            "/ledger/logs/1/ledger/tile/0/1",
                            "/ledger/logs/2/ledger/key",
                            "/ledger/logs/01/ledger/key",
                            "/ledger/logs/x/ledger/checkpoint")) {
                assertThat(ledger.get(next, path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(verified(next.resolve("/ledger/logs/1/"), RunningLedger.KEY, false))
                    .isEqualTo(300);
            assertThat(verified(next.resolve("/"), KEY, true)).isEqualTo(600);
            assertThat(folder.resolve(STATE)).content().startsWith(KEY.vkey() + "\n");
            Checkpoint now = checkpoint(ledger, next);
            assertThat(
                            Proofs.isConsistent(
                                    300, first.root(), now.size(), now.root(), path(ledger, next)))
                    .isTrue();
            ledger.stopFirst();

            for (String[] settings : List.of(SUCCEEDING, new String[] {SUCCEEDING[0], NO_ORIGIN})) {
                URI again = ledger.start(settings);
                assertThat(checkpoint(ledger, again)).isEqualTo(now);
                ledger.stopFirst();
            }
            assertThatThrownBy(ledger::start)
                    .rootCause()
                    .hasMessageStartingWith(
                            "the ledger is signed with "
                                    + KEY.vkey()
                                    + ", and the seed is another key's");
        }
    }

    @Test
    void a_process_that_was_forgotten_lets_go_and_is_not_ready() throws Exception {
        try (RunningLedger ledger = new RunningLedger(folder)) {
            URI forgotten = ledger.start();
            publish(ledger, 1, 3);
            await().atMost(Duration.ofSeconds(30)).until(() -> ledger.size(forgotten) == 3);
            assertThat(ledger.get(forgotten, READINESS).statusCode()).isEqualTo(200);
            EventReader follower = new EventReader(forgotten, "", "");
            assertThat(follower.place()).isEqualTo(2);

            URI next = ledger.start(SUCCEEDING);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ledger.get(forgotten, READINESS).statusCode() == 503);
            publish(ledger, 2, 3);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> checkpoint(ledger, next).size() == 6);
            assertThat(ledger.get(next, READINESS).statusCode()).isEqualTo(200);
            assertThat(ledger.size(forgotten)).isEqualTo(3);
            assertThatThrownBy(follower::next)
                    .as("who follows is to go on at the log that succeeded")
                    .isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> new EventReader(forgotten, "", "2"))
                    .hasMessageContaining(" 503 ");
        }
    }

    private static void publish(RunningLedger ledger, long sequence, int streams) {
        for (int stream = 0; stream < streams; stream++) {
            Future<RecordMetadata> _ =
                    ledger.publish(RunningLedger.stream("s" + stream), sequence, "{}");
        }
    }

    private static Checkpoint checkpoint(RunningLedger ledger, URI base) {
        SignedNote note = SignedNote.parse(ledger.get(base, "/ledger/checkpoint").body()).orThrow();
        note.verify(List.of(KEY)).orThrow();
        return Checkpoint.parse(note.text()).orThrow();
    }

    private static List<Hash> path(RunningLedger ledger, URI base) {
        JsonNode answer =
                AsharJson.strict()
                        .readTree(ledger.text(base, "/api/ledger/consistency?from=300&to=600"));
        return answer.path("path")
                .valueStream()
                .map(hash -> Hash.ofBase64(hash.asString()))
                .toList();
    }

    /** By an auditor who remembers what was seen before, of the old log too. */
    private long verified(URI log, NoteKey key, boolean successor) throws InterruptedException {
        Verdict verdict =
                new Auditor(
                                new Auditor.Task(
                                        log,
                                        key,
                                        folder.resolve(STATE),
                                        successor,
                                        new WitnessPolicy(0, List.of()),
                                        false,
                                        ZoneOffset.UTC,
                                        Duration.ZERO),
                                Clock.systemUTC())
                        .verify((_, _, _) -> {});
        assertThat(verdict).isInstanceOf(Verdict.LogVerified.class);
        return ((Verdict.LogVerified) verdict).log().size();
    }
}
