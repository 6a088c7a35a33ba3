package org.ashar.budgetcommitments.contract.published;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.budgetcommitments.domain.commitment.Terms.Reporting;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.jspecify.annotations.Nullable;

/** What is published of a commitment; the event's subject is the commitment. */
public sealed interface CommitmentFact extends PublishedFact {

    /** The promise, whole. */
    record Published(
            PlaceRef place,
            MultilingualText title,
            MultilingualText description,
            Lead lead,
            Contact contact,
            Period period,
            List<Classification> classifications,
            List<PlannedMilestone> milestones,
            Reporting reporting,
            LocalDate publishedOn,
            Actor by)
            implements CommitmentFact {}

    record Started(PlaceRef place, Actor by) implements CommitmentFact {}

    /** {@code metOn} is there exactly when it was met, {@code note} unless it was. */
    record Assessed(
            PlaceRef place,
            String milestone,
            Outcome outcome,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note,
            Actor by)
            implements CommitmentFact {}

    record ReportedComplete(PlaceRef place, @Nullable MultilingualText statement, Actor by)
            implements CommitmentFact {}

    record VerifiedComplete(PlaceRef place, @Nullable MultilingualText statement, Actor by)
            implements CommitmentFact {}

    record Disputed(PlaceRef place, MultilingualText reason, Actor by) implements CommitmentFact {}

    record Resumed(PlaceRef place, MultilingualText response, Actor by) implements CommitmentFact {}

    record Withdrawn(PlaceRef place, MultilingualText reason, Actor by) implements CommitmentFact {}

    /** All that may be amended, as it is since the amendment of this {@code number}. */
    record Amended(
            PlaceRef place,
            int number,
            MultilingualText rationale,
            MultilingualText description,
            Contact contact,
            Period period,
            List<AmendedMilestone> milestones,
            Actor by)
            implements CommitmentFact {}

    /** A milestone with the date it was first promised for; dropped ones are told, too. */
    record AmendedMilestone(
            String id,
            MultilingualText title,
            MultilingualText deliverable,
            LocalDate due,
            LocalDate originalDue,
            boolean dropped) {}
}
