package org.ashar.progressreports.domain.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.jspecify.annotations.Nullable;

/** Which reports a commitment owes, and from which day one is late. Days are whole. */
public final class ReportingCalendar {

    private static final LocalDate FIRST_DAY = LocalDate.of(1901, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2900, 12, 31);

    /**
     * What publishing the commitment fixed.
     *
     * @param publishedOn the day of publication
     * @param graceDays days after a period's end within which its report is in time
     * @param endedOn the day of VerifiedComplete or Withdrawn, if it came to that
     */
    public record Schedule(
            LocalDate publishedOn,
            Frequency frequency,
            int graceDays,
            @Nullable LocalDate endedOn) {}

    /**
     * A report that is due.
     *
     * @param dueOn the last day on which it is in time
     */
    public record DueReport(ReportingPeriod period, LocalDate dueOn) {

        /** How it stands on the day {@code on}, for a report published on {@code publishedOn}. */
        public Standing standing(@Nullable LocalDate publishedOn, LocalDate on) {
            if (publishedOn != null && !publishedOn.isAfter(on)) {
                return publishedOn.isAfter(dueOn) ? Standing.PUBLISHED_LATE : Standing.PUBLISHED;
            }
            return on.isAfter(dueOn) ? Standing.OVERDUE : Standing.DUE;
        }
    }

    public enum Standing {
        DUE,
        OVERDUE,
        PUBLISHED,
        PUBLISHED_LATE
    }

    private ReportingCalendar() {}

    /**
     * The reports for each full period since publication that is over on {@code on}, oldest first.
     * A period that the commitment's end cuts short asks for none.
     */
    public static List<DueReport> due(Schedule schedule, LocalDate on) {
        LocalDate first = later(schedule.publishedOn(), FIRST_DAY);
        if (!on.isAfter(first)) {
            return List.of();
        }
        LocalDate last = earlier(schedule.endedOn(), earlier(on.minusDays(1), LAST_DAY));
        if (last.isBefore(first)) {
            return List.of();
        }
        List<DueReport> due = new ArrayList<>();
        ReportingPeriod period = ReportingPeriod.containing(schedule.frequency(), last);
        while (!period.days().start().isBefore(first)) {
            if (!period.days().end().isAfter(last)) {
                due.add(new DueReport(period, period.days().end().plusDays(schedule.graceDays())));
            }
            period =
                    ReportingPeriod.containing(
                            schedule.frequency(), period.days().start().minusDays(1));
        }
        return due.reversed();
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(@Nullable LocalDate one, LocalDate other) {
        return one == null || other.isBefore(one) ? other : one;
    }
}
