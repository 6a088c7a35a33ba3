package org.ashar.budgetcommitments.domain.commitment;

import java.util.List;
import java.util.Set;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.*;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;

/** A public promise: who does what by when, with milestones that can be verified. */
public final class Commitment {

    public static final String STREAM = "commitment";

    public static final Decider<CommitmentCommand, CommitmentState, CommitmentEvent> DECIDER =
            new Decider<>(NotDrafted::new, Commitment::decide, Commitment::evolve);

    private Commitment() {}

    static Decision<CommitmentEvent> decide(CommitmentState state, CommitmentCommand command) {
        return switch (command) {
            case DraftCommitment draft ->
                    switch (state) {
                        case NotDrafted nothing ->
                                DraftRules.DRAFTING.decide(
                                        nothing,
                                        draft,
                                        () ->
                                                Decision.accept(
                                                        new CommitmentDrafted(
                                                                draft.by(),
                                                                draft.place(),
                                                                draft.terms())));
                        case Draft _, Discarded _, Public _ -> outOfOrder(state, command);
                    };
            case OfDraft ofDraft ->
                    switch (state) {
                        case Draft draft -> decide(draft, ofDraft);
                        case NotDrafted _, Discarded _, Public _ -> outOfOrder(state, command);
                    };
            case OfPromise ofPromise ->
                    switch (state) {
                        case Published published -> decide(published, ofPromise);
                        case InProgress inProgress -> decide(inProgress, ofPromise);
                        case ReportedComplete reported -> decide(reported, ofPromise);
                        case Disputed disputed -> decide(disputed, ofPromise);
                        case NotDrafted _, Draft _, Discarded _, VerifiedComplete _, Withdrawn _ ->
                                outOfOrder(state, command);
                    };
        };
    }

    private static Decision<CommitmentEvent> decide(Draft draft, OfDraft command) {
        return switch (command) {
            case EditDraft edit ->
                    DraftRules.EDITING.decide(
                            draft,
                            edit,
                            () -> Decision.accept(new DraftEdited(edit.by(), edit.terms())));
            case DiscardDraft discard ->
                    DraftRules.DISCARDING.decide(
                            draft,
                            discard,
                            () -> Decision.accept(new DraftDiscarded(discard.by())));
            case PublishCommitment publish ->
                    DraftRules.PUBLISHING.decide(
                            draft,
                            publish,
                            () ->
                                    Decision.accept(
                                            new CommitmentPublished(
                                                    publish.by(),
                                                    publish.today(),
                                                    DraftRules.complete(draft),
                                                    draft.terms().milestones().stream()
                                                            .map(Milestone::scheduled)
                                                            .toList())));
        };
    }

    private static Decision<CommitmentEvent> decide(Published state, OfPromise command) {
        return switch (command) {
            case StartCommitment start ->
                    PromiseRules.STARTING.decide(
                            state.promise(),
                            start,
                            () -> Decision.accept(new CommitmentStarted(start.by())));
            case WithdrawCommitment withdraw -> withdraw(state, withdraw);
            case AmendCommitment amend -> amend(state, amend);
            case AssessMilestone _,
                    ReportComplete _,
                    VerifyComplete _,
                    DisputeCompletion _,
                    ResumeCommitment _ ->
                    outOfOrder(state, command);
        };
    }

    private static Decision<CommitmentEvent> decide(InProgress state, OfPromise command) {
        return switch (command) {
            case AssessMilestone assess ->
                    PromiseRules.ASSESSING.decide(
                            state.promise(),
                            assess,
                            () ->
                                    Decision.accept(
                                            new MilestoneAssessed(
                                                    assess.by(),
                                                    assess.milestone(),
                                                    assess.outcome(),
                                                    assess.metOn(),
                                                    assess.evidence(),
                                                    assess.note())));
            case ReportComplete report ->
                    PromiseRules.REPORTING_COMPLETE.decide(
                            state.promise(),
                            report,
                            () ->
                                    Decision.accept(
                                            new CommitmentReportedComplete(
                                                    report.by(), report.statement())));
            case WithdrawCommitment withdraw -> withdraw(state, withdraw);
            case AmendCommitment amend -> amend(state, amend);
            case StartCommitment _, VerifyComplete _, DisputeCompletion _, ResumeCommitment _ ->
                    outOfOrder(state, command);
        };
    }

    private static Decision<CommitmentEvent> decide(ReportedComplete state, OfPromise command) {
        return switch (command) {
            case VerifyComplete verify ->
                    PromiseRules.VERIFYING.decide(
                            state.promise(),
                            verify,
                            () ->
                                    Decision.accept(
                                            new CommitmentVerifiedComplete(
                                                    verify.by(), verify.statement())));
            case DisputeCompletion dispute ->
                    PromiseRules.DISPUTING.decide(
                            state.promise(),
                            dispute,
                            () ->
                                    Decision.accept(
                                            new CommitmentDisputed(
                                                    dispute.by(), dispute.reason())));
            case StartCommitment _,
                    AssessMilestone _,
                    ReportComplete _,
                    ResumeCommitment _,
                    WithdrawCommitment _,
                    AmendCommitment _ ->
                    outOfOrder(state, command);
        };
    }

    private static Decision<CommitmentEvent> decide(Disputed state, OfPromise command) {
        return switch (command) {
            case ResumeCommitment resume ->
                    PromiseRules.RESUMING.decide(
                            state.promise(),
                            resume,
                            () ->
                                    Decision.accept(
                                            new CommitmentResumed(resume.by(), resume.response())));
            case WithdrawCommitment withdraw -> withdraw(state, withdraw);
            case StartCommitment _,
                    AssessMilestone _,
                    ReportComplete _,
                    VerifyComplete _,
                    DisputeCompletion _,
                    AmendCommitment _ ->
                    outOfOrder(state, command);
        };
    }

    private static Decision<CommitmentEvent> withdraw(Public state, WithdrawCommitment command) {
        return PromiseRules.WITHDRAWING.decide(
                state.promise(),
                command,
                () -> Decision.accept(new CommitmentWithdrawn(command.by(), command.reason())));
    }

    private static Decision<CommitmentEvent> amend(Public state, AmendCommitment command) {
        return AmendmentRules.AMENDING.decide(
                state.promise(),
                command,
                () -> Decision.accept(AmendmentRules.amended(state.promise(), command)));
    }

    private static Decision<CommitmentEvent> outOfOrder(
            CommitmentState state, CommitmentCommand command) {
        return Decision.refuse(
                switch (state) {
                    case NotDrafted _ -> DraftRules.UNKNOWN;
                    case Draft draft ->
                            DraftRules.isOwn(draft.organisation(), command)
                                    ? Refusal.conflict(
                                            command instanceof DraftCommitment
                                                    ? "commitment.already-drafted"
                                                    : "commitment.not-published")
                                    : DraftRules.UNKNOWN;
                    case Discarded discarded ->
                            DraftRules.isOwn(discarded.organisation(), command)
                                    ? Refusal.conflict("commitment.already-discarded")
                                    : DraftRules.UNKNOWN;
                    case VerifiedComplete _ ->
                            Refusal.conflict("commitment.already-verified-complete");
                    case Withdrawn _ -> Refusal.conflict("commitment.already-withdrawn");
                    case UnderWay underWay ->
                            Refusal.conflict(
                                    switch (command) {
                                        case DraftCommitment _ -> "commitment.already-drafted";
                                        case OfDraft _ -> "commitment.already-published";
                                        case OfPromise ofPromise -> codeOf(underWay, ofPromise);
                                    });
                });
    }

    private static String codeOf(UnderWay state, OfPromise command) {
        if (command instanceof StartCommitment) {
            return "commitment.already-started";
        }
        if (command instanceof ResumeCommitment) {
            return "commitment.not-disputed";
        }
        return switch (state) {
            case ReportedComplete _ -> "commitment.already-reported-complete";
            case Disputed _ ->
                    command instanceof DisputeCompletion
                            ? "commitment.already-disputed"
                            : "commitment.disputed";
            case InProgress _ -> "commitment.not-reported-complete";
            case Published _ -> "commitment.not-started";
        };
    }

    static CommitmentState evolve(CommitmentState state, CommitmentEvent event) {
        return switch (event) {
            case CommitmentDrafted drafted ->
                    new Draft(
                            drafted.by().organisation(),
                            drafted.place(),
                            drafted.terms(),
                            Promise.plus(Set.of(), drafted.by()));
            case DraftEdited edited ->
                    state instanceof Draft(var organisation, var place, _, var persons)
                            ? new Draft(
                                    organisation,
                                    place,
                                    edited.terms(),
                                    Promise.plus(persons, edited.by()))
                            : state;
            case DraftDiscarded _ ->
                    state instanceof Draft(var organisation, var place, _, _)
                            ? new Discarded(organisation, place)
                            : state;
            case CommitmentPublished published ->
                    state instanceof Draft(var organisation, _, _, var persons)
                            ? new Published(
                                    new Promise(
                                            organisation,
                                            published.terms(),
                                            published.milestones(),
                                            published.publishedOn(),
                                            Promise.plus(persons, published.by()),
                                            List.of(),
                                            0))
                            : state;
            case CommitmentStarted _,
                    MilestoneAssessed _,
                    CommitmentReportedComplete _,
                    CommitmentVerifiedComplete _,
                    CommitmentDisputed _,
                    CommitmentResumed _,
                    CommitmentWithdrawn _,
                    CommitmentAmended _ ->
                    state instanceof Public open ? evolve(open, event) : state;
        };
    }

    private static CommitmentState evolve(Public state, CommitmentEvent event) {
        Promise promise = state.promise();
        return switch (event) {
            case CommitmentStarted started -> new InProgress(promise.by(started.by()));
            case MilestoneAssessed assessed ->
                    withPromise(state, PromiseRules.assessed(promise, assessed));
            case CommitmentReportedComplete reported ->
                    new ReportedComplete(promise.by(reported.by()).reportedBy(reported.by()));
            case CommitmentVerifiedComplete _ -> new VerifiedComplete(promise);
            case CommitmentDisputed _ -> new Disputed(promise);
            case CommitmentResumed resumed -> new InProgress(promise.by(resumed.by()));
            case CommitmentWithdrawn withdrawn -> new Withdrawn(promise.by(withdrawn.by()));
            case CommitmentAmended amended ->
                    withPromise(state, AmendmentRules.amended(promise, amended));
            case CommitmentDrafted _, DraftEdited _, DraftDiscarded _, CommitmentPublished _ ->
                    state;
        };
    }

    private static Public withPromise(Public state, Promise promise) {
        return switch (state) {
            case Published _ -> new Published(promise);
            case InProgress _ -> new InProgress(promise);
            case ReportedComplete _ -> new ReportedComplete(promise);
            case Disputed _ -> new Disputed(promise);
            case VerifiedComplete _ -> new VerifiedComplete(promise);
            case Withdrawn _ -> new Withdrawn(promise);
        };
    }
}
