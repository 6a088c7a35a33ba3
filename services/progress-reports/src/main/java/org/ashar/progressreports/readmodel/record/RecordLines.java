package org.ashar.progressreports.readmodel.record;

import static org.ashar.messaging.ViewIndex.ascending;
import static org.ashar.messaging.ViewIndex.descending;

import java.util.List;
import java.util.Map;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.EventEnvelope;
import org.ashar.messaging.Line;
import org.ashar.messaging.LineDefinition;
import org.ashar.progressreports.contract.consumed.BudgetNews;
import org.ashar.progressreports.contract.consumed.CommitmentNews;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Amended;
import org.ashar.progressreports.contract.consumed.CommitmentNews.MilestoneAssessed;
import org.ashar.progressreports.contract.consumed.ReportNews;
import org.ashar.progressreports.readmodel.record.HistoryEntry.Amendment;
import org.ashar.progressreports.readmodel.record.HistoryEntry.Assessment;
import org.ashar.progressreports.readmodel.record.HistoryEntry.DueDate;
import org.ashar.progressreports.readmodel.record.HistoryEntry.MoneyDecision;
import org.jspecify.annotations.Nullable;

/** The growing lists of the record: history, spending, versions of reports. */
final class RecordLines {

    static final LineDefinition<HistoryEntry> HISTORY =
            new LineDefinition<>(
                    "history",
                    HistoryEntry.class,
                    List.of(
                            descending("commitment", "at"),
                            descending("commitment", "kind", "at")));

    static final LineDefinition<SpendingEntry> SPENDING =
            new LineDefinition<>(
                    "spending",
                    SpendingEntry.class,
                    List.of(
                            descending("commitment", "spentOn"),
                            descending("commitment", "budget", "spentOn")));

    static final LineDefinition<ReportVersion> VERSIONS =
            new LineDefinition<>("versions", ReportVersion.class, List.of(ascending("report")));

    private RecordLines() {}

    static List<Line> ofCommitment(EventEnvelope event, Object payload) {
        CommitmentNews news = (CommitmentNews) payload;
        Given given = Given.of(event, news.by());
        String kind = kind(event);
        HistoryEntry entry =
                switch (news) {
                    case CommitmentNews.Published _ -> HistoryEntry.plain(kind, given, null);
                    case CommitmentNews.Started _ -> HistoryEntry.plain(kind, given, null);
                    case MilestoneAssessed assessed ->
                            new HistoryEntry(
                                    kind,
                                    given,
                                    assessed.note(),
                                    new Assessment(
                                            assessed.milestone(),
                                            Kebab.of(assessed.outcome()),
                                            assessed.metOn()),
                                    null,
                                    null);
                    case CommitmentNews.ReportedComplete(_, MultilingualText statement) ->
                            HistoryEntry.plain(kind, given, statement);
                    case CommitmentNews.VerifiedComplete(_, MultilingualText statement) ->
                            HistoryEntry.plain(kind, given, statement);
                    case CommitmentNews.Disputed(_, MultilingualText reason) ->
                            HistoryEntry.plain(kind, given, reason);
                    case CommitmentNews.Resumed(_, MultilingualText response) ->
                            HistoryEntry.plain(kind, given, response);
                    case CommitmentNews.Withdrawn(_, MultilingualText reason) ->
                            HistoryEntry.plain(kind, given, reason);
                    case Amended amended ->
                            new HistoryEntry(
                                    kind,
                                    given,
                                    amended.rationale(),
                                    null,
                                    new Amendment(
                                            amended.period(),
                                            amended.milestones().stream()
                                                    .map(RecordLines::dueDate)
                                                    .toList()),
                                    null);
                };
        return List.of(history(event.stream(), entry));
    }

    static List<Line> ofBudget(EventEnvelope event, Object payload) {
        BudgetNews news = (BudgetNews) payload;
        Given given = Given.of(event, news.by());
        String kind = kind(event);
        return switch (news) {
            case BudgetNews.SpendingRecorded entry -> List.of(spending(event, entry, given));
            case BudgetNews.Proposed proposed ->
                    decided(
                            news,
                            kind,
                            given,
                            null,
                            new MoneyDecision(
                                    proposed.amounts().total(), proposed.sources(), null));
            case BudgetNews.Approved approved ->
                    decided(
                            news,
                            kind,
                            given,
                            null,
                            new MoneyDecision(null, List.of(), approved.approval()));
            case BudgetNews.Adjusted adjusted ->
                    decided(
                            news,
                            kind,
                            given,
                            adjusted.rationale(),
                            new MoneyDecision(
                                    adjusted.amounts().adjusted(),
                                    adjusted.sources(),
                                    adjusted.approval()));
            case BudgetNews.OverspendDetected overspend ->
                    decided(
                            news,
                            kind,
                            given,
                            null,
                            new MoneyDecision(overspend.over(), List.of(), null));
            case BudgetNews.Cancelled cancelled ->
                    decided(news, kind, given, cancelled.reason(), null);
            case BudgetNews.Committed _,
                    BudgetNews.Executed _,
                    BudgetNews.Closed _,
                    BudgetNews.Lapsed _ ->
                    decided(news, kind, given, null, null);
        };
    }

    static List<Line> ofReport(EventEnvelope event, Object payload) {
        return switch ((ReportNews) payload) {
            case ReportNews.Published published ->
                    List.of(
                            version(
                                    event.stream(),
                                    new ReportVersion(
                                            event.stream(),
                                            published.period(),
                                            0,
                                            null,
                                            published.status(),
                                            published.narrative(),
                                            published.noProgress(),
                                            published.indicators(),
                                            published.milestoneNotes(),
                                            published.evidence(),
                                            Given.of(event, published.by()))));
            case ReportNews.Corrected corrected ->
                    List.of(
                            version(
                                    event.stream(),
                                    new ReportVersion(
                                            event.stream(),
                                            corrected.period(),
                                            corrected.number(),
                                            corrected.reason(),
                                            corrected.status(),
                                            corrected.narrative(),
                                            corrected.noProgress(),
                                            corrected.indicators(),
                                            corrected.milestoneNotes(),
                                            corrected.evidence(),
                                            Given.of(event, corrected.by()))));
        };
    }

    private static DueDate dueDate(CommitmentNews.Milestone milestone) {
        return new DueDate(
                milestone.id(), milestone.due(), Boolean.TRUE.equals(milestone.dropped()));
    }

    private static List<Line> decided(
            BudgetNews news,
            String kind,
            Given given,
            @Nullable MultilingualText text,
            @Nullable MoneyDecision money) {
        return List.of(
                history(news.commitment(), new HistoryEntry(kind, given, text, null, null, money)));
    }

    private static Line history(StreamId commitment, HistoryEntry entry) {
        return new Line(
                HISTORY.collection(),
                Map.of(
                        "commitment",
                        commitment.toString(),
                        "kind",
                        entry.kind(),
                        "at",
                        entry.given().at()),
                entry);
    }

    private static Line spending(
            EventEnvelope event, BudgetNews.SpendingRecorded entry, Given given) {
        return new Line(
                SPENDING.collection(),
                Map.of(
                        "commitment",
                        entry.commitment().toString(),
                        "budget",
                        event.stream().toString(),
                        "spentOn",
                        entry.spentOn(),
                        "refund",
                        entry.amount().isNegative()),
                new SpendingEntry(
                        event.stream(),
                        entry.amount(),
                        entry.spentOn(),
                        entry.description(),
                        entry.evidence(),
                        entry.amounts().spent(),
                        given));
    }

    private static Line version(StreamId report, ReportVersion version) {
        return new Line(VERSIONS.collection(), Map.of("report", report.toString()), version);
    }

    /** {@code org.ashar.budget-commitments.commitment-amended.v1} → {@code commitment-amended}. */
    private static String kind(EventEnvelope event) {
        String[] parts = event.type().split("\\.", -1);
        return parts[parts.length - 2];
    }
}
