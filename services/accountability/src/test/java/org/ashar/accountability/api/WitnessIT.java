package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ashar.accountability.api.RunningLedger.now;
import static org.ashar.accountability.api.RunningLedger.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.ashar.accountability.witness.RunningWitness;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service as it runs, and a witness as anyone runs it. */
class WitnessIT {

    private static final StreamId ROAD = stream("road");
    private static final NoteKey LOG =
            NoteSigner.of(
                            "ledger.example.org/ledger",
                            Kind.ED25519,
                            HexFormat.of().parseHex("07".repeat(32)))
                    .key();

    @TempDir private static Path home;
    private static RunningLedger ledger;

    @BeforeAll
    static void start() throws Exception {
        ledger = new RunningLedger(home.resolve("ledger"));
        now(ledger.publish(ROAD, 1, "{}"));
    }

    @AfterAll
    static void stop() throws Exception {
        ledger.close();
    }

    @Test
    void the_checkpoint_is_what_the_witness_cosigned_and_waits_for_it() {
        RunningWitness before = witness(0);
        before.close();
        URI base =
                ledger.start(
                        "--ashar.ledger.witnesses=" + before.address() + " " + before.key().vkey(),
                        "--ashar.ledger.quorum=1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ledger.get(base, "/ledger/checkpoint.latest").statusCode() == 200);
        HttpResponse<byte[]> missing = ledger.get(base, "/ledger/checkpoint");
        assertThat(missing.statusCode()).isEqualTo(404);
        JsonNode problem = AsharJson.strict().readTree(missing.body());
        assertThat(problem.path("code").asString()).isEqualTo("ledger.not-witnessed");
        assertThat(problem.path("detail").asString()).contains("by 1 of its 1 witnesses");
        try (RunningWitness witness = witness(before.address().getPort())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> ledger.get(base, "/ledger/checkpoint").statusCode() == 200);
            SignedNote checkpoint =
                    SignedNote.parse(ledger.get(base, "/ledger/checkpoint").body()).orThrow();
            assertThat(checkpoint.verify(List.of(LOG, witness.key())).orThrow()).hasSize(2);
            String receipt =
                    new String(
                            ledger.get(base, "/api/ledger/events/" + ROAD + "@1.tlog-proof").body(),
                            UTF_8);
            LogProof proof = LogProof.parse(receipt.getBytes(UTF_8)).orThrow();
            assertThat(proof.checkpoint().verify(List.of(witness.key())).orThrow()).hasSize(1);
        }
    }

    @Test
    void settings_that_are_not_understood_stop_the_start_by_name() {
        assertThatThrownBy(() -> ledger.start("--ashar.ledger.quorum=2"))
                .hasStackTraceContaining("ASHAR_LEDGER_QUORUM");
        assertThatThrownBy(() -> ledger.start("--ashar.ledger.witnesses=https://w.example.org/"))
                .hasStackTraceContaining("ASHAR_LEDGER_WITNESSES");
    }

    private static RunningWitness witness(int port) {
        return new RunningWitness(home.resolve("witness"), "witness.example.org", LOG, port);
    }
}
