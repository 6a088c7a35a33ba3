package org.ashar.budgetcommitments.api;

import java.util.List;
import java.util.Optional;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.budget.Budget;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.ashar.web.Csv;

/**
 * A budget commitment as it is read.
 *
 * @param total as proposed
 * @param adjusted as promised now; the sources sum to it
 * @param spent entries less refunds
 */
record BudgetView(
        String id,
        long version,
        String state,
        StreamId commitment,
        PlaceRef place,
        MultilingualText title,
        Period period,
        List<Source> sources,
        Money total,
        Money adjusted,
        Money spent,
        boolean overspent,
        int entries,
        int adjustments) {

    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "state",
                    "commitment",
                    "place",
                    "placeName",
                    "title",
                    "titleLanguage",
                    "start",
                    "end",
                    "currency",
                    "total",
                    "adjusted",
                    "spent",
                    "overspent");

    static Optional<BudgetView> of(Current<BudgetState> current) {
        if (!(current.state() instanceof BudgetState.Public open)) {
            return Optional.empty();
        }
        Budget budget = open.budget();
        return Optional.of(
                new BudgetView(
                        current.stream().id(),
                        current.version(),
                        StoredNames.BUDGET_STATES.name(current.state()),
                        budget.commitment(),
                        budget.place(),
                        budget.title(),
                        budget.period(),
                        budget.sources(),
                        budget.total(),
                        budget.adjusted(),
                        budget.spent(),
                        budget.overspent(),
                        budget.entries(),
                        budget.adjustments()));
    }

    static Csv csv(List<BudgetView> rows) {
        return new Csv(COLUMNS, rows.stream().map(BudgetView::cells).toList());
    }

    private List<String> cells() {
        MultilingualText.Chosen original = title.in(title.original());
        return List.of(
                id,
                state,
                commitment.id(),
                place.key(),
                place.name(),
                original.value(),
                original.language(),
                period.start().toString(),
                period.end().toString(),
                total.currency().getCurrencyCode(),
                total.amount(),
                adjusted.amount(),
                spent.amount(),
                Boolean.toString(overspent));
    }
}
