package org.ashar.budgetcommitments.config;

import org.ashar.budgetcommitments.domain.budget.BudgetCommand;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.EventStore;
import org.ashar.web.MessageBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's own beans. */
@Configuration(proxyBeanMethods = false)
class BudgetCommitmentsConfiguration {

    @Bean
    MessageBundle ownMessages() {
        return new MessageBundle("budget-commitments");
    }

    @Bean
    CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments(
            EventStore store) {
        var commitments = store.handler(CommitmentAggregate.TYPE);
        CommitmentAggregate.createIndexes(commitments.currents());
        return commitments;
    }

    @Bean
    CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets(EventStore store) {
        var budgets = store.handler(BudgetAggregate.TYPE);
        BudgetAggregate.createIndexes(budgets.currents());
        return budgets;
    }
}
