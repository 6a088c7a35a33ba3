package org.ashar.budgetcommitments.domain.budget;

import org.ashar.budgetcommitments.domain.budget.BudgetCommand.*;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent.*;
import org.ashar.budgetcommitments.domain.budget.BudgetState.*;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Money;
import org.ashar.kernel.Refusal;

/** Money promised for a published commitment, and what became of it. */
public final class BudgetCommitment {

    public static final String STREAM = "budget-commitment";

    public static final Decider<BudgetCommand, BudgetState, BudgetEvent> DECIDER =
            new Decider<>(NotProposed::new, BudgetCommitment::decide, BudgetCommitment::evolve);

    private BudgetCommitment() {}

    static Decision<BudgetEvent> decide(BudgetState state, BudgetCommand command) {
        return switch (command) {
            case ProposeBudget propose ->
                    switch (state) {
                        case NotProposed nothing -> propose(nothing, propose);
                        case Public _ -> outOfOrder(state, command);
                    };
            case OfBudget ofBudget ->
                    switch (state) {
                        case NotProposed _ -> outOfOrder(state, command);
                        case Public open -> decide(open, ofBudget);
                    };
        };
    }

    private static Decision<BudgetEvent> decide(Public state, OfBudget command) {
        return switch (command) {
            case ApproveBudget approve ->
                    switch (state) {
                        case Proposed(Budget budget) ->
                                BudgetRules.APPROVING.decide(
                                        budget,
                                        approve,
                                        () ->
                                                Decision.accept(
                                                        new BudgetApproved(approve.approval())));
                        case Approved _,
                                Adjusted _,
                                Committed _,
                                PartlyExecuted _,
                                Executed _,
                                Closed _,
                                Lapsed _,
                                Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case AdjustBudget adjust ->
                    switch (state) {
                        case Approved(Budget budget) -> adjust(budget, adjust);
                        case Adjusted(Budget budget) -> adjust(budget, adjust);
                        case Committed(Budget budget) -> adjust(budget, adjust);
                        case PartlyExecuted(Budget budget) -> adjust(budget, adjust);
                        case Proposed _, Executed _, Closed _, Lapsed _, Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case CommitBudget _ ->
                    switch (state) {
                        case Approved _, Adjusted _ -> Decision.accept(new BudgetCommitted());
                        case Proposed _,
                                Committed _,
                                PartlyExecuted _,
                                Executed _,
                                Closed _,
                                Lapsed _,
                                Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case RecordSpending spend ->
                    switch (state) {
                        case Committed(Budget budget) -> spend(budget, spend);
                        case PartlyExecuted(Budget budget) -> spend(budget, spend);
                        case Executed(Budget budget) -> spend(budget, spend);
                        case Proposed _, Approved _, Adjusted _, Closed _, Lapsed _, Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case ExecuteBudget _ ->
                    switch (state) {
                        case PartlyExecuted _ -> Decision.accept(new BudgetExecuted());
                        case Proposed _,
                                Approved _,
                                Adjusted _,
                                Committed _,
                                Executed _,
                                Closed _,
                                Lapsed _,
                                Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case CloseBudget _ ->
                    switch (state) {
                        case Executed _ -> Decision.accept(new BudgetClosed());
                        case Proposed _,
                                Approved _,
                                Adjusted _,
                                Committed _,
                                PartlyExecuted _,
                                Closed _,
                                Lapsed _,
                                Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case LapseBudget lapse ->
                    switch (state) {
                        case Approved(Budget budget) -> lapse(budget, lapse);
                        case Adjusted(Budget budget) -> lapse(budget, lapse);
                        case Committed(Budget budget) -> lapse(budget, lapse);
                        case Proposed _,
                                PartlyExecuted _,
                                Executed _,
                                Closed _,
                                Lapsed _,
                                Cancelled _ ->
                                outOfOrder(state, command);
                    };
            case CancelBudget cancel ->
                    switch (state) {
                        case Proposed(Budget budget) -> cancel(budget, cancel);
                        case Approved(Budget budget) -> cancel(budget, cancel);
                        case Adjusted(Budget budget) -> cancel(budget, cancel);
                        case Committed(Budget budget) -> cancel(budget, cancel);
                        case PartlyExecuted _, Executed _, Closed _, Lapsed _, Cancelled _ ->
                                outOfOrder(state, command);
                    };
        };
    }

    private static Decision<BudgetEvent> propose(NotProposed nothing, ProposeBudget command) {
        return switch (command.standing()) {
            case Standing.UnderWay(var place, long version) ->
                    BudgetRules.PROPOSING.decide(
                            nothing,
                            command,
                            () ->
                                    Decision.accept(
                                            new BudgetProposed(
                                                    command.commitment(),
                                                    version,
                                                    place,
                                                    command.title(),
                                                    command.period(),
                                                    command.total(),
                                                    command.sources())));
            case Standing.NotPublished _ -> conflict("budget.commitment-not-published");
            case Standing.Withdrawn _ -> conflict("budget.commitment-withdrawn");
            case Standing.Complete _ -> conflict("budget.commitment-complete");
        };
    }

    private static Decision<BudgetEvent> adjust(Budget budget, AdjustBudget command) {
        return BudgetRules.ADJUSTING.decide(
                budget,
                command,
                () ->
                        withOverspend(
                                budget,
                                budget.adjusted(command.sources(), command.total()),
                                new BudgetAdjusted(
                                        command.total(),
                                        command.sources(),
                                        command.rationale(),
                                        command.approval())));
    }

    private static Decision<BudgetEvent> spend(Budget budget, RecordSpending command) {
        return BudgetRules.SPENDING.decide(
                budget,
                command,
                () ->
                        withOverspend(
                                budget,
                                budget.spent(command.amount()),
                                new SpendingRecorded(
                                        budget.entries() + 1,
                                        command.amount(),
                                        command.spentOn(),
                                        command.description(),
                                        command.evidence())));
    }

    /** Overspending is told once for each crossing, and never refused. */
    private static Decision<BudgetEvent> withOverspend(
            Budget before, Budget after, BudgetEvent event) {
        return before.overspent() || !after.overspent()
                ? Decision.accept(event)
                : Decision.accept(event, new OverspendDetected(after.adjusted(), after.spent()));
    }

    private static Decision<BudgetEvent> lapse(Budget budget, LapseBudget command) {
        return BudgetRules.LAPSING.decide(
                budget, command, () -> Decision.accept(new BudgetLapsed()));
    }

    private static Decision<BudgetEvent> cancel(Budget budget, CancelBudget command) {
        return BudgetRules.CANCELLING.decide(
                budget, command, () -> Decision.accept(new BudgetCancelled(command.reason())));
    }

    private static Decision<BudgetEvent> outOfOrder(BudgetState state, BudgetCommand command) {
        return switch (state) {
            case NotProposed _ -> Decision.refuse(Refusal.notFound("budget-commitment.not-found"));
            case Closed _ -> conflict("budget.already-closed");
            case Lapsed _ -> conflict("budget.already-lapsed");
            case Cancelled _ -> conflict("budget.already-cancelled");
            case Proposed _, Approved _, Adjusted _, Committed _, PartlyExecuted _, Executed _ ->
                    conflict(
                            switch (command) {
                                case ProposeBudget _ -> "budget.already-proposed";
                                case OfBudget ofBudget ->
                                        state instanceof Proposed
                                                ? "budget.not-approved"
                                                : sinceApproval(state, ofBudget);
                            });
        };
    }

    private static String sinceApproval(BudgetState state, OfBudget command) {
        return switch (command) {
            case ApproveBudget _ -> "budget.already-approved";
            case AdjustBudget _ -> "budget.already-executed";
            case CommitBudget _ -> "budget.already-committed";
            case RecordSpending _ -> "budget.not-committed";
            case ExecuteBudget _ ->
                    state instanceof Committed
                            ? "budget.nothing-spent"
                            : state instanceof Executed
                                    ? "budget.already-executed"
                                    : "budget.not-committed";
            case CloseBudget _ ->
                    state instanceof Committed || state instanceof PartlyExecuted
                            ? "budget.not-executed"
                            : "budget.not-committed";
            case LapseBudget _, CancelBudget _ -> "budget.already-spent";
        };
    }

    private static Decision<BudgetEvent> conflict(String code) {
        return Decision.refuse(Refusal.conflict(code));
    }

    static BudgetState evolve(BudgetState state, BudgetEvent event) {
        return switch (event) {
            case BudgetProposed proposed ->
                    new Proposed(
                            new Budget(
                                    proposed.commitment(),
                                    proposed.place(),
                                    proposed.title(),
                                    proposed.period(),
                                    proposed.sources(),
                                    proposed.total(),
                                    proposed.total(),
                                    Money.zero(proposed.total().currency()),
                                    0,
                                    0));
            case BudgetApproved _,
                    BudgetAdjusted _,
                    BudgetCommitted _,
                    SpendingRecorded _,
                    OverspendDetected _,
                    BudgetExecuted _,
                    BudgetClosed _,
                    BudgetLapsed _,
                    BudgetCancelled _ ->
                    state instanceof Public open ? evolve(open, event) : state;
        };
    }

    private static BudgetState evolve(Public state, BudgetEvent event) {
        Budget budget = state.budget();
        return switch (event) {
            case BudgetProposed _, OverspendDetected _ -> state;
            case BudgetApproved _ -> new Approved(budget);
            case BudgetAdjusted(Money total, var sources, _, _) ->
                    adjusted(state, budget.adjusted(sources, total));
            case BudgetCommitted _ -> new Committed(budget);
            case SpendingRecorded(_, Money amount, _, _, _) ->
                    state instanceof Executed
                            ? new Executed(budget.spent(amount))
                            : new PartlyExecuted(budget.spent(amount));
            case BudgetExecuted _ -> new Executed(budget);
            case BudgetClosed _ -> new Closed(budget);
            case BudgetLapsed _ -> new Lapsed(budget);
            case BudgetCancelled _ -> new Cancelled(budget);
        };
    }

    private static BudgetState adjusted(Public state, Budget adjusted) {
        return switch (state) {
            case Committed _ -> new Committed(adjusted);
            case PartlyExecuted _ -> new PartlyExecuted(adjusted);
            case Executed _ -> new Executed(adjusted);
            case Proposed _, Approved _, Adjusted _, Closed _, Lapsed _, Cancelled _ ->
                    new Adjusted(adjusted);
        };
    }
}
