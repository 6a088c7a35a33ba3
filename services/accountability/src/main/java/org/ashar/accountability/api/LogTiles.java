package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.PastLogs;
import org.ashar.accountability.witness.WitnessedLog;
import org.ashar.accountability.witness.WitnessedPast;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
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
import org.springframework.web.bind.annotation.PathVariable;
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

    /** The prefix of a log, as of every log, ends with its name for programs: {@code ledger}. */
    private static final String PAST = "/logs/{log}/ledger/";

    private final Ledger ledger;
    private final WitnessedLog witnessed;
    private final PastLogs past;
    private final WitnessedPast witnessedPast;

    LogTiles(Ledger ledger, WitnessedLog witnessed, PastLogs past, WitnessedPast witnessedPast) {
        this.ledger = ledger;
        this.witnessed = witnessed;
        this.past = past;
        this.witnessedPast = witnessedPast;
    }

    /**
     * A log that was succeeded.
     *
     * @param size entries that its last checkpoint covers: the first ones of each later log
     * @param address of its key, checkpoint and tiles
     */
    record Succeeded(String origin, String vkey, long size, String address) {}

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

    /** The logs that this one goes on from, the first one first. */
    @GetMapping("/logs")
    List<Succeeded> logs() {
        return Store.read(past::all).stream()
                .map(
                        log ->
                                new Succeeded(
                                        log.key().name(),
                                        log.key().vkey(),
                                        log.size(),
                                        "/ledger/logs/" + log.log() + "/ledger"))
                .toList();
    }

    /** Of a log that was succeeded, the newest that enough witnesses cosigned, if any. */
    @GetMapping(PAST + "checkpoint")
    ResponseEntity<String> pastCheckpoint(@PathVariable String log) {
        return note(
                Store.read(() -> past.find(log).flatMap(witnessedPast::relied))
                        .orElseThrow(LogTiles::absent));
    }

    /** The last that a log signed which was succeeded, with what cosignatures it has. */
    @GetMapping(PAST + "checkpoint.latest")
    ResponseEntity<String> pastLatest(@PathVariable String log) {
        return note(
                Store.read(() -> past.find(log).flatMap(witnessedPast::newest))
                        .orElseThrow(LogTiles::absent));
    }

    @GetMapping(PAST + "key")
    ResponseEntity<String> pastKey(@PathVariable String log) {
        return key(Store.read(() -> past.find(log)).orElseThrow(LogTiles::absent).key());
    }

    @GetMapping(PAST + "tile/**")
    ResponseEntity<byte[]> pastTile(@PathVariable String log, HttpServletRequest request) {
        return tile(
                request.getRequestURI().substring((PREFIX + "logs/" + log + "/ledger/").length()),
                tile -> past.find(log).flatMap(found -> past.tile(found, tile)));
    }

    @GetMapping("/key")
    ResponseEntity<String> key() {
        return key(ledger.key());
    }

    /** No cache is to have it beside the checkpoint of a log that has succeeded. */
    private static ResponseEntity<String> key(NoteKey key) {
        return ResponseEntity.ok().contentType(TEXT).cacheControl(SECONDS).body(key.vkey() + "\n");
    }

    @GetMapping("/tile/**")
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        return tile(request.getRequestURI().substring(PREFIX.length()), ledger::tile);
    }

    private static ResponseEntity<byte[]> tile(String path, Function<Tile, Optional<byte[]>> log) {
        return switch (Tile.parse(path)) {
            case Checked.Valid<Tile>(Tile tile) ->
                    ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_OCTET_STREAM)
                            .cacheControl(FOR_EVER)
                            .body(Store.read(() -> log.apply(tile)).orElseThrow(LogTiles::absent));
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
