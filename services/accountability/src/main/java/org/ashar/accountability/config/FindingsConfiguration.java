package org.ashar.accountability.config;

import org.ashar.accountability.domain.finding.FindingCommand;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.readmodel.subject.LoggedSubjects;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Findings, and what they rest on. */
@Configuration(proxyBeanMethods = false)
class FindingsConfiguration {

    @Bean
    CommandHandler<FindingCommand, FindingState, FindingEvent> findings(EventStore store) {
        CommandHandler<FindingCommand, FindingState, FindingEvent> findings =
                store.handler(FindingAggregate.TYPE);
        FindingAggregate.createIndexes(findings.currents());
        return findings;
    }

    @Bean
    LoggedSubjects loggedSubjects(Ledger ledger) {
        return new LoggedSubjects(ledger);
    }
}
