package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.jspecify.annotations.Nullable;

/**
 * What may be wished of a commitment. {@code today} is the day in the installation's zone; {@code
 * personalDataAcknowledged} says that the official saw the warning and publishes all the same.
 */
public sealed interface CommitmentCommand {

    Actor by();

    record DraftCommitment(Actor by, PlaceRef place, DraftTerms terms)
            implements CommitmentCommand {}

    /** What is wished of a draft. */
    sealed interface OfDraft extends CommitmentCommand {}

    record EditDraft(Actor by, DraftTerms terms) implements OfDraft {}

    record DiscardDraft(Actor by) implements OfDraft {}

    record PublishCommitment(Actor by, LocalDate today, boolean personalDataAcknowledged)
            implements OfDraft {}

    /** What is wished of a published promise. */
    sealed interface OfPromise extends CommitmentCommand {}

    record StartCommitment(Actor by) implements OfPromise {}

    record AssessMilestone(
            Actor by,
            LocalDate today,
            String milestone,
            Outcome outcome,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note,
            boolean personalDataAcknowledged)
            implements OfPromise {
        public AssessMilestone {
            evidence = List.copyOf(evidence);
        }
    }

    record ReportComplete(
            Actor by, @Nullable MultilingualText statement, boolean personalDataAcknowledged)
            implements OfPromise {}

    record VerifyComplete(
            Actor by, @Nullable MultilingualText statement, boolean personalDataAcknowledged)
            implements OfPromise {}

    record DisputeCompletion(Actor by, MultilingualText reason, boolean personalDataAcknowledged)
            implements OfPromise {}

    /** {@code response} answers the dispute. */
    record ResumeCommitment(Actor by, MultilingualText response, boolean personalDataAcknowledged)
            implements OfPromise {}

    record WithdrawCommitment(Actor by, MultilingualText reason, boolean personalDataAcknowledged)
            implements OfPromise {}

    /** What is null or not named stays as it is. */
    record AmendCommitment(
            Actor by,
            MultilingualText rationale,
            @Nullable MultilingualText description,
            @Nullable Contact contact,
            @Nullable Period period,
            List<MilestoneChange> changed,
            List<PlannedMilestone> added,
            List<String> dropped,
            boolean personalDataAcknowledged)
            implements OfPromise {
        public AmendCommitment {
            changed = List.copyOf(changed);
            added = List.copyOf(added);
            dropped = List.copyOf(dropped);
        }
    }

    /** New words or a new date for one milestone. */
    record MilestoneChange(
            String id,
            @Nullable MultilingualText title,
            @Nullable MultilingualText deliverable,
            @Nullable LocalDate due) {}
}
