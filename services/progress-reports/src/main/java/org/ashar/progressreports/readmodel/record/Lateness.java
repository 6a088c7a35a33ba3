package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.progressreports.domain.calendar.ReportingCalendar;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.DueReport;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.Schedule;
import org.jspecify.annotations.Nullable;

/** What is late on a day, derived from the record; a day ends at midnight in the zone. */
record Lateness(LocalDate on, ZoneId zone) {

    boolean late(@Nullable LocalDate due) {
        return due != null && due.isBefore(on);
    }

    /** Whole days since {@code due}; 0 when it is not late. */
    long days(@Nullable LocalDate due) {
        return due != null && late(due) ? ChronoUnit.DAYS.between(due, on) : 0;
    }

    LocalDate day(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    List<DueReport> reportsDue(
            LocalDate publishedOn, Frequency frequency, int graceDays, @Nullable Instant endedAt) {
        return ReportingCalendar.due(
                new Schedule(
                        publishedOn, frequency, graceDays, endedAt == null ? null : day(endedAt)),
                on);
    }
}
