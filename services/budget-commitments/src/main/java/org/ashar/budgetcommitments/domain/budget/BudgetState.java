package org.ashar.budgetcommitments.domain.budget;

/** Where the money stands. */
public sealed interface BudgetState {

    /** Nothing happened yet. */
    record NotProposed() implements BudgetState {}

    /** Public, with its figures. */
    sealed interface Public extends BudgetState {
        Budget budget();
    }

    record Proposed(Budget budget) implements Public {}

    record Approved(Budget budget) implements Public {}

    record Adjusted(Budget budget) implements Public {}

    record Committed(Budget budget) implements Public {}

    record PartlyExecuted(Budget budget) implements Public {}

    record Executed(Budget budget) implements Public {}

    record Closed(Budget budget) implements Public {}

    record Lapsed(Budget budget) implements Public {}

    record Cancelled(Budget budget) implements Public {}
}
