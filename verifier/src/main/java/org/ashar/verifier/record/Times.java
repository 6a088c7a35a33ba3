package org.ashar.verifier.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
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

    /** Written so that later instants are greater texts. */
    static String sortable(String instant) {
        Instant at = Instant.parse(instant);
        return String.format(Locale.ROOT, "%020d.%09d", at.getEpochSecond(), at.getNano());
    }
}
