package org.ashar.verifier.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The day that lateness is told for.
 *
 * @param zone where days end at midnight
 */
record Times(LocalDate on, ZoneId zone) {

    boolean isLate(@Nullable LocalDate due) {
        return due != null && due.isBefore(on);
    }

    /** Whole days since {@code due}; 0 when it is not late. */
    long daysLate(@Nullable LocalDate due) {
        return due != null && isLate(due) ? ChronoUnit.DAYS.between(due, on) : 0;
    }

    LocalDate day(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** Written so that later instants are greater texts: without the Z, a fraction comes behind. */
    static String sortable(String instant) {
        return instant.endsWith("Z") ? instant.substring(0, instant.length() - 1) : instant;
    }
}
