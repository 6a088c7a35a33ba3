package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.witness.WitnessedLog;
import org.ashar.kernel.Checked;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;
import org.ashar.tlog.WitnessPolicy;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Store;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The log as every tool that knows C2SP tlog-tiles reads it. */
@RestController
@RequestMapping("/ledger")
final class LogTiles {

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, UTF_8);
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final CacheControl SECONDS =
            CacheControl.maxAge(Duration.ofSeconds(1)).cachePublic();
    private static final String PREFIX = "/ledger/";

    private final Ledger ledger;
    private final WitnessedLog witnessed;

    LogTiles(Ledger ledger, WitnessedLog witnessed) {
        this.ledger = ledger;
        this.witnessed = witnessed;
    }

    /** The newest that enough witnesses cosigned; the newest at all where none is asked. */
    @GetMapping("/checkpoint")
    ResponseEntity<String> checkpoint() {
        return note(
                Store.read(witnessed::relied)
                        .orElseThrow(
                                () ->
                                        witnessed.policy().quorum() == 0
                                                ? absent()
                                                : notWitnessed(witnessed.policy())));
    }

    /** The newest that the log signed, with what cosignatures it has. */
    @GetMapping("/checkpoint.latest")
    ResponseEntity<String> latest() {
        return note(Store.read(witnessed::newest).orElseThrow(LogTiles::absent));
    }

    private static ResponseEntity<String> note(SignedNote note) {
        return ResponseEntity.ok().contentType(TEXT).cacheControl(SECONDS).body(note.written());
    }

    @GetMapping("/key")
    ResponseEntity<String> key() {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(ledger.key().vkey() + "\n");
    }

    @GetMapping("/tile/**")
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        return switch (Tile.parse(request.getRequestURI().substring(PREFIX.length()))) {
            case Checked.Valid<Tile>(Tile tile) ->
                    ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_OCTET_STREAM)
                            .cacheControl(FOR_EVER)
                            .body(
                                    Store.read(() -> ledger.tile(tile))
                                            .orElseThrow(LogTiles::absent));
            case Checked.Invalid<Tile> _ -> throw absent();
        };
    }

    private static ProblemException notWitnessed(WitnessPolicy policy) {
        return new ProblemException(
                Problem.of(
                        404,
                        "ledger.not-witnessed",
                        Map.of(
                                "quorum",
                                Integer.toString(policy.quorum()),
                                "witnesses",
                                Integer.toString(policy.witnesses().size()))));
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.of(404, "request.no-such-path"));
    }
}
