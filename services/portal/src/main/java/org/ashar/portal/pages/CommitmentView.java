package org.ashar.portal.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ashar.portal.pages.PlaceView.MoneyLine;
import org.ashar.portal.publicrecord.CommitmentRecord;
import org.ashar.portal.publicrecord.CommitmentRecord.Budget;
import org.ashar.portal.publicrecord.CommitmentRecord.DueItem;
import org.ashar.portal.publicrecord.CommitmentRecord.Milestone;
import org.ashar.portal.publicrecord.CommitmentRecord.Report;
import org.ashar.portal.publicrecord.CommitmentRecord.SpendingItem;
import org.ashar.portal.publicrecord.CommitmentRecord.VersionItem;
import org.ashar.portal.publicrecord.Entries;
import org.jspecify.annotations.Nullable;

/** A commitment's record, ready to be shown to one reader, within the size of a page. */
public final class CommitmentView {

    static final int TITLE = 300;
    private static final int DESCRIPTION = 600;
    private static final int NARRATIVE = 190;
    private static final int MILESTONES = 8;
    private static final int REPORTS = 3;
    private static final int DUE = 8;
    private static final int BUDGETS = 3;
    private static final int DELIVERABLE = 120;
    private static final int ENTRY = 68;
    private static final int VERSIONS = 2;
    private static final int SOURCES = 5;

    /** A deliverable, its badges and the events it rests on. */
    public record MilestoneLine(
            Milestone milestone,
            Wording.Said title,
            Wording.Said deliverable,
            Wording.@Nullable Said note,
            List<Badge> badges,
            boolean moved,
            List<EventLink> events) {}

    /** A budget with its bar. */
    public record BudgetLine(
            Budget budget,
            Badge state,
            Bar bar,
            boolean changed,
            Wording.Said title,
            List<CommitmentRecord.Source> sources) {}

    /** A report that fell due. */
    public record DueLine(String period, String dueOn, Badge badge) {}

    /** A report and what was said in each version. */
    public record ReportLine(Report report, String period, List<VersionLine> versions) {}

    /** One version: the published text, or a correction beside it. */
    public record VersionLine(
            VersionItem item,
            String anchor,
            String sequence,
            String day,
            Wording.@Nullable Said narrative,
            Wording.@Nullable Said reason) {}

    /** One entry of money spent. */
    public record SpendingLine(
            SpendingItem item, String anchor, Wording.Said description, String sequence) {}

    private final CommitmentRecord record;
    private final Entries<SpendingItem> spending;
    private final Wording w;
    private final Links links;
    private final String history;
    private final Set<String> here = new HashSet<>();
    private final int firstMilestone;
    private final int firstReport;

    CommitmentView(
            CommitmentRecord record, Entries<SpendingItem> spending, Wording w, Links links) {
        this.record = record;
        this.spending = spending;
        this.w = w;
        this.links = links;
        history = links.to("/commitments/" + record.id() + "/history");
        firstMilestone = start("milestones", record.milestones().size());
        firstReport = start("reports", record.reports().published().items().size());
        spending.items().forEach(item -> here.add(item.event()));
        shownReports()
                .forEach(report -> shown(report).forEach(version -> here.add(version.event())));
    }

    private int start(String parameter, int size) {
        int asked = links.number(parameter);
        return asked < size ? asked : 0;
    }

    public CommitmentRecord record() {
        return record;
    }

    public String history() {
        return history;
    }

    public Wording.Said title() {
        return w.said(record.commitment().title(), TITLE);
    }

    public Wording.Said description() {
        return wholeOr("description")
                ? w.said(record.commitment().description())
                : w.said(record.commitment().description(), DESCRIPTION);
    }

    private boolean wholeOr(String what) {
        return what.equals(links.asked("whole"));
    }

    /** Where it stands: its state, then what calls for attention. */
    public List<Badge> badges() {
        List<Badge> badges = new ArrayList<>();
        badges.add(Badge.ofState(record.state().value(), w));
        if (record.lateness().late() && record.lateness().nextDue() != null) {
            badges.add(
                    new Badge(
                            "late",
                            w.text("late.since", "date", w.date(record.lateness().nextDue()))));
        }
        if (overspent()) {
            badges.add(new Badge("overspent", w.text("overspent")));
        }
        return badges;
    }

    public boolean overspent() {
        return record.money().totals().stream().anyMatch(total -> !total.overspent().isZero());
    }

    /** Deliverables that still count. */
    public long milestonesCounted() {
        return record.milestones().stream().filter(m -> !m.dropped()).count();
    }

    public long milestonesMet() {
        return record.milestones().stream()
                .filter(m -> !m.dropped() && m.status().equals("met"))
                .count();
    }

    public boolean periodChanged() {
        return !record.commitment().period().equals(record.commitment().originalPeriod());
    }

    /** The newest report's status, where there is a report. */
    public @Nullable String latestStatus() {
        return record.reports().published().items().stream()
                .findFirst()
                .map(Report::status)
                .orElse(null);
    }

    public List<MoneyLine> money() {
        return record.money().totals().stream().map(MoneyLine::of).toList();
    }

    /** Links to what a figure follows from. */
    public List<EventLink> events(List<String> ids) {
        return EventLink.to(ids, history, here);
    }

    /** A link to one event. */
    public List<EventLink> event(String id) {
        return events(List.of(id));
    }

    /** The number of the first deliverable shown. */
    public int milestoneNumber() {
        return firstMilestone + 1;
    }

    public List<MilestoneLine> milestones() {
        return record.milestones().stream()
                .skip(firstMilestone)
                .limit(MILESTONES)
                .map(this::line)
                .toList();
    }

    public @Nullable String milestonesNext() {
        return next("milestones", firstMilestone + MILESTONES, record.milestones().size());
    }

    private @Nullable String next(String parameter, int start, int size) {
        return start < size ? links.with(parameter, start) + "#" + parameter : null;
    }

    private MilestoneLine line(Milestone m) {
        List<Badge> badges = new ArrayList<>();
        badges.add(Badge.ofMilestone(m.status(), m.dropped(), w));
        if (m.late()) {
            badges.add(new Badge("late", w.text("late.since", "date", w.date(m.due()))));
        }
        return new MilestoneLine(
                m,
                w.said(m.title(), DELIVERABLE),
                w.said(m.deliverable(), DELIVERABLE),
                m.note() == null ? null : w.said(m.note(), DELIVERABLE),
                badges,
                !m.due().equals(m.originalDue()),
                events(m.events()));
    }

    public List<BudgetLine> budgets() {
        return record.money().budgets().items().stream()
                .limit(BUDGETS)
                .map(
                        budget ->
                                new BudgetLine(
                                        budget,
                                        new Badge(
                                                "plain",
                                                w.named("budget.state.", budget.state().value())),
                                        Bar.of(budget.total(), budget.adjusted(), budget.spent()),
                                        budget.total().value().compareTo(budget.adjusted().value())
                                                != 0,
                                        w.said(budget.title(), DELIVERABLE),
                                        budget.sources().stream().limit(SOURCES).toList()))
                .toList();
    }

    /** Budgets that are in the record, and not on the page. */
    public boolean moreBudgets() {
        return record.money().budgets().items().size() > BUDGETS
                || record.money().budgets().next() != null;
    }

    public List<SpendingLine> spending() {
        return spending.items().stream()
                .map(
                        item ->
                                new SpendingLine(
                                        item,
                                        EventLink.anchor(item.event()),
                                        w.said(item.entry().description(), ENTRY),
                                        sequence(item.event())))
                .toList();
    }

    public @Nullable String spendingNext() {
        String cursor = spending.cursor();
        return cursor == null ? null : links.with("spending", cursor) + "#spending";
    }

    /** The way back to the newest entries. */
    public @Nullable String spendingFirst() {
        return links.asked("spending") == null ? null : links.without("spending") + "#spending";
    }

    /** The last reports that fell due, oldest first. */
    public List<DueLine> due() {
        List<DueItem> due = record.reports().due();
        return due.stream()
                .skip(Math.max(0, due.size() - DUE))
                .map(
                        item ->
                                new DueLine(
                                        w.reportingPeriod(item.period()),
                                        w.date(item.dueOn()),
                                        Badge.ofReport(item.standing(), w)))
                .toList();
    }

    public List<ReportLine> reports() {
        return shownReports().stream()
                .map(
                        report ->
                                new ReportLine(
                                        report,
                                        w.reportingPeriod(report.period()),
                                        shown(report).stream()
                                                .map(item -> version(report, item))
                                                .toList()))
                .toList();
    }

    /** The published text and its last corrections. */
    private static List<VersionItem> shown(Report report) {
        List<VersionItem> all = report.versions();
        if (all.size() <= VERSIONS) {
            return all;
        }
        List<VersionItem> shown = new ArrayList<>(List.of(all.getFirst()));
        shown.addAll(all.subList(all.size() - VERSIONS + 1, all.size()));
        return shown;
    }

    public @Nullable String reportsNext() {
        return next("reports", firstReport + REPORTS, record.reports().published().items().size());
    }

    private List<Report> shownReports() {
        return record.reports().published().items().stream()
                .skip(firstReport)
                .limit(REPORTS)
                .toList();
    }

    private VersionLine version(Report report, VersionItem item) {
        int limit = wholeOr(report.id()) ? Integer.MAX_VALUE : NARRATIVE;
        return new VersionLine(
                item,
                EventLink.anchor(item.event()),
                sequence(item.event()),
                w.moment(item.version().given().at()),
                item.version().narrative() == null
                        ? null
                        : w.said(item.version().narrative(), limit),
                item.version().reason() == null ? null : w.said(item.version().reason(), limit));
    }

    private static String sequence(String event) {
        return event.substring(event.lastIndexOf('@') + 1);
    }
}
