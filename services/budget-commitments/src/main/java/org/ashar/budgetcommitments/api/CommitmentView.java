package org.ashar.budgetcommitments.api;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.*;
import org.ashar.budgetcommitments.domain.commitment.Lateness;
import org.ashar.budgetcommitments.domain.commitment.Milestone;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Assessment;
import org.ashar.budgetcommitments.domain.commitment.Promise;
import org.ashar.budgetcommitments.domain.commitment.Terms;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.budgetcommitments.domain.commitment.Terms.Reporting;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.jspecify.annotations.Nullable;

/**
 * A commitment as it is read; of a draft, what there is so far.
 *
 * @param draftedBy the organisation, while it is a draft
 * @param nextDue the first day something still to be done is due: it is delayed after that day
 */
record CommitmentView(
        String id,
        long version,
        String state,
        PlaceRef place,
        MultilingualText title,
        @Nullable MultilingualText description,
        @Nullable Lead lead,
        @Nullable Contact contact,
        @Nullable Period period,
        List<Classification> classifications,
        List<MilestoneView> milestones,
        Reporting reporting,
        @Nullable LocalDate publishedOn,
        @Nullable Integer amendments,
        @Nullable LocalDate nextDue,
        @Nullable String draftedBy) {

    record MilestoneView(
            String id,
            MultilingualText title,
            MultilingualText deliverable,
            LocalDate due,
            LocalDate originalDue,
            String status,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note) {

        static MilestoneView of(Milestone milestone) {
            Assessment assessment = milestone.assessment();
            return new MilestoneView(
                    milestone.id(),
                    milestone.title(),
                    milestone.deliverable(),
                    milestone.due(),
                    milestone.originalDue(),
                    status(milestone),
                    assessment == null ? null : assessment.metOn(),
                    assessment == null ? List.of() : assessment.evidence(),
                    assessment == null ? null : assessment.note());
        }

        static String status(Milestone milestone) {
            if (milestone.dropped()) {
                return "dropped";
            }
            Assessment assessment = milestone.assessment();
            return assessment == null
                    ? "scheduled"
                    : assessment.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Empty where there is nothing to read any more: a discarded draft. */
    static Optional<CommitmentView> of(Current<CommitmentState> current) {
        return switch (current.state()) {
            case NotDrafted _, Discarded _ -> Optional.empty();
            case Draft draft -> Optional.of(ofDraft(current, draft));
            case Public open -> Optional.of(ofPromise(current, open.promise()));
        };
    }

    private static CommitmentView ofDraft(Current<CommitmentState> current, Draft draft) {
        var terms = draft.terms();
        return new CommitmentView(
                current.stream().id(),
                current.version(),
                state(current),
                draft.place(),
                terms.title(),
                terms.description(),
                terms.lead(),
                terms.contact(),
                terms.period(),
                terms.classifications(),
                terms.milestones().stream()
                        .map(
                                planned ->
                                        new MilestoneView(
                                                planned.id(),
                                                planned.title(),
                                                planned.deliverable(),
                                                planned.due(),
                                                planned.due(),
                                                "scheduled",
                                                null,
                                                List.of(),
                                                null))
                        .toList(),
                terms.reporting(),
                null,
                null,
                null,
                draft.organisation());
    }

    private static CommitmentView ofPromise(Current<CommitmentState> current, Promise promise) {
        Terms terms = promise.terms();
        return new CommitmentView(
                current.stream().id(),
                current.version(),
                state(current),
                terms.place(),
                terms.title(),
                terms.description(),
                terms.lead(),
                terms.contact(),
                terms.period(),
                terms.classifications(),
                promise.milestones().stream().map(MilestoneView::of).toList(),
                terms.reporting(),
                promise.publishedOn(),
                promise.amendments(),
                Lateness.nextDue(current.state()).orElse(null),
                null);
    }

    private static String state(Current<CommitmentState> current) {
        return StoredNames.COMMITMENT_STATES.name(current.state());
    }
}
