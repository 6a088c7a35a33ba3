package org.ashar.accountability.api;

import java.io.ByteArrayOutputStream;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.LogEntry;
import org.ashar.accountability.ledger.Selection;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The events of the log, from any index on: one canonical CloudEvent a line (NDJSON). */
@RestController
@RequestMapping("/api/ledger/events")
final class LoggedEvents {

    private static final MediaType NDJSON = MediaType.parseMediaType("application/x-ndjson");
    private static final int MOST_LINES = 1_000;

    private final Ledger ledger;

    LoggedEvents(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The header {@code Next-From} tells where to go on; it is always there. */
    @GetMapping
    ResponseEntity<byte[]> events(Query query) {
        long from = query.value("from", Selections::index).orElse(0L);
        Selection selection = Selections.of(query);
        return query.valid(
                () -> {
                    long size = Store.read(ledger::size);
                    if (from > size) {
                        throw new ProblemException(Problem.of(404, "ledger.no-such-index"));
                    }
                    Ledger.Part found =
                            Store.read(() -> ledger.select(selection, from, size, MOST_LINES));
                    ByteArrayOutputStream lines = new ByteArrayOutputStream();
                    for (LogEntry entry : found.entries()) {
                        lines.writeBytes(entry.leaf());
                        lines.write('\n');
                    }
                    return ResponseEntity.ok()
                            .contentType(NDJSON)
                            .header("Next-From", Long.toString(found.next()))
                            .body(lines.toByteArray());
                });
    }
}
