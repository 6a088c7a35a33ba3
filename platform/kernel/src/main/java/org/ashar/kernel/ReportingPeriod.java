package org.ashar.kernel;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of the calendar that a progress report covers.
 *
 * @param frequency how long it is
 * @param year the calendar year it starts in
 * @param number 1–4 for quarters, 1–2 for half-years, 1 for the school year
 */
public record ReportingPeriod(Frequency frequency, int year, int number)
        implements Comparable<ReportingPeriod> {

    /** How often reports are due. */
    public enum Frequency {
        QUARTER(3, 1, 4),
        HALF_YEAR(6, 1, 2),
        /** From 1 September to 31 August. */
        SCHOOL_YEAR(12, 9, 1);

        private final int months;
        private final int firstMonth;
        private final int perYear;

        Frequency(int months, int firstMonth, int perYear) {
            this.months = months;
            this.firstMonth = firstMonth;
            this.perYear = perYear;
        }
    }

    private static final Pattern ID = Pattern.compile("([12][0-9]{3})-(?:Q([1-4])|H([12])|(SY))");

    public ReportingPeriod {
        if (year < 1900 || year > 2999 || number < 1 || number > frequency.perYear) {
            throw new IllegalArgumentException(
                    "no such reporting period: " + frequency + " " + year + " " + number);
        }
    }

    /** The period of this length that holds {@code date}. */
    public static ReportingPeriod containing(Frequency frequency, LocalDate date) {
        LocalDate shifted = date.minusMonths(frequency.firstMonth - 1L).withDayOfMonth(1);
        return new ReportingPeriod(
                frequency, shifted.getYear(), (shifted.getMonthValue() - 1) / frequency.months + 1);
    }

    /**
     * Reads {@code 2025-Q1}, {@code 2025-H2} or {@code 2025-SY} (the school year that starts in
     * 2025).
     */
    public static Checked<ReportingPeriod> parse(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1900) {
            return Checked.invalid("reporting-period.malformed");
        }
        int year = Integer.parseInt(matcher.group(1));
        if (matcher.group(2) != null) {
            return Checked.valid(
                    new ReportingPeriod(
                            Frequency.QUARTER, year, Integer.parseInt(matcher.group(2))));
        }
        if (matcher.group(3) != null) {
            return Checked.valid(
                    new ReportingPeriod(
                            Frequency.HALF_YEAR, year, Integer.parseInt(matcher.group(3))));
        }
        return Checked.valid(new ReportingPeriod(Frequency.SCHOOL_YEAR, year, 1));
    }

    /** Its days. */
    public Period days() {
        LocalDate start =
                LocalDate.of(year, frequency.firstMonth, 1)
                        .plusMonths((number - 1L) * frequency.months);
        return new Period(start, start.plusMonths(frequency.months).minusDays(1));
    }

    /** The period of the same length that follows. */
    public ReportingPeriod next() {
        return containing(frequency, days().end().plusDays(1));
    }

    /** The first whole period that starts on or after {@code date}. */
    public static ReportingPeriod firstFullFrom(Frequency frequency, LocalDate date) {
        ReportingPeriod period = containing(frequency, date);
        return period.days().start().equals(date) ? period : period.next();
    }

    /** {@code 2025-Q1}, {@code 2025-H2}, {@code 2025-SY}. */
    public String id() {
        return switch (frequency) {
            case QUARTER -> year + "-Q" + number;
            case HALF_YEAR -> year + "-H" + number;
            case SCHOOL_YEAR -> year + "-SY";
        };
    }

    @Override
    public int compareTo(ReportingPeriod other) {
        return days().start().compareTo(other.days().start());
    }
}
