package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Tile;
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

    LogTiles(Ledger ledger) {
        this.ledger = ledger;
    }

    /** No witnesses are asked yet: the newest checkpoint is the one to rely on. */
    @GetMapping({"/checkpoint", "/checkpoint.latest"})
    ResponseEntity<String> checkpoint() {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(SECONDS)
                .body(Store.read(ledger::checkpoint).orElseThrow(LogTiles::absent));
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

    private static ProblemException absent() {
        return new ProblemException(Problem.of(404, "request.no-such-path"));
    }
}
