package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.ashar.json.AsharJson;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.LogProof;
import tools.jackson.databind.JsonNode;

/** What a reader was given while the log grew, to be held against the whole log in the end. */
final class Remembered {

    private final Set<Checkpoint> checkpoints = ConcurrentHashMap.newKeySet();
    private final Queue<JsonNode> receipts = new ConcurrentLinkedQueue<>();

    /**
     * Asks for the newest checkpoint, the newest entry and its receipt, and keeps what comes.
     *
     * @param asked gives what is at a path; empty where it gives nothing now
     */
    void look(Function<String, Optional<byte[]>> asked) {
        asked.apply("/ledger/checkpoint.latest")
                .map(RunningLedger::checkpoint)
                .ifPresent(checkpoints::add);
        asked.apply("/api/ledger/entries?limit=1")
                .map(page -> AsharJson.strict().readTree(page).path("items").path(0).path("entry"))
                .filter(JsonNode::isString)
                .map(entry -> AsharJson.strict().readTree(entry.asString()).path("id").asString())
                .flatMap(id -> asked.apply("/api/ledger/events/" + id))
                .map(AsharJson.strict()::readTree)
                .ifPresent(receipts::add);
    }

    /** How many receipts were handed out so far. */
    int receipts() {
        return receipts.size();
    }

    /** How many checkpoints were seen so far. */
    int checkpoints() {
        return checkpoints.size();
    }

    /** Nothing of it was ever anything else than what the log says now. */
    void assertHolds(RunningLedger.Read log) {
        for (Checkpoint checkpoint : checkpoints) {
            assertThat(checkpoint.root()).isEqualTo(log.roots().get((int) checkpoint.size()));
        }
        for (JsonNode receipt : receipts) {
            byte[] entry = log.leaves().get(receipt.path("index").asInt());
            LogProof proof =
                    LogProof.parse(receipt.path("receipt").asString().getBytes(UTF_8)).orThrow();
            Checkpoint signed = Checkpoint.parse(proof.checkpoint().text()).orThrow();
            assertThat(receipt.path("entry").asString()).isEqualTo(new String(entry, UTF_8));
            assertThat(proof.index()).isEqualTo(receipt.path("index").asLong());
            assertThat(proof.proves(entry, List.of(RunningLedger.KEY))).isTrue();
            assertThat(signed.root()).isEqualTo(log.roots().get((int) signed.size()));
        }
    }
}
