package org.ashar.verifier.record;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reports that a promise owed by a day: one for each full period from its publication to its
 * end, in time until so many days after the period.
 */
final class ReportsDue {

    private static final LocalDate FIRST_DAY = LocalDate.of(1901, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2900, 12, 31);

    /**
     * A report that fell due.
     *
     * @param until the last day on which it is in time
     * @param report the one that was published, if any was by then
     */
    record Due(
            ReportingPeriod period,
            LocalDate until,
            String standing,
            long daysLate,
            @Nullable ReportFold report) {

        ObjectNode document(CommitmentFold commitment) {
            List<String> events = new ArrayList<>();
            events.add(commitment.stream + "@" + commitment.publishedBy);
            if (report != null) {
                events.add(report.stream + "@" + report.publishedBy);
            }
            return Members.object()
                    .put("period", period.id())
                    .set("days", days(period))
                    .put("dueOn", until.toString())
                    .put("standing", standing)
                    .put("daysLate", daysLate)
                    .put("report", report == null ? null : idOf(report.stream))
                    .set("events", Members.texts(events));
        }
    }

    private ReportsDue() {}

    /** What was due by the day, oldest first. */
    static List<Due> of(CommitmentFold commitment, Map<String, ReportFold> byPeriod, Times times) {
        JsonNode reporting = commitment.published.path("reporting");
        Optional<Frequency> frequency = frequency(reporting.path("frequency").asString(""));
        LocalDate first =
                commitment.publishedOn.isAfter(FIRST_DAY) ? commitment.publishedOn : FIRST_DAY;
        LocalDate last = times.on().minusDays(1);
        last = last.isAfter(LAST_DAY) ? LAST_DAY : last;
        if (commitment.endedAt != null && times.day(commitment.endedAt).isBefore(last)) {
            last = times.day(commitment.endedAt);
        }
        List<Due> due = new ArrayList<>();
        if (frequency.isEmpty() || last.isBefore(first)) {
            return due;
        }
        ReportingPeriod period = ReportingPeriod.firstFullFrom(frequency.get(), first);
        while (!period.days().end().isAfter(last)) {
            due.add(
                    of(
                            period,
                            reporting.path("graceDays").asInt(0),
                            byPeriod.get(period.id()),
                            times));
            period = period.next();
        }
        return due;
    }

    private static Due of(
            ReportingPeriod period, int grace, @Nullable ReportFold report, Times times) {
        LocalDate until = period.days().end().plusDays(grace);
        LocalDate published = report == null ? null : times.day(report.publishedAt);
        String standing;
        long late = 0;
        if (published != null && !published.isAfter(times.on())) {
            standing = published.isAfter(until) ? "published-late" : "published";
            late = Math.max(0, ChronoUnit.DAYS.between(until, published));
        } else {
            standing = times.on().isAfter(until) ? "overdue" : "due";
            late = Math.max(0, ChronoUnit.DAYS.between(until, times.on()));
        }
        return new Due(period, until, standing, late, report);
    }

    static ObjectNode days(ReportingPeriod period) {
        return Members.object()
                .put("start", period.days().start().toString())
                .put("end", period.days().end().toString());
    }

    static String idOf(String stream) {
        return stream.substring(stream.indexOf('/') + 1);
    }

    private static Optional<Frequency> frequency(String name) {
        return switch (name) {
            case "quarter" -> Optional.of(Frequency.QUARTER);
            case "half-year" -> Optional.of(Frequency.HALF_YEAR);
            case "school-year" -> Optional.of(Frequency.SCHOOL_YEAR);
            default -> Optional.empty();
        };
    }
}
