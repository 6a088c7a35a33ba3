package org.ashar.progressreports.readmodel.record;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Cursor;
import org.ashar.messaging.LineEntry;
import org.ashar.messaging.Slice;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.DueReport;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.Standing;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.BudgetRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.DueItem;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.HistoryItem;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.Items;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.MilestoneRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.MoneyRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.Promise;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.ReportRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.Reports;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.SourceRecord;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.SpendingItem;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.State;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.VersionItem;
import org.ashar.progressreports.readmodel.record.MoneyTotals.Kind;
import org.jspecify.annotations.Nullable;

/** Puts a commitment's record together. Pure: the same parts and day give the same document. */
final class CommitmentRecordWriter {

    static final int BUDGETS_SHOWN = 50;
    static final int REPORTS_SHOWN = 12;
    static final int VERSIONS_READ = 200;

    private static final List<String> AMENDMENTS = List.of("commitment-amended");
    private static final List<String> DISPUTES =
            List.of("commitment-disputed", "commitment-resumed");
    private static final List<String> WITHDRAWAL = List.of("commitment-withdrawn");

    /**
     * What changes a promise is shown however much of its history follows: of each kind, the newest
     * {@value RecordReader#MOST}.
     */
    static final List<String> TURNS =
            Stream.of(AMENDMENTS, DISPUTES, WITHDRAWAL).flatMap(List::stream).toList();

    private final CommitmentParts parts;
    private final CommitmentSlice slice;
    private final Lateness lateness;
    private final String address;

    CommitmentRecordWriter(CommitmentParts parts, Lateness lateness) {
        this.parts = parts;
        this.slice = parts.commitment().body();
        this.lateness = lateness;
        this.address = address(slice.id());
    }

    static String address(StreamId commitment) {
        return "/api/record/commitments/" + commitment.id();
    }

    /** The newest reports, which are the ones shown. */
    static List<Slice<ReportSlice>> shown(List<Slice<ReportSlice>> reports) {
        return reports.stream()
                .sorted(
                        Comparator.comparing(
                                        (Slice<ReportSlice> report) ->
                                                report.body().period().days().start())
                                .reversed())
                .limit(REPORTS_SHOWN)
                .toList();
    }

    CommitmentRecord write() {
        List<HistoryItem> turns = items(parts.turns());
        return new CommitmentRecord(
                slice.id().id(),
                parts.asOf(),
                lateness.on(),
                lateness.zone().getId(),
                parts.incompleteSince(),
                parts.cutAt(),
                parts.restsOn(),
                promise(),
                new State(
                        Kebab.of(slice.state()),
                        slice.stateAt(),
                        EventIds.of(slice.id(), slice.stateBy())),
                late(),
                slice.milestones().stream().map(this::milestone).toList(),
                money(),
                reports(),
                ofKinds(turns, AMENDMENTS),
                ofKinds(turns, DISPUTES),
                ofKinds(turns, WITHDRAWAL).stream().findFirst().orElse(null),
                new Items<>(
                        items(parts.history().rows()), next("/history", parts.history().next())));
    }

    private Promise promise() {
        return new Promise(
                slice.place(),
                slice.title(),
                slice.description(),
                slice.lead(),
                slice.contact(),
                slice.period(),
                slice.originalPeriod(),
                slice.classifications(),
                slice.reporting(),
                slice.publishedOn(),
                EventIds.of(slice.id(), slice.publishedBy(), slice.periodBy(), slice.amendedBy()));
    }

    private CommitmentRecord.Lateness late() {
        LocalDate nextDue = slice.nextDue();
        return new CommitmentRecord.Lateness(
                lateness.late(nextDue),
                nextDue,
                lateness.days(nextDue),
                slice.milestones().stream()
                        .filter(this::late)
                        .map(CommitmentSlice.Milestone::id)
                        .toList());
    }

    private boolean late(CommitmentSlice.Milestone milestone) {
        return slice.state().open() && milestone.open() && lateness.late(milestone.due());
    }

    private MilestoneRecord milestone(CommitmentSlice.Milestone milestone) {
        return new MilestoneRecord(
                milestone.id(),
                milestone.title(),
                milestone.deliverable(),
                Kebab.of(milestone.status()),
                milestone.due(),
                milestone.originalDue(),
                milestone.dropped(),
                late(milestone),
                late(milestone) ? lateness.days(milestone.due()) : 0,
                milestone.metOn(),
                milestone.note(),
                milestone.evidence(),
                EventIds.of(
                        slice.id(),
                        milestone.definedBy(),
                        milestone.dueBy(),
                        milestone.assessedBy()));
    }

    private MoneyRecord money() {
        MoneyTotals totals = new MoneyTotals();
        parts.budgets().forEach(budget -> totals.add(budget.body()));
        List<BudgetRecord> shown =
                parts.budgets().stream()
                        .limit(BUDGETS_SHOWN)
                        .map(budget -> budget(budget.body()))
                        .toList();
        List<SpendingItem> spending =
                parts.spending().rows().stream().map(SpendingItem::of).toList();
        return new MoneyRecord(
                totals.byCurrency(address + "/budgets", false),
                new Items<>(
                        shown, shown.size() < parts.budgets().size() ? address + "/budgets" : null),
                new Items<>(spending, next("/spending", parts.spending().next())));
    }

    static BudgetRecord budget(BudgetSlice budget) {
        Map<Kind, BigInteger> amounts = MoneyTotals.amounts(budget).byKind();
        String currency = budget.total().currency().getCurrencyCode();
        String entries = address(budget.commitment()) + "/spending?budget=" + budget.id().id();
        return new BudgetRecord(
                budget.id().id(),
                budget.title(),
                budget.period(),
                new State(
                        Kebab.of(budget.state()),
                        budget.stateAt(),
                        EventIds.of(budget.id(), budget.stateBy())),
                budget.approval(),
                new Figure(
                        budget.total().amount(),
                        currency,
                        MoneyTotals.events(budget, Kind.PROMISED),
                        null),
                new Figure(
                        budget.adjusted().amount(),
                        currency,
                        MoneyTotals.events(budget, Kind.ADJUSTED),
                        null),
                new Figure(
                        budget.spent().amount(),
                        currency,
                        MoneyTotals.events(budget, Kind.SPENT),
                        budget.entries() > 1 ? entries : null),
                new Figure(
                        MoneyTotals.decimal(currency, budget.refunded()),
                        currency,
                        MoneyTotals.events(budget, Kind.REFUNDED),
                        budget.refundedBy() > 0 ? entries : null),
                new Figure(
                        MoneyTotals.decimal(
                                currency, amounts.getOrDefault(Kind.OVERSPENT, BigInteger.ZERO)),
                        currency,
                        budget.overspent() ? MoneyTotals.events(budget, Kind.OVERSPENT) : List.of(),
                        null),
                budget.sources().stream()
                        .map(
                                source ->
                                        new SourceRecord(
                                                source.kind(),
                                                source.name(),
                                                new Figure(
                                                        source.amount().amount(),
                                                        source.amount()
                                                                .currency()
                                                                .getCurrencyCode(),
                                                        MoneyTotals.events(budget, Kind.ADJUSTED),
                                                        null)))
                        .toList(),
                budget.entries());
    }

    private Reports reports() {
        Map<String, ReportSlice> byPeriod = new HashMap<>();
        parts.reports().forEach(r -> byPeriod.put(r.body().period().id(), r.body()));
        List<DueItem> due = new ArrayList<>();
        for (DueReport one :
                lateness.reportsDue(
                        slice.publishedOn(),
                        slice.reporting().frequency(),
                        slice.reporting().graceDays(),
                        slice.endedAt())) {
            due.add(due(one, byPeriod.get(one.period().id())));
        }
        List<Slice<ReportSlice>> shown = shown(parts.reports());
        return new Reports(
                due,
                due.stream().filter(item -> item.standing().equals("overdue")).count(),
                new Items<>(
                        shown.stream()
                                .map(report -> report(report.body(), parts.versions(), lateness))
                                .toList(),
                        shown.size() < parts.reports().size() ? address + "/reports" : null));
    }

    private DueItem due(DueReport due, @Nullable ReportSlice report) {
        LocalDate publishedOn = report == null ? null : lateness.day(report.publishedAt());
        Standing standing = due.standing(publishedOn, lateness.on());
        LocalDate until =
                switch (standing) {
                    case PUBLISHED_LATE -> publishedOn;
                    case OVERDUE -> lateness.on();
                    case DUE, PUBLISHED -> due.dueOn();
                };
        List<String> events = new ArrayList<>(EventIds.of(slice.id(), slice.publishedBy()));
        if (report != null) {
            events.addAll(EventIds.of(report.id(), report.publishedBy()));
        }
        return new DueItem(
                due.period().id(),
                due.period().days(),
                due.dueOn(),
                Kebab.of(standing),
                until == null ? 0 : ChronoUnit.DAYS.between(due.dueOn(), until),
                report == null ? null : report.id().id(),
                events);
    }

    static ReportRecord report(
            ReportSlice report, List<LineEntry<ReportVersion>> read, Lateness lateness) {
        List<VersionItem> versions =
                read.stream()
                        .filter(line -> line.stream().equals(report.id()))
                        .map(VersionItem::of)
                        .toList();
        return new ReportRecord(
                report.id().id(),
                report.period().id(),
                report.period().days(),
                Kebab.of(report.status()),
                lateness.day(report.publishedAt()),
                report.corrections(),
                versions,
                versions.size() <= report.corrections()
                        ? "/api/progress-reports/" + report.id().id() + "/versions"
                        : null,
                EventIds.of(report.id(), report.publishedBy(), report.correctedBy()));
    }

    private static List<HistoryItem> items(List<LineEntry<HistoryEntry>> lines) {
        return lines.stream().map(HistoryItem::of).toList();
    }

    private static List<HistoryItem> ofKinds(List<HistoryItem> history, List<String> kinds) {
        return history.stream().filter(item -> kinds.contains(item.entry().kind())).toList();
    }

    private @Nullable String next(String list, @Nullable Cursor cursor) {
        return cursor == null ? null : address + list + "?after=" + cursor;
    }
}
