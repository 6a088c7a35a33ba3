package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.contract.consumed.BudgetNews;
import org.ashar.progressreports.contract.consumed.BudgetNews.Amounts;
import org.ashar.progressreports.contract.consumed.BudgetNews.Approval;
import org.ashar.progressreports.contract.consumed.BudgetNews.Source;
import org.ashar.progressreports.contract.consumed.CommitmentNews;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Milestone;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Outcome;
import org.ashar.progressreports.contract.consumed.ReportNews;
import org.ashar.progressreports.domain.report.Content.Status;
import org.ashar.progressreports.domain.report.ProgressReport;
import org.ashar.progressreports.readmodel.record.Deliveries.Delivery;
import org.jspecify.annotations.Nullable;

/** What a small town tells of its promise: its events, in the order in which they happened. */
final class Town {

    static final ZoneId ZONE = ZoneId.of("Asia/Bishkek");
    static final PlaceRef PLACE =
            new PlaceRef("soate", "41706204810000", "Кара-Кулджинский", LocalDate.of(2025, 1, 1));
    static final Actor SOMEBODY = new Actor("a".repeat(64), "officer", "okmotu");

    final StreamId commitment;
    final List<Delivery> events = new ArrayList<>();
    private Instant clock = Instant.parse("2025-01-15T04:00:00Z");

    Town(String name) {
        commitment = StreamId.derived("commitment", name);
    }

    static MultilingualText text(String value) {
        return MultilingualText.of("ky", value);
    }

    Town on(String day) {
        clock = LocalDate.parse(day).atTime(10, 0).atZone(ZONE).toInstant();
        return this;
    }

    Town published(Milestone... milestones) {
        return commitment(
                "commitment-published",
                new CommitmentNews.Published(
                        SOMEBODY,
                        clock.atZone(ZONE).toLocalDate(),
                        PLACE,
                        text("Таза суу"),
                        text("Сегиз чакырым түтүк"),
                        new CommitmentNews.Lead("okmotu", text("Айыл өкмөтү")),
                        new CommitmentNews.Contact(text("Кабылдама"), "+996 3239 12345", null),
                        new Period(LocalDate.of(2025, 1, 15), LocalDate.of(2025, 12, 31)),
                        List.of(new Classification("sdg", "6.1")),
                        new CommitmentNews.Reporting(Frequency.QUARTER, 30),
                        List.of(milestones)));
    }

    static Milestone milestone(String id, String due) {
        return milestone(id, due, null);
    }

    static Milestone milestone(String id, String due, @Nullable Boolean dropped) {
        return new Milestone(id, text(id), text(id), LocalDate.parse(due), dropped);
    }

    Town started() {
        return commitment("commitment-started", new CommitmentNews.Started(SOMEBODY));
    }

    Town assessed(String milestone, Outcome outcome) {
        return commitment(
                "milestone-assessed",
                new CommitmentNews.MilestoneAssessed(
                        SOMEBODY,
                        milestone,
                        outcome,
                        outcome == Outcome.MET ? clock.atZone(ZONE).toLocalDate() : null,
                        List.of(),
                        outcome == Outcome.MET ? null : text("Дагы бар")));
    }

    Town amended(String end, Milestone... milestones) {
        return commitment(
                "commitment-amended",
                new CommitmentNews.Amended(
                        SOMEBODY,
                        text("Кар эрте түштү"),
                        text("Сегиз чакырым түтүк"),
                        new CommitmentNews.Contact(text("Кабылдама"), null, "okmotu@example.kg"),
                        new Period(LocalDate.of(2025, 1, 15), LocalDate.parse(end)),
                        List.of(milestones)));
    }

    Town reportedComplete() {
        return commitment(
                "commitment-reported-complete",
                new CommitmentNews.ReportedComplete(SOMEBODY, null));
    }

    Town verified() {
        return commitment(
                "commitment-verified-complete",
                new CommitmentNews.VerifiedComplete(SOMEBODY, null));
    }

    Town disputed() {
        return commitment(
                "commitment-disputed", new CommitmentNews.Disputed(SOMEBODY, text("Суу жок")));
    }

    Town resumed() {
        return commitment(
                "commitment-resumed", new CommitmentNews.Resumed(SOMEBODY, text("Оңдойбуз")));
    }

    Town withdrawn() {
        return commitment(
                "commitment-withdrawn", new CommitmentNews.Withdrawn(SOMEBODY, text("Акча жок")));
    }

    Purse purse(String name, String currency) {
        return new Purse(StreamId.derived("budget-commitment", commitment.id(), name), currency);
    }

    StreamId report(String period) {
        return ProgressReport.stream(commitment, ReportingPeriod.parse(period).orThrow());
    }

    Town reported(String period, String narrative) {
        return tell(
                report(period),
                "progress-report-published",
                new ReportNews.Published(
                        SOMEBODY,
                        commitment,
                        PLACE,
                        ReportingPeriod.parse(period).orThrow(),
                        Status.LIMITED,
                        text(narrative),
                        false,
                        List.of(),
                        List.of(),
                        List.of()));
    }

    Town corrected(String period, int number, String narrative) {
        return tell(
                report(period),
                "progress-report-corrected",
                new ReportNews.Corrected(
                        SOMEBODY,
                        commitment,
                        ReportingPeriod.parse(period).orThrow(),
                        number,
                        text("Ката"),
                        Status.SUBSTANTIAL,
                        text(narrative),
                        false,
                        List.of(),
                        List.of(),
                        List.of()));
    }

    CommitmentRecord record(String on) {
        return record(events, on);
    }

    CommitmentRecord record(List<Delivery> delivered, String on) {
        Deliveries deliveries = new Deliveries();
        delivered.forEach(deliveries::deliver);
        return deliveries.record(commitment, new Lateness(LocalDate.parse(on), ZONE));
    }

    private Town commitment(String fact, CommitmentNews news) {
        return tell(commitment, fact, news);
    }

    private Town tell(StreamId stream, String fact, Object news) {
        long sequence =
                1 + events.stream().filter(e -> e.envelope().stream().equals(stream)).count();
        events.add(Deliveries.event(stream, sequence, fact, clock, news));
        return this;
    }

    /** Money for the promise, as the owner of the money tells of it. */
    final class Purse {
        final StreamId stream;
        private final String currency;
        private long total;
        private long adjusted;
        private long spent;

        Purse(StreamId stream, String currency) {
            this.stream = stream;
            this.currency = currency;
        }

        Purse proposed(long minor) {
            total = minor;
            adjusted = minor;
            return told(
                    "budget-proposed",
                    new BudgetNews.Proposed(
                            SOMEBODY,
                            commitment,
                            PLACE,
                            text("Түтүктөргө"),
                            new Period(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31)),
                            sources(),
                            amounts()));
        }

        Purse approved() {
            return told(
                    "budget-approved", new BudgetNews.Approved(SOMEBODY, commitment, approval()));
        }

        Purse adjusted(long minor) {
            adjusted = minor;
            return told(
                    "budget-adjusted",
                    new BudgetNews.Adjusted(
                            SOMEBODY,
                            commitment,
                            sources(),
                            text("Баа өстү"),
                            approval(),
                            amounts()));
        }

        Purse committed() {
            return told("budget-committed", new BudgetNews.Committed(SOMEBODY, commitment));
        }

        Purse spent(long minor) {
            boolean before = spent > adjusted;
            spent += minor;
            entry(Money.of(minor, currency), amounts());
            return !before && spent > adjusted
                    ? told(
                            "overspend-detected",
                            new BudgetNews.OverspendDetected(
                                    SOMEBODY,
                                    commitment,
                                    Money.of(spent - adjusted, currency),
                                    amounts()))
                    : this;
        }

        Purse entry(Money amount, Amounts amounts) {
            return told(
                    "spending-recorded",
                    new BudgetNews.SpendingRecorded(
                            SOMEBODY,
                            commitment,
                            amount,
                            clock.atZone(ZONE).toLocalDate(),
                            text("Түтүк"),
                            List.of(),
                            amounts));
        }

        Purse lapsed() {
            return told("budget-lapsed", new BudgetNews.Lapsed(SOMEBODY, commitment));
        }

        Purse cancelled() {
            return told("budget-cancelled", new BudgetNews.Cancelled(SOMEBODY, commitment, null));
        }

        private List<Source> sources() {
            return List.of(
                    new Source("local-budget", text("Айыл"), Money.of(adjusted / 2, currency)),
                    new Source(
                            "donor", text("Донор"), Money.of(adjusted - adjusted / 2, currency)));
        }

        private Amounts amounts() {
            return new Amounts(
                    Money.of(total, currency),
                    Money.of(adjusted, currency),
                    Money.of(spent, currency));
        }

        private static Approval approval() {
            return new Approval(text("Айыл кеңеши"), "12/3", LocalDate.of(2025, 1, 20));
        }

        private Purse told(String fact, BudgetNews news) {
            tell(stream, fact, news);
            return this;
        }
    }
}
