package org.ashar.budgetcommitments.domain.budget;

import static org.ashar.budgetcommitments.domain.Samples.*;
import static org.ashar.budgetcommitments.domain.budget.BudgetSpecs.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand.*;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent.*;
import org.ashar.budgetcommitments.domain.budget.BudgetState.Public;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Money;
import org.junit.jupiter.api.RepeatedTest;

class BudgetPropertiesTest {

    private static final int COMMANDS = 400;

    @RepeatedTest(50)
    void whatever_is_wished_the_figures_hold() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<BudgetEvent> history = new ArrayList<>();
        BudgetState state = BudgetCommitment.DECIDER.initial().get();
        for (int i = 0; i < COMMANDS; i++) {
            BudgetCommand command = command(random, i);
            Decision<BudgetEvent> decision = BudgetCommitment.decide(state, command);
            if (decision instanceof Decision.Accepted<BudgetEvent>(List<BudgetEvent> events)) {
                history.addAll(events);
                state = BudgetCommitment.DECIDER.fold(state, events);
            }
            assertThat(state)
                    .as("seed %d, command %d", seed, i)
                    .isEqualTo(
                            BudgetCommitment.DECIDER.fold(
                                    BudgetCommitment.DECIDER.initial().get(), history));
        }
        holds(state, history, seed);
        survivesStorage(state, history);
    }

    private static void holds(BudgetState state, List<BudgetEvent> history, long seed) {
        Money adjusted = kgs(0);
        Money spent = kgs(0);
        int crossings = 0;
        int told = 0;
        boolean over = false;
        boolean committed = false;
        for (BudgetEvent event : history) {
            switch (event) {
                case BudgetProposed proposed -> {
                    adjusted = proposed.total();
                    assertThat(sum(proposed.sources())).isEqualTo(proposed.total());
                }
                case BudgetAdjusted changed -> {
                    adjusted = changed.total();
                    assertThat(sum(changed.sources())).isEqualTo(changed.total());
                }
                case SpendingRecorded recorded -> {
                    assertThat(committed).as("spending starts at Committed").isTrue();
                    spent = spent.plus(recorded.amount());
                    assertThat(spent.isNegative()).isFalse();
                }
                case BudgetCommitted _ -> committed = true;
                case OverspendDetected detected -> {
                    told++;
                    assertThat(detected).isEqualTo(new OverspendDetected(adjusted, spent));
                }
                case BudgetApproved _,
                        BudgetExecuted _,
                        BudgetClosed _,
                        BudgetLapsed _,
                        BudgetCancelled _ -> {}
            }
            boolean nowOver = spent.compareTo(adjusted) > 0;
            if (nowOver && !over) {
                crossings++;
            }
            over = nowOver;
        }
        assertThat(told).as("seed %d: once for each crossing", seed).isEqualTo(crossings);
        if (state instanceof Public open) {
            assertThat(open.budget().adjusted()).isEqualTo(adjusted);
            assertThat(open.budget().spent()).isEqualTo(spent);
            assertThat(sum(open.budget().sources())).isEqualTo(adjusted);
        }
    }

    private static void survivesStorage(BudgetState state, List<BudgetEvent> history) {
        history.forEach(
                event ->
                        assertThat(
                                        StoredNames.BUDGET_EVENTS.read(
                                                StoredNames.BUDGET_EVENTS.name(event),
                                                StoredNames.BUDGET_EVENTS.write(event)))
                                .isEqualTo(event));
        assertThat(
                        StoredNames.BUDGET_STATES.read(
                                StoredNames.BUDGET_STATES.name(state),
                                StoredNames.BUDGET_STATES.write(state)))
                .isEqualTo(state);
    }

    private static Money sum(List<Source> sources) {
        return sources.stream().map(Source::amount).reduce(kgs(0), Money::plus);
    }

    /** Ending commands are rare, so that a history grows before it ends. */
    private static BudgetCommand command(Random random, int step) {
        if (random.nextInt(100) < 2 && step > 200) {
            return switch (random.nextInt(4)) {
                case 0 -> new ExecuteBudget(FINANCE);
                case 1 -> new CloseBudget(FINANCE);
                case 2 -> new LapseBudget(FINANCE, TODAY.plusDays(random.nextInt(500)));
                default -> new CancelBudget(FINANCE, text("Double"), false);
            };
        }
        return switch (random.nextInt(8)) {
            case 0 -> {
                long first = random.nextLong(-10, 1000);
                long second = random.nextLong(-10, 1000);
                long wrong = random.nextInt(5) == 0 ? 1 : 0;
                yield propose(kgs(first + second + wrong), source(first), donor(second));
            }
            case 1 -> new ApproveBudget(FINANCE, TODAY, APPROVAL, false);
            case 2 -> new CommitBudget(FINANCE);
            case 3 -> {
                long total = random.nextLong(-10, 1500);
                yield adjust(kgs(total), source(total));
            }
            default -> spend(kgs(random.nextLong(-400, 500)));
        };
    }
}
