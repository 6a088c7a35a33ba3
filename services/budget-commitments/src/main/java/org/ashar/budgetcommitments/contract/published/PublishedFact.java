package org.ashar.budgetcommitments.contract.published;

import org.ashar.eventstore.Fact;
import org.ashar.kernel.Actor;
import org.ashar.kernel.PlaceRef;

/** The data of one published event. A new shape is a new version of the name. */
public sealed interface PublishedFact permits CommitmentFact, BudgetFact {

    PlaceRef place();

    Actor by();

    /** The fact with its explicit name and version. */
    default Fact named() {
        return new Fact(
                switch (this) {
                    case CommitmentFact.Published _ -> "commitment-published";
                    case CommitmentFact.Started _ -> "commitment-started";
                    case CommitmentFact.Assessed _ -> "milestone-assessed";
                    case CommitmentFact.ReportedComplete _ -> "commitment-reported-complete";
                    case CommitmentFact.VerifiedComplete _ -> "commitment-verified-complete";
                    case CommitmentFact.Disputed _ -> "commitment-disputed";
                    case CommitmentFact.Resumed _ -> "commitment-resumed";
                    case CommitmentFact.Withdrawn _ -> "commitment-withdrawn";
                    case CommitmentFact.Amended _ -> "commitment-amended";
                    case BudgetFact.Proposed _ -> "budget-proposed";
                    case BudgetFact.Approved _ -> "budget-approved";
                    case BudgetFact.Adjusted _ -> "budget-adjusted";
                    case BudgetFact.Committed _ -> "budget-committed";
                    case BudgetFact.Spent _ -> "spending-recorded";
                    case BudgetFact.Overspent _ -> "overspend-detected";
                    case BudgetFact.Executed _ -> "budget-executed";
                    case BudgetFact.Closed _ -> "budget-closed";
                    case BudgetFact.Lapsed _ -> "budget-lapsed";
                    case BudgetFact.Cancelled _ -> "budget-cancelled";
                },
                1,
                this);
    }
}
