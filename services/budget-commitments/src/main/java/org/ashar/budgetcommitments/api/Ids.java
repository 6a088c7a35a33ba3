package org.ashar.budgetcommitments.api;

import org.ashar.budgetcommitments.domain.budget.BudgetCommitment;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.kernel.StreamId;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;

/** Ids in addresses. */
final class Ids {

    static final String NO_COMMITMENT = Commitment.STREAM + ".not-found";
    static final String NO_BUDGET = BudgetCommitment.STREAM + ".not-found";

    private Ids() {}

    /** Ends the request with 404 where no aggregate can have this id. */
    static StreamId stream(String type, String id) {
        if (!StreamId.isId(id)) {
            throw notFound(type + ".not-found");
        }
        return new StreamId(type, id);
    }

    static ProblemException notFound(String code) {
        return new ProblemException(Problem.of(404, code));
    }
}
