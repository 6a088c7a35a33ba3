package org.ashar.kernel;

import java.time.LocalDate;

/**
 * Whole days, both ends included.
 *
 * @param start first day
 * @param end last day, not before the first
 */
public record Period(LocalDate start, LocalDate end) {

    public Period {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("period ends before it starts");
        }
    }

    /** Checks the order of the ends. */
    public static Checked<Period> of(LocalDate start, LocalDate end) {
        return end.isBefore(start)
                ? Checked.invalid("period.end-before-start")
                : Checked.valid(new Period(start, end));
    }

    public boolean contains(LocalDate date) {
        return !date.isBefore(start) && !date.isAfter(end);
    }

    public boolean overlaps(Period other) {
        return !other.end.isBefore(start) && !other.start.isAfter(end);
    }

    /** Whether it spans at most one year: 2025-03-01 to 2026-02-28 does, one day more does not. */
    public boolean isAtMostOneYear() {
        return end.isBefore(start.plusYears(1));
    }
}
