package org.ashar.progressreports.api;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Incomplete;
import org.ashar.progressreports.readmodel.record.CommitmentRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.BudgetRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.HistoryItem;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.ReportRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.SpendingItem;
import org.ashar.progressreports.readmodel.record.RecordReader;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public record of one commitment. */
@RestController
@RequestMapping("/api/record/commitments/{id}")
final class CommitmentRecords {

    private static final String UNKNOWN = "record.commitment-unknown";

    private final RecordReader record;
    private final Clock clock;
    private final ZoneId zone;

    CommitmentRecords(RecordReader record, Clock clock, ZoneId zone) {
        this.record = record;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping
    ResponseEntity<CommitmentRecord> record(@PathVariable String id, Query query) {
        LocalDate on = Addresses.on(query, LocalDate.ofInstant(clock.instant(), zone));
        return query.valid(
                () -> {
                    StreamId commitment = commitment(id);
                    CommitmentRecord found =
                            Store.read(() -> record.commitment(commitment, on))
                                    .orElseThrow(() -> missing(commitment));
                    return ResponseEntity.ok()
                            .eTag(
                                    ETags.of(
                                            found.restsOn(),
                                            found.incompleteSince(),
                                            found.cutAt(),
                                            found.on()))
                            .cacheControl(CacheControl.noCache())
                            .body(found);
                });
    }

    @GetMapping("/spending")
    Page<SpendingItem> spending(@PathVariable String id, Query query) {
        Optional<StreamId> budget = query.value("budget", CommitmentRecords::budget);
        Paging paging = query.paging();
        return query.valid(
                () ->
                        Store.read(
                                () ->
                                        Addresses.page(
                                                        record.spending(
                                                                known(id),
                                                                budget.orElse(null),
                                                                Addresses.cursor(query, paging),
                                                                paging.limit()))
                                                .map(SpendingItem::of)));
    }

    @GetMapping("/history")
    Page<HistoryItem> history(@PathVariable String id, Query query) {
        @Nullable String kind = query.value("kind", CommitmentRecords::kind).orElse(null);
        Paging paging = query.paging();
        return query.valid(
                () ->
                        Store.read(
                                () ->
                                        Addresses.page(
                                                        record.history(
                                                                known(id),
                                                                kind,
                                                                Addresses.cursor(query, paging),
                                                                paging.limit()))
                                                .map(HistoryItem::of)));
    }

    @GetMapping("/budgets")
    Page<BudgetRecord> budgets(@PathVariable String id, Query query) {
        Paging paging = query.paging();
        return query.valid(
                () ->
                        Store.read(
                                () ->
                                        Addresses.page(
                                                record.budgets(
                                                        known(id),
                                                        Addresses.cursor(query, paging),
                                                        paging.limit()))));
    }

    @GetMapping("/reports")
    Page<ReportRecord> reports(@PathVariable String id, Query query) {
        Paging paging = query.paging();
        return query.valid(
                () ->
                        Store.read(
                                () ->
                                        Addresses.page(
                                                record.reports(
                                                        known(id),
                                                        Addresses.cursor(query, paging),
                                                        paging.limit()))));
    }

    private StreamId known(String id) {
        StreamId commitment = commitment(id);
        if (!record.knows(commitment)) {
            throw missing(commitment);
        }
        return commitment;
    }

    /** Nothing is known of it, or only that something could not be read. */
    private ProblemException missing(StreamId commitment) {
        Optional<Incomplete> incomplete = Store.read(() -> record.incomplete(commitment));
        return incomplete.isEmpty()
                ? Addresses.notFound(UNKNOWN)
                : new ProblemException(
                        Problem.of(
                                404,
                                "record.incomplete",
                                Map.of("since", incomplete.get().since().toString())));
    }

    private static StreamId commitment(String id) {
        return Addresses.stream("commitment", id, UNKNOWN);
    }

    private static Checked<StreamId> budget(String id) {
        return StreamId.isId(id)
                ? Checked.valid(new StreamId("budget-commitment", id))
                : Checked.invalid("stream.malformed");
    }

    private static Checked<String> kind(String text) {
        return text.matches("[a-z][a-z-]{0,79}")
                ? Checked.valid(text)
                : Checked.invalid("record.unknown-kind");
    }
}
