package org.ashar.budgetcommitments.contract.published;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.Draft;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.Public;
import org.ashar.budgetcommitments.domain.commitment.DraftTerms;
import org.ashar.budgetcommitments.domain.commitment.Milestone;
import org.ashar.budgetcommitments.domain.commitment.Promise;
import org.ashar.budgetcommitments.domain.commitment.Terms;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.eventstore.Fact;
import org.ashar.eventstore.Publication;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;

/** What others learn of a commitment: nothing while it is a draft, then all of it. */
public final class CommitmentPublication implements Publication<CommitmentState, CommitmentEvent> {

    /** Who and when, as long as real ones are, to weigh a draft. */
    private static final Actor SOMEBODY = new Actor("0".repeat(64), "officer", "0".repeat(64));

    private static final LocalDate SOME_DAY = LocalDate.of(2000, 1, 1);

    @Override
    public List<Fact> publish(
            CommitmentState before,
            CommitmentEvent event,
            CommitmentState after,
            CommandMeta meta) {
        return after instanceof Public open
                ? List.of(fact(open.promise(), event, meta.actor()).named())
                : List.of();
    }

    @Override
    public Optional<Fact> preview(CommitmentState after) {
        return after instanceof Draft(_, PlaceRef place, DraftTerms terms, _)
                ? Optional.of(preview(place, terms).named())
                : Optional.empty();
    }

    private static CommitmentFact fact(Promise promise, CommitmentEvent event, Actor by) {
        Terms terms = promise.terms();
        return switch (event) {
            case CommitmentPublished published ->
                    new CommitmentFact.Published(
                            terms.place(),
                            terms.title(),
                            terms.description(),
                            terms.lead(),
                            terms.contact(),
                            terms.period(),
                            terms.classifications(),
                            published.milestones().stream()
                                    .map(CommitmentPublication::planned)
                                    .toList(),
                            terms.reporting(),
                            published.publishedOn(),
                            by);
            case CommitmentStarted _ -> new CommitmentFact.Started(terms.place(), by);
            case MilestoneAssessed assessed ->
                    new CommitmentFact.Assessed(
                            terms.place(),
                            assessed.milestone(),
                            assessed.outcome(),
                            assessed.metOn(),
                            assessed.evidence(),
                            assessed.note(),
                            by);
            case CommitmentReportedComplete(_, var statement) ->
                    new CommitmentFact.ReportedComplete(terms.place(), statement, by);
            case CommitmentVerifiedComplete(_, var statement) ->
                    new CommitmentFact.VerifiedComplete(terms.place(), statement, by);
            case CommitmentDisputed(_, var reason) ->
                    new CommitmentFact.Disputed(terms.place(), reason, by);
            case CommitmentResumed(_, var response) ->
                    new CommitmentFact.Resumed(terms.place(), response, by);
            case CommitmentWithdrawn(_, var reason) ->
                    new CommitmentFact.Withdrawn(terms.place(), reason, by);
            case CommitmentAmended amended ->
                    new CommitmentFact.Amended(
                            terms.place(),
                            promise.amendments(),
                            amended.rationale(),
                            amended.description(),
                            amended.contact(),
                            amended.period(),
                            amended.milestones().stream()
                                    .map(CommitmentPublication::amended)
                                    .toList(),
                            by);
            case CommitmentDrafted _, DraftEdited _, DraftDiscarded _ ->
                    throw new IllegalStateException("a draft's event ends in a public state");
        };
    }

    private static CommitmentFact preview(PlaceRef place, DraftTerms terms) {
        return new CommitmentFact.Published(
                place,
                terms.title(),
                terms.description() == null ? terms.title() : terms.description(),
                terms.lead() == null ? new Lead("lead", terms.title()) : terms.lead(),
                terms.contact() == null
                        ? new Contact(terms.title(), "contact", null)
                        : terms.contact(),
                terms.period() == null ? new Period(SOME_DAY, SOME_DAY) : terms.period(),
                terms.classifications(),
                terms.milestones(),
                terms.reporting(),
                SOME_DAY,
                SOMEBODY);
    }

    private static PlannedMilestone planned(Milestone milestone) {
        return new PlannedMilestone(
                milestone.id(), milestone.title(), milestone.deliverable(), milestone.due());
    }

    private static CommitmentFact.AmendedMilestone amended(Milestone milestone) {
        return new CommitmentFact.AmendedMilestone(
                milestone.id(),
                milestone.title(),
                milestone.deliverable(),
                milestone.due(),
                milestone.originalDue(),
                milestone.dropped());
    }
}
