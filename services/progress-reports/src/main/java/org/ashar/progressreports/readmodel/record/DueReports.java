package org.ashar.progressreports.readmodel.record;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Cursor;
import org.ashar.messaging.Page;
import org.ashar.messaging.Slice;
import org.ashar.messaging.ViewQuery;
import org.ashar.messaging.ViewReader;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Lead;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.DueReport;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.Standing;
import org.jspecify.annotations.Nullable;

/** The reporting calendar: which reports are missing, of which promise, from whom. */
public final class DueReports {

    /** A promise of which reports are missing. */
    public record Owing(
            String commitment,
            MultilingualText title,
            PlaceRef place,
            Lead lead,
            List<Missing> reports,
            String record) {}

    /**
     * A report that is due and not there.
     *
     * @param standing {@code due}, or {@code overdue} when its last day has passed
     */
    public record Missing(
            String period, Period days, LocalDate dueOn, String standing, long daysLate) {}

    private final ViewReader reader;
    private final ZoneId zone;

    public DueReports(ViewReader reader, ZoneId zone) {
        this.reader = reader;
        this.zone = zone;
    }

    /**
     * What is missing on {@code on}, of the oldest promises first. A page looks at {@code limit}
     * promises and names those that owe something, so that it may be shorter than asked for though
     * another one follows.
     */
    public Page<Owing> page(
            Optional<String> place,
            Optional<String> lead,
            LocalDate on,
            @Nullable Cursor after,
            int limit) {
        ViewQuery query = ViewQuery.all();
        if (place.isPresent()) {
            query = query.equal("place", place.get());
        }
        if (lead.isPresent()) {
            query = query.equal("lead", lead.get());
        }
        Page<Slice<CommitmentSlice>> page =
                reader.find(
                        RecordView.COMMITMENTS,
                        query.sortedBy("publishedOn").after(after).limit(limit));
        Map<StreamId, Map<String, LocalDate>> published = published(page.rows());
        Lateness lateness = new Lateness(on, zone);
        List<Owing> owing = new ArrayList<>();
        for (Slice<CommitmentSlice> slice : page.rows()) {
            List<Missing> missing =
                    missing(
                            slice.body(),
                            published.getOrDefault(slice.stream(), Map.of()),
                            lateness);
            if (!missing.isEmpty()) {
                owing.add(owing(slice.body(), missing));
            }
        }
        return new Page<>(owing, page.next());
    }

    static List<Missing> missing(
            CommitmentSlice commitment, Map<String, LocalDate> published, Lateness lateness) {
        List<Missing> missing = new ArrayList<>();
        for (DueReport due :
                lateness.reportsDue(
                        commitment.publishedOn(),
                        commitment.reporting().frequency(),
                        commitment.reporting().graceDays(),
                        commitment.endedAt())) {
            Standing standing = due.standing(published.get(due.period().id()), lateness.on());
            if (standing == Standing.DUE || standing == Standing.OVERDUE) {
                missing.add(
                        new Missing(
                                due.period().id(),
                                due.period().days(),
                                due.dueOn(),
                                Kebab.of(standing),
                                standing == Standing.DUE
                                        ? 0
                                        : ChronoUnit.DAYS.between(due.dueOn(), lateness.on())));
            }
        }
        return missing;
    }

    private static Owing owing(CommitmentSlice commitment, List<Missing> missing) {
        return new Owing(
                commitment.id().id(),
                commitment.title(),
                commitment.place(),
                commitment.lead(),
                missing,
                CommitmentRecordWriter.address(commitment.id()));
    }

    private Map<StreamId, Map<String, LocalDate>> published(
            List<Slice<CommitmentSlice>> commitments) {
        Map<StreamId, Map<String, LocalDate>> published = new HashMap<>();
        if (commitments.isEmpty()) {
            return published;
        }
        ViewQuery query =
                ViewQuery.all()
                        .in(
                                "commitment",
                                commitments.stream()
                                        .map(slice -> slice.stream().toString())
                                        .toList())
                        .limit(ViewQuery.MAX_PAGE);
        Cursor after = null;
        do {
            Page<Slice<ReportSlice>> page = reader.find(RecordView.REPORTS, query.after(after));
            for (Slice<ReportSlice> report : page.rows()) {
                published
                        .computeIfAbsent(report.body().commitment(), _ -> new HashMap<>())
                        .put(
                                report.body().period().id(),
                                report.body().publishedAt().atZone(zone).toLocalDate());
            }
            after = page.next();
        } while (after != null);
        return published;
    }
}
