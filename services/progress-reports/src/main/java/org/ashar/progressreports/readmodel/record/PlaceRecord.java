package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Lead;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.Items;
import org.ashar.progressreports.readmodel.record.MoneyTotals.OfCurrency;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is publicly known of one place, in one document.
 *
 * @param asOf when the latest event in it was recorded; absent when nothing is known
 * @param on the day for which lateness was derived
 * @param incompleteSince set where events are known that could not be taken in yet
 * @param cutAt set where as many commitments, budgets or reports were found as are counted at most:
 *     what there is beyond them is in none of the figures
 * @param demonstration whether any of its events says another time than it was recorded
 * @param restsOn what the figures were counted from
 * @param money by currency; which commitment's events a figure comes from is in the list
 */
public record PlaceRecord(
        PlaceRef place,
        @Nullable Instant asOf,
        LocalDate on,
        @Nullable Instant incompleteSince,
        @Nullable Integer cutAt,
        boolean demonstration,
        RestsOn restsOn,
        Counts counts,
        List<OfCurrency> money,
        Reports reports,
        Items<Row> commitments) {

    /**
     * The streams and events that the figures rest on.
     *
     * @param digest changes whenever any stream's last sequence does
     */
    public record RestsOn(long streams, long events, String digest) {}

    /**
     * Commitments.
     *
     * @param late with something due and not done
     * @param overspent with a budget of which more was spent than promised
     */
    public record Counts(
            long commitments,
            Map<String, Long> byState,
            long late,
            long disputed,
            long overspent) {}

    /** Progress reports of all commitments: published, corrected, due and missing. */
    public record Reports(long published, long corrected, long due, long overdue) {}

    /**
     * One line a commitment.
     *
     * @param sequence last event of the commitment taken in
     * @param money what its budgets come to
     * @param record address of its record, where every figure leads to its events
     */
    public record Row(
            String id,
            MultilingualText title,
            Lead lead,
            String state,
            Period period,
            LocalDate publishedOn,
            @Nullable LocalDate nextDue,
            boolean late,
            long daysLate,
            boolean overspent,
            long milestones,
            long milestonesMet,
            List<OfCurrency> money,
            long sequence,
            String record) {}
}
