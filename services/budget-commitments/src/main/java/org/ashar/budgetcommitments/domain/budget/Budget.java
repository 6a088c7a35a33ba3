package org.ashar.budgetcommitments.domain.budget;

import java.time.LocalDate;
import java.util.List;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;

/**
 * What holds of a budget commitment whatever its state.
 *
 * @param commitment the promise that the money is for
 * @param total what was proposed
 * @param adjusted what is promised now
 * @param spent entries less refunds; never negative
 * @param entries how many spending entries there are, refunds included
 */
public record Budget(
        StreamId commitment,
        PlaceRef place,
        MultilingualText title,
        Period period,
        List<Source> sources,
        Money total,
        Money adjusted,
        Money spent,
        int entries,
        int adjustments) {

    public static final int MAX_SOURCES = 20;
    public static final int MAX_EVIDENCE = 20;

    public Budget {
        sources = List.copyOf(sources);
    }

    /** Where money comes from. */
    public enum SourceKind {
        LOCAL_BUDGET,
        STATE_BUDGET,
        DONOR,
        COMMUNITY,
        PRIVATE,
        OTHER
    }

    /** One of the purses that the total comes from. */
    public record Source(SourceKind kind, MultilingualText name, Money amount) {}

    /** A decision of a body that may decide over money. */
    public record Approval(MultilingualText body, String resolution, LocalDate decidedOn) {}

    /** Whether more was spent than is promised now. */
    public boolean overspent() {
        return spent.compareTo(adjusted) > 0;
    }

    Budget adjusted(List<Source> newSources, Money newAdjusted) {
        return new Budget(
                commitment,
                place,
                title,
                period,
                newSources,
                total,
                newAdjusted,
                spent,
                entries,
                adjustments + 1);
    }

    Budget spent(Money amount) {
        return new Budget(
                commitment,
                place,
                title,
                period,
                sources,
                total,
                adjusted,
                spent.plus(amount),
                entries + 1,
                adjustments);
    }
}
