package org.ashar.budgetcommitments.domain.budget;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.budget.Budget.Approval;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;

/**
 * What may be wished of money. {@code today} is the day in the installation's zone; {@code
 * personalDataAcknowledged} says that the official saw the warning and publishes all the same.
 */
public sealed interface BudgetCommand {

    Actor by();

    /** How the commitment stood when money was proposed for it. */
    sealed interface Standing {
        /** Public and under way; its place becomes the budget's. */
        record UnderWay(PlaceRef place, long version) implements Standing {}

        /** A draft, or nothing at all: those who may not see drafts learn no difference. */
        record NotPublished() implements Standing {}

        record Withdrawn() implements Standing {}

        record Complete() implements Standing {}
    }

    record ProposeBudget(
            Actor by,
            StreamId commitment,
            Standing standing,
            MultilingualText title,
            Period period,
            Money total,
            List<Source> sources,
            boolean personalDataAcknowledged)
            implements BudgetCommand {
        public ProposeBudget {
            sources = List.copyOf(sources);
        }
    }

    /** What is wished of a proposed budget. */
    sealed interface OfBudget extends BudgetCommand {}

    record ApproveBudget(
            Actor by, LocalDate today, Approval approval, boolean personalDataAcknowledged)
            implements OfBudget {}

    record AdjustBudget(
            Actor by,
            LocalDate today,
            Money total,
            List<Source> sources,
            MultilingualText rationale,
            Approval approval,
            boolean personalDataAcknowledged)
            implements OfBudget {
        public AdjustBudget {
            sources = List.copyOf(sources);
        }
    }

    record CommitBudget(Actor by) implements OfBudget {}

    /** A negative amount is a refund. */
    record RecordSpending(
            Actor by,
            LocalDate today,
            Money amount,
            LocalDate spentOn,
            MultilingualText description,
            List<Evidence> evidence,
            boolean personalDataAcknowledged)
            implements OfBudget {
        public RecordSpending {
            evidence = List.copyOf(evidence);
        }
    }

    record ExecuteBudget(Actor by) implements OfBudget {}

    record CloseBudget(Actor by) implements OfBudget {}

    record LapseBudget(Actor by, LocalDate today) implements OfBudget {}

    record CancelBudget(Actor by, MultilingualText reason, boolean personalDataAcknowledged)
            implements OfBudget {}
}
