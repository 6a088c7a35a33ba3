package org.ashar.portal.publicrecord;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one place.
 *
 * @param demonstration whether any of it was recorded at another time than it says
 */
public record PlaceRecord(
        @Nullable Instant asOf,
        LocalDate on,
        @Nullable Instant incompleteSince,
        boolean demonstration,
        Counts counts,
        List<Total> money,
        Reports reports,
        Entries<Row> commitments) {

    public PlaceRecord {
        money = List.copyOf(money);
    }

    /** Commitments, how many of each sort. */
    public record Counts(
            long commitments, Map<String, Long> byState, long late, long disputed, long overspent) {

        public long in(String state) {
            return byState.getOrDefault(state, 0L);
        }
    }

    /** Progress reports of all commitments. */
    public record Reports(long published, long corrected, long due, long overdue) {}

    /** One line a commitment. */
    public record Row(
            String id,
            MultilingualText title,
            Lead lead,
            String state,
            Period period,
            @Nullable LocalDate nextDue,
            boolean late,
            boolean overspent,
            long milestones,
            long milestonesMet,
            List<Total> money) {

        public Row {
            money = List.copyOf(money);
        }
    }

    /** The institution that answers for a promise. */
    public record Lead(String organisation, MultilingualText name) {}
}
