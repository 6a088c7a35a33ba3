package org.ashar.progressreports.readmodel.record;

import java.time.LocalDate;
import java.util.List;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.StreamId;

/**
 * One entry of money spent; a refund is negative.
 *
 * @param spent what was spent of the budget with this entry
 */
public record SpendingEntry(
        StreamId budget,
        Money amount,
        LocalDate spentOn,
        MultilingualText description,
        List<Evidence> evidence,
        Money spent,
        Given given) {

    public SpendingEntry {
        evidence = List.copyOf(evidence);
    }
}
