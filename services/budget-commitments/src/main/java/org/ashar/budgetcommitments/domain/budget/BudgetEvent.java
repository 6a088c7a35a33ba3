package org.ashar.budgetcommitments.domain.budget;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.budget.Budget.Approval;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;

/** What happened to money. */
public sealed interface BudgetEvent {

    /** {@code commitmentVersion} is what the proposal rested on. */
    record BudgetProposed(
            StreamId commitment,
            long commitmentVersion,
            PlaceRef place,
            MultilingualText title,
            Period period,
            Money total,
            List<Source> sources)
            implements BudgetEvent {
        public BudgetProposed {
            sources = List.copyOf(sources);
        }
    }

    record BudgetApproved(Approval approval) implements BudgetEvent {}

    record BudgetAdjusted(
            Money total, List<Source> sources, MultilingualText rationale, Approval approval)
            implements BudgetEvent {
        public BudgetAdjusted {
            sources = List.copyOf(sources);
        }
    }

    record BudgetCommitted() implements BudgetEvent {}

    /** The entry of this {@code number}; a negative amount is a refund. */
    record SpendingRecorded(
            int number,
            Money amount,
            LocalDate spentOn,
            MultilingualText description,
            List<Evidence> evidence)
            implements BudgetEvent {
        public SpendingRecorded {
            evidence = List.copyOf(evidence);
        }
    }

    /** The spent amount went over the adjusted one. */
    record OverspendDetected(Money adjusted, Money spent) implements BudgetEvent {}

    record BudgetExecuted() implements BudgetEvent {}

    record BudgetClosed() implements BudgetEvent {}

    record BudgetLapsed() implements BudgetEvent {}

    record BudgetCancelled(MultilingualText reason) implements BudgetEvent {}
}
