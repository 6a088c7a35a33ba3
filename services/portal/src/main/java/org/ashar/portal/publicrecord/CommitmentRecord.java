package org.ashar.portal.publicrecord;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.portal.publicrecord.PlaceRecord.Lead;
import org.jspecify.annotations.Nullable;

/** What is known of one commitment. {@code events} are what the figure beside them follows from. */
public record CommitmentRecord(
        String id,
        Instant asOf,
        LocalDate on,
        @Nullable Instant incompleteSince,
        Promise commitment,
        State state,
        Lateness lateness,
        List<Milestone> milestones,
        Spent money,
        Reports reports,
        List<HistoryItem> amendments,
        List<HistoryItem> disputes,
        @Nullable HistoryItem withdrawal,
        Entries<HistoryItem> history) {

    public CommitmentRecord {
        milestones = List.copyOf(milestones);
        amendments = List.copyOf(amendments);
        disputes = List.copyOf(disputes);
    }

    /** What was promised. */
    public record Promise(
            PlaceRef place,
            MultilingualText title,
            MultilingualText description,
            Lead lead,
            Contact contact,
            Period period,
            Period originalPeriod,
            List<Classification> classifications,
            LocalDate publishedOn,
            List<String> events) {

        public Promise {
            classifications = List.copyOf(classifications);
            events = List.copyOf(events);
        }
    }

    /** The office to ask. */
    public record Contact(
            MultilingualText office, @Nullable String phone, @Nullable String email) {}

    /** Where something stands, and since when. */
    public record State(String value, Instant since, List<String> events) {

        public State {
            events = List.copyOf(events);
        }
    }

    /** Whether something is late: {@code nextDue} is the day it was due. */
    public record Lateness(
            boolean late, @Nullable LocalDate nextDue, long days, List<String> milestones) {

        public Lateness {
            milestones = List.copyOf(milestones);
        }
    }

    /** A verifiable deliverable. */
    public record Milestone(
            String id,
            MultilingualText title,
            MultilingualText deliverable,
            String status,
            LocalDate due,
            LocalDate originalDue,
            boolean dropped,
            boolean late,
            @Nullable LocalDate metOn,
            @Nullable MultilingualText note,
            List<Evidence> evidence,
            List<String> events) {

        public Milestone {
            evidence = List.copyOf(evidence);
            events = List.copyOf(events);
        }
    }

    /** Promised, adjusted and spent, by currency and budget by budget. */
    public record Spent(
            List<Total> totals, Entries<Budget> budgets, Entries<SpendingItem> spending) {

        public Spent {
            totals = List.copyOf(totals);
        }
    }

    /** Money promised for the commitment. */
    public record Budget(
            String id,
            MultilingualText title,
            Period period,
            State state,
            Figure total,
            Figure adjusted,
            Figure spent,
            Figure overspent,
            List<Source> sources) {

        public Budget {
            sources = List.copyOf(sources);
        }
    }

    /** Where money comes from. */
    public record Source(String kind, MultilingualText name, Figure amount) {}

    /** One entry of money spent; a refund is negative. */
    public record SpendingItem(String event, SpendingEntry entry) {}

    /** What an entry says. */
    public record SpendingEntry(
            Money amount, LocalDate spentOn, MultilingualText description, Given given) {}

    /** What was to be reported and what was. */
    public record Reports(List<DueItem> due, long overdue, Entries<Report> published) {

        public Reports {
            due = List.copyOf(due);
        }
    }

    /** A report that fell due. */
    public record DueItem(String period, LocalDate dueOn, String standing, List<String> events) {

        public DueItem {
            events = List.copyOf(events);
        }
    }

    /** A published report with its corrections, the published text first. */
    public record Report(
            String id,
            String period,
            String status,
            LocalDate publishedOn,
            int corrections,
            List<VersionItem> versions) {

        public Report {
            versions = List.copyOf(versions);
        }
    }

    /** One version of a report. */
    public record VersionItem(String event, Version version) {}

    /** What a version says; number 0 is the published text. */
    public record Version(
            int number,
            @Nullable MultilingualText reason,
            String status,
            @Nullable MultilingualText narrative,
            boolean noProgress,
            List<IndicatorValue> indicators,
            List<Evidence> evidence,
            Given given) {

        public Version {
            indicators = List.copyOf(indicators);
            evidence = List.copyOf(evidence);
        }
    }

    /** What was measured. */
    public record IndicatorValue(
            MultilingualText name,
            @Nullable String unit,
            @Nullable String value,
            @Nullable MultilingualText note) {}

    /** One step in the life of a promise or its money. */
    public record HistoryItem(String event, HistoryEntry entry) {}

    /** What the step was. */
    public record HistoryEntry(
            String kind,
            Given given,
            @Nullable MultilingualText text,
            @Nullable MoneyDecision money) {}

    /** What was decided about money. */
    public record MoneyDecision(@Nullable Money amount, @Nullable Approval approval) {}

    /** Who approved it. */
    public record Approval(
            @Nullable MultilingualText body,
            @Nullable String decision,
            @Nullable LocalDate decidedOn) {}
}
