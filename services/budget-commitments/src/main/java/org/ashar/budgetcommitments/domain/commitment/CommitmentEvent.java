package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.jspecify.annotations.Nullable;

/** What happened to a commitment. */
public sealed interface CommitmentEvent {

    Actor by();

    record CommitmentDrafted(Actor by, PlaceRef place, DraftTerms terms)
            implements CommitmentEvent {}

    record DraftEdited(Actor by, DraftTerms terms) implements CommitmentEvent {}

    record DraftDiscarded(Actor by) implements CommitmentEvent {}

    record CommitmentPublished(
            Actor by, LocalDate publishedOn, Terms terms, List<Milestone> milestones)
            implements CommitmentEvent {
        public CommitmentPublished {
            milestones = List.copyOf(milestones);
        }
    }

    record CommitmentStarted(Actor by) implements CommitmentEvent {}

    /** {@code evidence} is what this assessment added. */
    record MilestoneAssessed(
            Actor by,
            String milestone,
            Outcome outcome,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note)
            implements CommitmentEvent {
        public MilestoneAssessed {
            evidence = List.copyOf(evidence);
        }
    }

    record CommitmentReportedComplete(Actor by, @Nullable MultilingualText statement)
            implements CommitmentEvent {}

    record CommitmentVerifiedComplete(Actor by, @Nullable MultilingualText statement)
            implements CommitmentEvent {}

    record CommitmentDisputed(Actor by, MultilingualText reason) implements CommitmentEvent {}

    record CommitmentResumed(Actor by, MultilingualText response) implements CommitmentEvent {}

    record CommitmentWithdrawn(Actor by, MultilingualText reason) implements CommitmentEvent {}

    /** All that may be amended, as it is after the amendment; all milestones, dropped ones too. */
    record CommitmentAmended(
            Actor by,
            MultilingualText rationale,
            MultilingualText description,
            Contact contact,
            Period period,
            List<Milestone> milestones)
            implements CommitmentEvent {
        public CommitmentAmended {
            milestones = List.copyOf(milestones);
        }
    }
}
