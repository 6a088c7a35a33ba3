package org.ashar.progressreports.readmodel.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.Sha256;
import org.ashar.messaging.SliceFields;
import org.ashar.progressreports.domain.calendar.ReportingCalendar.DueReport;
import org.ashar.progressreports.readmodel.record.MoneyTotals.Amounts;
import org.ashar.progressreports.readmodel.record.MoneyTotals.OfCurrency;
import org.ashar.progressreports.readmodel.record.PlaceRecord.Counts;
import org.ashar.progressreports.readmodel.record.PlaceRecord.Reports;
import org.ashar.progressreports.readmodel.record.PlaceRecord.RestsOn;
import org.jspecify.annotations.Nullable;

/** Counts and sums over all that is known of a place, from flat fields alone. Pure. */
record PlaceFigures(
        @Nullable Instant asOf,
        @Nullable Instant incompleteSince,
        @Nullable Integer cutAt,
        boolean demonstration,
        RestsOn restsOn,
        Counts counts,
        List<OfCurrency> money,
        Reports reports,
        Set<String> overspent) {

    PlaceFigures {
        overspent = Set.copyOf(overspent);
    }

    static PlaceFigures of(
            List<SliceFields> commitments,
            List<SliceFields> budgets,
            List<SliceFields> reports,
            Lateness lateness,
            String address) {
        Basis basis = new Basis();
        commitments.forEach(basis::add);
        budgets.forEach(basis::add);
        reports.forEach(basis::add);

        MoneyTotals totals = new MoneyTotals();
        Set<String> overspent = new HashSet<>();
        for (SliceFields budget : budgets) {
            totals.add(amounts(budget));
            if (Boolean.TRUE.equals(budget.fields().get("overspent"))) {
                overspent.add(text(budget, "commitment"));
            }
        }
        boolean cut =
                Stream.of(commitments, budgets, reports)
                        .anyMatch(found -> found.size() >= PlaceRecordReader.MOST);
        return new PlaceFigures(
                basis.latest,
                basis.incompleteSince,
                cut ? PlaceRecordReader.MOST : null,
                basis.demonstration,
                new RestsOn(basis.streams, basis.events, basis.digest()),
                counts(commitments, lateness, overspent.size()),
                totals.byCurrency(address + "?limit=200", true),
                reports(commitments, reports, lateness),
                overspent);
    }

    private static Counts counts(List<SliceFields> commitments, Lateness lateness, long overspent) {
        Map<String, Long> byState = new TreeMap<>();
        long late = 0;
        for (SliceFields commitment : commitments) {
            byState.merge(text(commitment, "state"), 1L, Long::sum);
            late += lateness.late(date(commitment, "nextDue")) ? 1 : 0;
        }
        return new Counts(
                commitments.size(),
                byState,
                late,
                byState.getOrDefault(Kebab.of(CommitmentSlice.State.DISPUTED), 0L),
                overspent);
    }

    private static Reports reports(
            List<SliceFields> commitments, List<SliceFields> reports, Lateness lateness) {
        Map<String, Map<String, LocalDate>> published = new HashMap<>();
        long corrected = 0;
        for (SliceFields report : reports) {
            published
                    .computeIfAbsent(text(report, "commitment"), _ -> new HashMap<>())
                    .put(text(report, "period"), lateness.day(instant(report, "publishedAt")));
            corrected += number(report, "corrections") > 0 ? 1 : 0;
        }
        long due = 0;
        long overdue = 0;
        for (SliceFields commitment : commitments) {
            Map<String, LocalDate> known =
                    published.getOrDefault(commitment.stream().toString(), Map.of());
            for (DueReport one : reportsDue(commitment, lateness)) {
                switch (one.standing(known.get(one.period().id()), lateness.on())) {
                    case DUE -> due++;
                    case OVERDUE -> overdue++;
                    case PUBLISHED, PUBLISHED_LATE -> {}
                }
            }
        }
        return new Reports(reports.size(), corrected, due, overdue);
    }

    /** The reports that a commitment owed by then, published or not. */
    static List<DueReport> reportsDue(SliceFields commitment, Lateness lateness) {
        LocalDate publishedOn = date(commitment, "publishedOn");
        return publishedOn == null
                ? List.of()
                : lateness.reportsDue(
                        publishedOn,
                        frequency(text(commitment, "frequency")),
                        (int) number(commitment, "graceDays"),
                        (Instant) commitment.fields().get("endedAt"));
    }

    static Amounts amounts(SliceFields budget) {
        String state = text(budget, "state");
        return new Amounts(
                text(budget, "currency"),
                Boolean.TRUE.equals(budget.fields().get("approved")),
                Boolean.TRUE.equals(budget.fields().get("committed")),
                state.equals(Kebab.of(BudgetSlice.State.LAPSED))
                        || state.equals(Kebab.of(BudgetSlice.State.CANCELLED)),
                number(budget, "total"),
                number(budget, "adjusted"),
                number(budget, "spent"),
                new BigInteger(text(budget, "refunded")));
    }

    static String text(SliceFields slice, String field) {
        return slice.fields().get(field) instanceof String text ? text : "";
    }

    private static long number(SliceFields slice, String field) {
        return slice.fields().get(field) instanceof Long number ? number : 0;
    }

    static @Nullable LocalDate date(SliceFields slice, String field) {
        return slice.fields().get(field) instanceof String date ? LocalDate.parse(date) : null;
    }

    private static Instant instant(SliceFields slice, String field) {
        return slice.fields().get(field) instanceof Instant instant ? instant : Instant.EPOCH;
    }

    private static Frequency frequency(String kebab) {
        for (Frequency frequency : Frequency.values()) {
            if (Kebab.of(frequency).equals(kebab)) {
                return frequency;
            }
        }
        throw new IllegalStateException("the view keeps no such frequency: " + kebab);
    }

    /** What the figures rest on. */
    private static final class Basis {
        private long streams;
        private long events;
        private long mixed;
        private @Nullable Instant latest;
        private @Nullable Instant incompleteSince;
        private boolean demonstration;

        void add(SliceFields slice) {
            streams++;
            events += slice.sequence();
            // Order does not matter: the sum of well-mixed hashes of (stream, sequence).
            long hash = slice.stream().toString().hashCode() * 31L + slice.sequence();
            mixed += mix(slice.incomplete() == null ? hash : ~hash);
            if (slice.fields().get("latest") instanceof Instant at) {
                latest = latest == null ? at : Times.later(latest, at);
            }
            demonstration |= Boolean.TRUE.equals(slice.fields().get("demonstration"));
            if (slice.incomplete() != null) {
                Instant since = slice.incomplete().since();
                incompleteSince =
                        incompleteSince == null || since.isBefore(incompleteSince)
                                ? since
                                : incompleteSince;
            }
        }

        String digest() {
            return Sha256.of((streams + ":" + events + ":" + mixed).getBytes(US_ASCII))
                    .hex()
                    .substring(0, 32);
        }

        private static long mix(long z) {
            long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            long x = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
            return x ^ (x >>> 31);
        }
    }
}
