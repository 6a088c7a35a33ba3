package org.ashar.progressreports.readmodel.record;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Cursor;
import org.ashar.messaging.Incomplete;
import org.ashar.messaging.LineEntry;
import org.ashar.messaging.Page;
import org.ashar.messaging.Slice;
import org.ashar.messaging.SliceDefinition;
import org.ashar.messaging.ViewQuery;
import org.ashar.messaging.ViewReader;
import org.ashar.progressreports.domain.report.Subject;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.BudgetRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.ReportRecord;
import org.ashar.progressreports.readmodel.record.CommitmentSlice.State;
import org.jspecify.annotations.Nullable;

/** Reads the record of one commitment: a few look-ups by key and index. */
public final class RecordReader {

    /**
     * Budgets, reports, and turns of one kind of one commitment that are read, at most. Where there
     * are more the record says so.
     */
    static final int MOST = 5_000;

    private static final int SPENDING_SHOWN = 20;
    private static final int HISTORY_SHOWN = 50;

    private static final Comparator<LineEntry<HistoryEntry>> NEWEST_FIRST =
            Comparator.comparing((LineEntry<HistoryEntry> line) -> line.body().given().at())
                    .thenComparingLong(LineEntry::sequence)
                    .reversed();

    private final ViewReader reader;
    private final ZoneId zone;

    public RecordReader(ViewReader reader, ZoneId zone) {
        this.reader = reader;
        this.zone = zone;
    }

    /** The record of a published commitment, with lateness as of {@code on}. */
    public Optional<CommitmentRecord> commitment(StreamId commitment, LocalDate on) {
        return reader.slice(RecordView.COMMITMENTS, commitment)
                .map(
                        slice ->
                                new CommitmentRecordWriter(parts(slice), new Lateness(on, zone))
                                        .write());
    }

    /** What is known of a commitment that someone wants to report on. */
    public Subject subject(StreamId commitment) {
        return reader.slice(RecordView.COMMITMENTS, commitment)
                .<Subject>map(this::known)
                .orElseGet(() -> new Subject.Unknown(commitment));
    }

    /** One page of a commitment's spending, newest first. */
    public Page<LineEntry<SpendingEntry>> spending(
            StreamId commitment, @Nullable StreamId budget, @Nullable Cursor after, int limit) {
        ViewQuery query =
                budget == null ? of(commitment) : of(commitment).equal("budget", budget.toString());
        return reader.lines(
                RecordLines.SPENDING,
                query.sortedDescendingBy("spentOn").after(after).limit(limit));
    }

    /** One page of a commitment's history, newest first. */
    public Page<LineEntry<HistoryEntry>> history(
            StreamId commitment, @Nullable String kind, @Nullable Cursor after, int limit) {
        ViewQuery query = kind == null ? of(commitment) : of(commitment).equal("kind", kind);
        return reader.lines(
                RecordLines.HISTORY, query.sortedDescendingBy("at").after(after).limit(limit));
    }

    /** One page of a commitment's budgets. */
    public Page<BudgetRecord> budgets(StreamId commitment, @Nullable Cursor after, int limit) {
        Page<Slice<BudgetSlice>> page =
                reader.find(RecordView.BUDGETS, of(commitment).after(after).limit(limit));
        return new Page<>(
                page.rows().stream()
                        .map(budget -> CommitmentRecordWriter.budget(budget.body()))
                        .toList(),
                page.next());
    }

    /** One page of a commitment's reports, newest period first. */
    public Page<ReportRecord> reports(StreamId commitment, @Nullable Cursor after, int limit) {
        Page<Slice<ReportSlice>> page =
                reader.find(
                        RecordView.REPORTS,
                        of(commitment)
                                .sortedDescendingBy("begins")
                                .after(after)
                                .limit(Math.min(limit, CommitmentRecordWriter.REPORTS_SHOWN)));
        List<LineEntry<ReportVersion>> versions = versions(page.rows());
        Lateness lateness = new Lateness(LocalDate.EPOCH, zone);
        return new Page<>(
                page.rows().stream()
                        .map(
                                report ->
                                        CommitmentRecordWriter.report(
                                                report.body(), versions, lateness))
                        .toList(),
                page.next());
    }

    /** One page of a report's versions, the published text first. */
    public Page<LineEntry<ReportVersion>> versions(
            StreamId report, @Nullable Cursor after, int limit) {
        return reader.lines(
                RecordLines.VERSIONS,
                ViewQuery.all().equal("report", report.toString()).after(after).limit(limit));
    }

    /** One published report. */
    public Optional<Slice<ReportSlice>> report(StreamId report) {
        return reader.slice(RecordView.REPORTS, report);
    }

    /** Whether anything is known of a commitment. */
    public boolean knows(StreamId commitment) {
        return reader.slice(RecordView.COMMITMENTS, commitment).isPresent();
    }

    /** What of a commitment's events is known to be missing. */
    public Optional<Incomplete> incomplete(StreamId commitment) {
        return reader.incomplete(RecordView.COMMITMENTS, commitment);
    }

    private CommitmentParts parts(Slice<CommitmentSlice> slice) {
        StreamId commitment = slice.stream();
        Page<Slice<BudgetSlice>> budgets =
                all(after -> slices(RecordView.BUDGETS, of(commitment), after));
        Page<Slice<ReportSlice>> reports =
                all(
                        after ->
                                slices(
                                        RecordView.REPORTS,
                                        of(commitment).sortedDescendingBy("begins"),
                                        after));
        Page<LineEntry<HistoryEntry>> history = history(commitment, null, null, HISTORY_SHOWN);
        Page<LineEntry<HistoryEntry>> turns = history.next() == null ? history : turns(commitment);
        boolean cut = Stream.of(budgets, reports, turns).anyMatch(page -> page.next() != null);
        return new CommitmentParts(
                slice,
                budgets.rows(),
                reports.rows(),
                spending(commitment, null, null, SPENDING_SHOWN),
                versions(CommitmentRecordWriter.shown(reports.rows())),
                history,
                turns.rows(),
                cut ? MOST : null);
    }

    private Page<LineEntry<HistoryEntry>> turns(StreamId commitment) {
        List<LineEntry<HistoryEntry>> found = new ArrayList<>();
        Cursor left = null;
        for (String kind : CommitmentRecordWriter.TURNS) {
            Page<LineEntry<HistoryEntry>> turns =
                    all(after -> history(commitment, kind, after, ViewQuery.MAX_PAGE));
            found.addAll(turns.rows());
            left = turns.next() == null ? left : turns.next();
        }
        found.sort(NEWEST_FIRST);
        return new Page<>(found, left);
    }

    private List<LineEntry<ReportVersion>> versions(List<Slice<ReportSlice>> reports) {
        return reports.isEmpty()
                ? List.of()
                : reader.lines(
                                RecordLines.VERSIONS,
                                ViewQuery.all()
                                        .in(
                                                "report",
                                                reports.stream()
                                                        .map(r -> r.stream().toString())
                                                        .toList())
                                        .limit(CommitmentRecordWriter.VERSIONS_READ))
                        .rows();
    }

    private <D> Page<Slice<D>> slices(
            SliceDefinition<D> definition, ViewQuery query, @Nullable Cursor after) {
        return reader.find(definition, query.after(after).limit(ViewQuery.MAX_PAGE));
    }

    /** Page behind page, up to {@link #MOST} rows; what is left then begins at {@code next}. */
    private static <R> Page<R> all(Function<@Nullable Cursor, Page<R>> read) {
        List<R> found = new ArrayList<>();
        Cursor after = null;
        do {
            Page<R> page = read.apply(after);
            found.addAll(page.rows());
            after = page.next();
        } while (after != null && found.size() < MOST);
        return new Page<>(found, after);
    }

    private Subject.Known known(Slice<CommitmentSlice> slice) {
        CommitmentSlice commitment = slice.body();
        return new Subject.Known(
                commitment.id(),
                commitment.place(),
                slice.sequence(),
                commitment.publishedOn(),
                commitment.reporting().frequency(),
                commitment.endedAt() == null
                        ? null
                        : commitment.endedAt().atZone(zone).toLocalDate(),
                commitment.state() == State.WITHDRAWN,
                Set.copyOf(
                        commitment.milestones().stream()
                                .map(CommitmentSlice.Milestone::id)
                                .toList()),
                organisations(commitment));
    }

    private static Set<String> organisations(CommitmentSlice commitment) {
        String lead = commitment.lead().organisation();
        String publisher = commitment.publisher();
        return publisher == null ? Set.of(lead) : Set.copyOf(List.of(publisher, lead));
    }

    private static ViewQuery of(StreamId commitment) {
        return ViewQuery.all().equal("commitment", commitment.toString());
    }
}
