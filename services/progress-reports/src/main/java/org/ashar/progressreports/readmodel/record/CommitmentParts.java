package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ashar.messaging.Incomplete;
import org.ashar.messaging.LineEntry;
import org.ashar.messaging.Page;
import org.ashar.messaging.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What was read for one commitment's record, before it is put together.
 *
 * @param budgets all of them, up to the cut
 * @param reports all of them, up to the cut
 * @param versions of the reports that are shown
 * @param turns its amendments, disputes and withdrawal, however long ago
 * @param cutAt set where there are more budgets, reports or turns of one kind than so many
 */
record CommitmentParts(
        Slice<CommitmentSlice> commitment,
        List<Slice<BudgetSlice>> budgets,
        List<Slice<ReportSlice>> reports,
        Page<LineEntry<SpendingEntry>> spending,
        List<LineEntry<ReportVersion>> versions,
        Page<LineEntry<HistoryEntry>> history,
        List<LineEntry<HistoryEntry>> turns,
        @Nullable Integer cutAt) {

    CommitmentParts {
        budgets = List.copyOf(budgets);
        reports = List.copyOf(reports);
        versions = List.copyOf(versions);
        turns = List.copyOf(turns);
    }

    SortedMap<String, Long> restsOn() {
        SortedMap<String, Long> sequences = new TreeMap<>();
        slices().forEach(slice -> sequences.put(slice.stream().toString(), slice.sequence()));
        return sequences;
    }

    Instant asOf() {
        return Stream.of(
                        Stream.of(commitment.body().latest()),
                        budgets.stream().map(budget -> budget.body().latest()),
                        reports.stream().map(report -> report.body().latest()))
                .flatMap(times -> times)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Nullable Instant incompleteSince() {
        return slices().map(Slice::incomplete)
                .filter(Objects::nonNull)
                .map(Incomplete::since)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Stream<Slice<?>> slices() {
        return Stream.of(Stream.of(commitment), budgets.stream(), reports.stream())
                .flatMap(slices -> slices);
    }
}
