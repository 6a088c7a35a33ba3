package org.ashar.progressreports.domain.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.DueReport;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.Schedule;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportingCalendarTest {

    private static final LocalDate PUBLISHED = LocalDate.of(2025, 1, 15);

    @Test
    void the_quarter_of_publication_is_not_full_and_asks_for_no_report() {
        assertThat(periods(schedule(null), LocalDate.of(2025, 7, 1))).containsExactly("2025-Q2");
    }

    @Test
    void published_on_the_first_day_of_a_quarter_that_quarter_is_due() {
        Schedule schedule = new Schedule(LocalDate.of(2025, 1, 1), Frequency.QUARTER, 30, null);
        assertThat(periods(schedule, LocalDate.of(2025, 4, 1))).containsExactly("2025-Q1");
    }

    @Test
    void a_period_falls_due_on_the_day_after_its_end() {
        assertThat(periods(schedule(null), LocalDate.of(2025, 6, 30))).isEmpty();
        assertThat(periods(schedule(null), LocalDate.of(2025, 7, 1))).containsExactly("2025-Q2");
    }

    @Test
    void the_end_of_the_commitment_ends_the_calendar() {
        assertThat(periods(schedule(LocalDate.of(2025, 12, 30)), LocalDate.of(2027, 1, 1)))
                .containsExactly("2025-Q2", "2025-Q3");
        assertThat(periods(schedule(LocalDate.of(2025, 12, 31)), LocalDate.of(2027, 1, 1)))
                .containsExactly("2025-Q2", "2025-Q3", "2025-Q4");
    }

    @Test
    void school_years_run_from_september_to_august() {
        Schedule schedule = new Schedule(PUBLISHED, Frequency.SCHOOL_YEAR, 30, null);
        assertThat(periods(schedule, LocalDate.of(2027, 9, 1)))
                .containsExactly("2025-SY", "2026-SY");
    }

    @Test
    void half_years_are_due_too() {
        Schedule schedule = new Schedule(PUBLISHED, Frequency.HALF_YEAR, 30, null);
        assertThat(periods(schedule, LocalDate.of(2026, 7, 1)))
                .containsExactly("2025-H2", "2026-H1");
    }

    @Test
    void a_report_is_late_from_the_day_after_its_grace() {
        DueReport due = ReportingCalendar.due(schedule(null), LocalDate.of(2025, 7, 1)).getFirst();
        assertThat(due.dueOn()).isEqualTo(LocalDate.of(2025, 7, 30));
        assertThat(due.standing(null, LocalDate.of(2025, 7, 30))).isEqualTo(Standing.DUE);
        assertThat(due.standing(null, LocalDate.of(2025, 7, 31))).isEqualTo(Standing.OVERDUE);
        assertThat(due.standing(LocalDate.of(2025, 7, 30), LocalDate.of(2026, 1, 1)))
                .isEqualTo(Standing.PUBLISHED);
        assertThat(due.standing(LocalDate.of(2025, 7, 31), LocalDate.of(2026, 1, 1)))
                .isEqualTo(Standing.PUBLISHED_LATE);
    }

    @Test
    void a_report_published_after_the_day_asked_about_was_still_missing_then() {
        DueReport due = ReportingCalendar.due(schedule(null), LocalDate.of(2025, 7, 1)).getFirst();
        assertThat(due.standing(LocalDate.of(2025, 9, 1), LocalDate.of(2025, 8, 1)))
                .isEqualTo(Standing.OVERDUE);
    }

    @Test
    void days_at_the_edges_of_the_calendar_do_not_break_it() {
        for (Frequency frequency : Frequency.values()) {
            Schedule ancient = new Schedule(LocalDate.MIN, frequency, 30, null);
            assertThat(ReportingCalendar.due(ancient, LocalDate.MIN)).isEmpty();
            assertThat(ReportingCalendar.due(ancient, LocalDate.MAX)).hasSizeBetween(900, 4100);
        }
    }

    @Test
    void due_periods_are_exactly_the_full_ones_between_publication_and_the_end() {
        long seed = new Random().nextLong();
        System.out.println("ReportingCalendarTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            LocalDate published = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(2_000));
            LocalDate ended =
                    random.nextBoolean() ? null : published.plusDays(random.nextInt(1_500));
            LocalDate on = published.plusDays(random.nextInt(2_000) - 100);
            Frequency frequency = List.of(Frequency.values()).get(random.nextInt(3));
            Schedule schedule = new Schedule(published, frequency, random.nextInt(90), ended);

            List<DueReport> due = ReportingCalendar.due(schedule, on);

            assertThat(due.stream().map(DueReport::period).toList())
                    .as("%s on %s", schedule, on)
                    .isEqualTo(expected(schedule, on));
            assertThat(due)
                    .allSatisfy(
                            one ->
                                    assertThat(one.dueOn())
                                            .isEqualTo(
                                                    one.period()
                                                            .days()
                                                            .end()
                                                            .plusDays(schedule.graceDays())));
            if (on.isBefore(LocalDate.of(2030, 1, 1))) {
                assertThat(ReportingCalendar.due(schedule, on.plusDays(1))).containsAll(due);
            }
        }
    }

    private static List<ReportingPeriod> expected(Schedule schedule, LocalDate on) {
        return LocalDate.of(2019, 1, 1)
                .datesUntil(LocalDate.of(2035, 1, 1))
                .map(day -> ReportingPeriod.containing(schedule.frequency(), day))
                .distinct()
                .filter(period -> !period.days().start().isBefore(schedule.publishedOn()))
                .filter(period -> period.days().end().isBefore(on))
                .filter(
                        period ->
                                schedule.endedOn() == null
                                        || !period.days().end().isAfter(schedule.endedOn()))
                .toList();
    }

    private static Schedule schedule(@Nullable LocalDate endedOn) {
        return new Schedule(PUBLISHED, Frequency.QUARTER, 30, endedOn);
    }

    private static List<String> periods(Schedule schedule, LocalDate on) {
        return ReportingCalendar.due(schedule, on).stream().map(due -> due.period().id()).toList();
    }
}
