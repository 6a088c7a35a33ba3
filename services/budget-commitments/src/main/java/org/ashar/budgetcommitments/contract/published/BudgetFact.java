package org.ashar.budgetcommitments.contract.published;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.budget.Budget;
import org.ashar.budgetcommitments.domain.budget.Budget.Approval;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;

/** What is published of a budget commitment; the event's subject is the budget commitment. */
public sealed interface BudgetFact extends PublishedFact {

    StreamId commitment();

    Amounts amounts();

    /**
     * All figures after the event.
     *
     * @param total as proposed
     * @param adjusted as promised now
     * @param spent entries less refunds
     */
    record Amounts(Money total, Money adjusted, Money spent) {
        static Amounts of(Budget budget) {
            return new Amounts(budget.total(), budget.adjusted(), budget.spent());
        }
    }

    /** The budget, whole; {@code commitmentVersion} is what it rests on. */
    record Proposed(
            StreamId commitment,
            long commitmentVersion,
            PlaceRef place,
            MultilingualText title,
            Period period,
            List<Source> sources,
            Amounts amounts,
            Actor by)
            implements BudgetFact {}

    record Approved(
            StreamId commitment, PlaceRef place, Approval approval, Amounts amounts, Actor by)
            implements BudgetFact {}

    record Adjusted(
            StreamId commitment,
            PlaceRef place,
            int number,
            List<Source> sources,
            MultilingualText rationale,
            Approval approval,
            Amounts amounts,
            Actor by)
            implements BudgetFact {}

    record Committed(StreamId commitment, PlaceRef place, Amounts amounts, Actor by)
            implements BudgetFact {}

    /** The entry of this {@code number}; negative amounts are refunds. */
    record Spent(
            StreamId commitment,
            PlaceRef place,
            int number,
            Money amount,
            LocalDate spentOn,
            MultilingualText description,
            List<Evidence> evidence,
            Amounts amounts,
            Actor by)
            implements BudgetFact {}

    record Overspent(StreamId commitment, PlaceRef place, Money over, Amounts amounts, Actor by)
            implements BudgetFact {}

    record Executed(StreamId commitment, PlaceRef place, Amounts amounts, Actor by)
            implements BudgetFact {}

    record Closed(StreamId commitment, PlaceRef place, Amounts amounts, Actor by)
            implements BudgetFact {}

    record Lapsed(StreamId commitment, PlaceRef place, Amounts amounts, Actor by)
            implements BudgetFact {}

    record Cancelled(
            StreamId commitment, PlaceRef place, MultilingualText reason, Amounts amounts, Actor by)
            implements BudgetFact {}
}
