package org.ashar.budgetcommitments.config;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.MongoCollection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ashar.budgetcommitments.contract.published.BudgetPublication;
import org.ashar.budgetcommitments.domain.budget.Budget;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand;
import org.ashar.budgetcommitments.domain.budget.BudgetCommitment;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.budget.BudgetState.NotProposed;
import org.ashar.budgetcommitments.domain.budget.BudgetState.Public;
import org.ashar.eventstore.AggregateType;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How budget commitments are stored, and the fields by which they are listed. */
public final class BudgetAggregate {

    /** Raise it whenever states, their folding or {@link #summary} change meaning. */
    private static final int STATE_FORMAT = 1;

    public static final AggregateType<BudgetCommand, BudgetState, BudgetEvent> TYPE =
            new AggregateType<>(
                    BudgetCommitment.STREAM,
                    STATE_FORMAT,
                    BudgetCommitment.DECIDER,
                    StoredNames.BUDGET_EVENTS,
                    StoredNames.BUDGET_STATES,
                    new BudgetPublication(),
                    BudgetAggregate::summary);

    private BudgetAggregate() {}

    /** One for each way in which lists go: as they sort, so that no store has to. */
    static void createIndexes(MongoCollection<Document> currents) {
        Bson newestFirst = descending("s.start", "_id");
        currents.createIndex(newestFirst);
        for (String field : List.of("s.commitment", "s.place", "s.state")) {
            currents.createIndex(compoundIndex(ascending(field), newestFirst));
        }
    }

    private static Map<String, Object> summary(BudgetState state) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("state", StoredNames.BUDGET_STATES.name(state));
        switch (state) {
            case NotProposed _ -> {}
            case Public open -> {
                Budget budget = open.budget();
                summary.put("commitment", budget.commitment().toString());
                summary.put("place", budget.place().key());
                summary.put("start", budget.period().start().toString());
                summary.put("end", budget.period().end().toString());
                summary.put("currency", budget.total().currency().getCurrencyCode());
                summary.put("total", budget.total().minor());
                summary.put("adjusted", budget.adjusted().minor());
                summary.put("spent", budget.spent().minor());
                summary.put("overspent", budget.overspent());
                summary.put("text", CommitmentAggregate.searchable(budget.title()));
            }
        }
        return summary;
    }
}
