package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.messaging.LineEntry;
import org.ashar.progressreports.contract.consumed.BudgetNews.Approval;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Contact;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Lead;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Reporting;
import org.ashar.progressreports.readmodel.record.MoneyTotals.OfCurrency;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is publicly known of one commitment, in one document. {@code events} are the ids
 * of the events that the figure beside them follows from; {@code receipt} is the address of the
 * ledger's receipt of the event that it stands beside.
 *
 * @param asOf when the latest event in it was recorded
 * @param on the day for which lateness was derived
 * @param zone where days end at midnight: with it, anyone can derive this document from the events
 * @param incompleteSince set where events are known that could not be taken in yet
 * @param cutAt set where there are more budgets, reports, amendments or disputes than so many: the
 *     rest is not in it, nor in its totals
 * @param restsOn the last sequence taken in, by stream
 */
public record CommitmentRecord(
        String id,
        Instant asOf,
        LocalDate on,
        String zone,
        @Nullable Instant incompleteSince,
        @Nullable Integer cutAt,
        SortedMap<String, Long> restsOn,
        Promise commitment,
        State state,
        Lateness lateness,
        List<MilestoneRecord> milestones,
        MoneyRecord money,
        Reports reports,
        List<HistoryItem> amendments,
        List<HistoryItem> disputes,
        @Nullable HistoryItem withdrawal,
        Items<HistoryItem> history) {

    public record Promise(
            PlaceRef place,
            MultilingualText title,
            MultilingualText description,
            Lead lead,
            Contact contact,
            Period period,
            Period originalPeriod,
            List<Classification> classifications,
            Reporting reporting,
            LocalDate publishedOn,
            List<String> events) {}

    public record State(String value, Instant since, List<String> events) {}

    /**
     * What should have been done by the day before {@code on} and is not.
     *
     * @param nextDue the first day on which something still to be done is due, or was
     * @param days days since then; 0 when not late
     * @param milestones ids of those that are late
     */
    public record Lateness(
            boolean late, @Nullable LocalDate nextDue, long days, List<String> milestones) {}

    public record MilestoneRecord(
            String id,
            MultilingualText title,
            MultilingualText deliverable,
            String status,
            LocalDate due,
            LocalDate originalDue,
            boolean dropped,
            boolean late,
            long daysLate,
            @Nullable LocalDate metOn,
            @Nullable MultilingualText note,
            List<Evidence> evidence,
            List<String> events) {}

    /**
     * Promised, paid and left, budget by budget and in all.
     *
     * @param totals by currency
     */
    public record MoneyRecord(
            List<OfCurrency> totals, Items<BudgetRecord> budgets, Items<SpendingItem> spending) {}

    public record BudgetRecord(
            String id,
            MultilingualText title,
            Period period,
            State state,
            @Nullable Approval approval,
            Figure total,
            Figure adjusted,
            Figure spent,
            Figure refunded,
            Figure overspent,
            List<SourceRecord> sources,
            int entries) {}

    public record SourceRecord(String kind, MultilingualText name, Figure amount) {}

    public record SpendingItem(String event, String receipt, SpendingEntry entry) {
        public static SpendingItem of(LineEntry<SpendingEntry> line) {
            String event = EventIds.of(line);
            return new SpendingItem(event, EventIds.receipt(event), line.body());
        }
    }

    public record HistoryItem(String event, String receipt, HistoryEntry entry) {
        public static HistoryItem of(LineEntry<HistoryEntry> line) {
            String event = EventIds.of(line);
            return new HistoryItem(event, EventIds.receipt(event), line.body());
        }
    }

    /**
     * What was to be reported and what was.
     *
     * @param due every report that fell due before {@code on}, oldest first
     * @param overdue how many of these are missing
     * @param published the latest, newest first, with their corrections beside them
     */
    public record Reports(List<DueItem> due, long overdue, Items<ReportRecord> published) {}

    /**
     * A report that fell due.
     *
     * @param dueOn last day on which it was in time
     * @param daysLate days it came or is missing after that
     * @param events the commitment's own, and that of the report where there is one
     */
    public record DueItem(
            String period,
            Period days,
            LocalDate dueOn,
            String standing,
            long daysLate,
            @Nullable String report,
            List<String> events) {}

    public record ReportRecord(
            String id,
            String period,
            Period days,
            String status,
            LocalDate publishedOn,
            int corrections,
            List<VersionItem> versions,
            @Nullable String more,
            List<String> events) {}

    public record VersionItem(String event, String receipt, ReportVersion version) {
        public static VersionItem of(LineEntry<ReportVersion> line) {
            String event = EventIds.of(line);
            return new VersionItem(event, EventIds.receipt(event), line.body());
        }
    }

    /**
     * The beginning of a list.
     *
     * @param next address of the page that follows; absent when this is all
     */
    public record Items<T>(List<T> items, @Nullable String next) {
        public Items {
            items = List.copyOf(items);
        }
    }
}
