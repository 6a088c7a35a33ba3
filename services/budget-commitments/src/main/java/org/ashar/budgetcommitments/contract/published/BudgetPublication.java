package org.ashar.budgetcommitments.contract.published;

import java.util.List;
import org.ashar.budgetcommitments.contract.published.BudgetFact.Amounts;
import org.ashar.budgetcommitments.domain.budget.Budget;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent.*;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.budget.BudgetState.Public;
import org.ashar.eventstore.Fact;
import org.ashar.eventstore.Publication;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;

/** What others learn of money: everything, from its proposal on. */
public final class BudgetPublication implements Publication<BudgetState, BudgetEvent> {

    @Override
    public List<Fact> publish(
            BudgetState before, BudgetEvent event, BudgetState after, CommandMeta meta) {
        return after instanceof Public open
                ? List.of(fact(open.budget(), event, meta.actor()).named())
                : List.of();
    }

    private static BudgetFact fact(Budget budget, BudgetEvent event, Actor by) {
        var commitment = budget.commitment();
        var place = budget.place();
        Amounts amounts = Amounts.of(budget);
        return switch (event) {
            case BudgetProposed proposed ->
                    new BudgetFact.Proposed(
                            commitment,
                            proposed.commitmentVersion(),
                            place,
                            proposed.title(),
                            proposed.period(),
                            proposed.sources(),
                            amounts,
                            by);
            case BudgetApproved(var approval) ->
                    new BudgetFact.Approved(commitment, place, approval, amounts, by);
            case BudgetAdjusted adjusted ->
                    new BudgetFact.Adjusted(
                            commitment,
                            place,
                            budget.adjustments(),
                            adjusted.sources(),
                            adjusted.rationale(),
                            adjusted.approval(),
                            amounts,
                            by);
            case BudgetCommitted _ -> new BudgetFact.Committed(commitment, place, amounts, by);
            case SpendingRecorded recorded ->
                    new BudgetFact.Spent(
                            commitment,
                            place,
                            recorded.number(),
                            recorded.amount(),
                            recorded.spentOn(),
                            recorded.description(),
                            recorded.evidence(),
                            amounts,
                            by);
            case OverspendDetected(var adjusted, var spent) ->
                    new BudgetFact.Overspent(
                            commitment, place, spent.plus(adjusted.negated()), amounts, by);
            case BudgetExecuted _ -> new BudgetFact.Executed(commitment, place, amounts, by);
            case BudgetClosed _ -> new BudgetFact.Closed(commitment, place, amounts, by);
            case BudgetLapsed _ -> new BudgetFact.Lapsed(commitment, place, amounts, by);
            case BudgetCancelled(var reason) ->
                    new BudgetFact.Cancelled(commitment, place, reason, amounts, by);
        };
    }
}
