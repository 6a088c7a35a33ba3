package org.ashar.budgetcommitments.domain.budget;

import static org.ashar.budgetcommitments.domain.Samples.*;
import static org.ashar.budgetcommitments.domain.budget.BudgetSpecs.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand.*;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent.*;
import org.ashar.budgetcommitments.domain.budget.BudgetState.Public;
import org.ashar.testing.DeciderSpec;
import org.junit.jupiter.api.Test;

class BudgetSpecTest {

    private final DeciderSpec<BudgetCommand, BudgetState, BudgetEvent> spec =
            DeciderSpec.of(BudgetCommitment.DECIDER);

    @Test
    void a_proposal_takes_its_place_from_the_commitment_and_records_what_it_saw() {
        spec.given()
                .when(propose(kgs(1000), source(600), donor(400)))
                .then(
                        new BudgetProposed(
                                COMMITMENT,
                                3,
                                PLACE,
                                text("Pipes and pumps"),
                                BudgetSpecs.PERIOD,
                                kgs(1000),
                                List.of(source(600), donor(400))));
    }

    @Test
    void spending_up_to_the_adjusted_amount_is_just_spending() {
        spec.given(partlyExecuted()).when(spend(kgs(700))).then(spentEvent(2, 700));
    }

    @Test
    void spending_over_the_adjusted_amount_is_recorded_and_told() {
        spec.given(partlyExecuted())
                .when(spend(kgs(701)))
                .then(spentEvent(2, 701), new OverspendDetected(kgs(1000), kgs(1001)));
    }

    @Test
    void more_overspending_is_not_told_again() {
        spec.given(then(partlyExecuted(), spentEvent(2, 701), overspend(1000, 1001)))
                .when(spend(kgs(50)))
                .then(spentEvent(3, 50));
    }

    @Test
    void overspending_is_told_again_after_a_refund_brought_it_back() {
        spec.given(
                        then(
                                partlyExecuted(),
                                spentEvent(2, 701),
                                overspend(1000, 1001),
                                spentEvent(3, -1)))
                .when(spend(kgs(2)))
                .then(spentEvent(4, 2), new OverspendDetected(kgs(1000), kgs(1002)));
    }

    @Test
    void overspending_is_told_again_after_an_adjustment_covered_it() {
        spec.given(
                        then(
                                partlyExecuted(),
                                spentEvent(2, 701),
                                overspend(1000, 1001),
                                adjustedTo(1200)))
                .when(spend(kgs(200)))
                .then(spentEvent(3, 200), new OverspendDetected(kgs(1200), kgs(1201)));
    }

    @Test
    void an_adjustment_below_what_was_spent_is_an_overspend() {
        spec.given(partlyExecuted())
                .when(adjust(kgs(200), source(200)))
                .then(
                        new BudgetAdjusted(
                                kgs(200), List.of(source(200)), text("Pumps cost more"), APPROVAL),
                        new OverspendDetected(kgs(200), kgs(300)));
    }

    @Test
    void sources_may_be_exchanged_at_the_same_total() {
        spec.given(approved())
                .when(adjust(kgs(1000), donor(1000)))
                .then(
                        new BudgetAdjusted(
                                kgs(1000),
                                List.of(donor(1000)),
                                text("Pumps cost more"),
                                APPROVAL));
    }

    @Test
    void late_entries_and_refunds_are_recorded_until_it_is_closed() {
        spec.given(executed()).when(spend(kgs(-300))).then(spentEvent(2, -300));
        assertThat(spec.given(then(executed(), spentEvent(2, -300))).state())
                .isInstanceOf(BudgetState.Executed.class);
    }

    @Test
    void an_adjustment_leaves_a_budget_under_execution_where_it_is() {
        assertThat(spec.given(then(committed(), adjustedTo(900))).state())
                .isInstanceOf(BudgetState.Committed.class);
        assertThat(spec.given(then(partlyExecuted(), adjustedTo(900))).state())
                .isInstanceOf(BudgetState.PartlyExecuted.class);
    }

    @Test
    void the_proposed_total_stays_visible_beside_the_adjusted_one() {
        Budget budget = ((Public) spec.given(then(approved(), adjustedTo(900))).state()).budget();
        assertThat(budget.total()).isEqualTo(kgs(1000));
        assertThat(budget.adjusted()).isEqualTo(kgs(900));
        assertThat(budget.adjustments()).isEqualTo(1);
    }

    private static BudgetEvent overspend(long adjusted, long spent) {
        return new OverspendDetected(kgs(adjusted), kgs(spent));
    }
}
