package org.ashar.budgetcommitments.domain.commitment;

import java.util.List;
import org.ashar.budgetcommitments.domain.commitment.Terms.Contact;
import org.ashar.budgetcommitments.domain.commitment.Terms.Lead;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.budgetcommitments.domain.commitment.Terms.Reporting;
import org.ashar.kernel.Classification;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.jspecify.annotations.Nullable;

/** A promise being written: only its title is there from the start. */
public record DraftTerms(
        MultilingualText title,
        @Nullable MultilingualText description,
        @Nullable Lead lead,
        @Nullable Contact contact,
        @Nullable Period period,
        List<Classification> classifications,
        List<PlannedMilestone> milestones,
        Reporting reporting) {

    public DraftTerms {
        classifications = List.copyOf(classifications);
        milestones = List.copyOf(milestones);
    }
}
