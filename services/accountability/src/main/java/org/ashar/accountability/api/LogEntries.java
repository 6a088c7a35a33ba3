package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Optional;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.Selection;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The entries of the log for somebody who looks at the newest first, or for one by its index. */
@RestController
@RequestMapping("/api/ledger/entries")
final class LogEntries {

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Ledger ledger;

    LogEntries(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * An entry.
     *
     * @param entry the bytes that are hashed, which are the event in canonical JSON
     */
    record Listed(long index, String entry) {}

    /** The newest first; a page goes on before the index that it ended with. */
    @GetMapping
    Page<Listed> newest(Query query) {
        Selection selection = Selections.of(query);
        Optional<StreamId> subject = query.value("subject", LogEntries::subject);
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    long before = before(query, paging);
                    Ledger.Part found =
                            Store.read(
                                    () ->
                                            ledger.newest(
                                                    selection,
                                                    subject.orElse(null),
                                                    before,
                                                    paging.limit()));
                    return new Page<>(
                            found.entries().stream()
                                    .map(e -> new Listed(e.index(), new String(e.leaf(), UTF_8)))
                                    .toList(),
                            found.next() == 0 ? null : Long.toString(found.next()));
                });
    }

    /** The bytes of one entry. */
    @GetMapping("/{index}")
    ResponseEntity<byte[]> entry(@PathVariable String index, Query query) {
        return query.valid(
                () -> {
                    if (!(Selections.index(index) instanceof Checked.Valid<Long>(Long at))
                            || at >= Store.read(ledger::size)) {
                        throw new ProblemException(Problem.of(404, "ledger.no-such-entry"));
                    }
                    return ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .cacheControl(FOR_EVER)
                            .header(
                                    "Content-Disposition",
                                    "attachment; filename=\"entry-" + at + ".json\"")
                            .body(Store.read(() -> ledger.entry(at)));
                });
    }

    private static long before(Query query, Paging paging) {
        if (paging.after() == null) {
            return Long.MAX_VALUE;
        }
        return switch (Selections.index(paging.after())) {
            case Checked.Valid<Long>(Long index) -> index;
            case Checked.Invalid<Long> _ -> throw query.badCursor();
        };
    }

    private static Checked<StreamId> subject(String text) {
        return switch (StreamId.parse(text)) {
            case Checked.Valid<StreamId> stream -> stream;
            case Checked.Invalid<StreamId> _ -> Checked.invalid("ledger.malformed-subject");
        };
    }
}
