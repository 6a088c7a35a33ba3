package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.List;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.jspecify.annotations.Nullable;

/**
 * A verifiable deliverable of a published promise.
 *
 * @param originalDue the date it was first promised for, whatever amendments say
 * @param dropped taken out by an amendment; stays visible
 * @param assessment the latest, absent while it is only scheduled
 */
public record Milestone(
        String id,
        MultilingualText title,
        MultilingualText deliverable,
        LocalDate due,
        LocalDate originalDue,
        boolean dropped,
        @Nullable Assessment assessment) {

    public static final int MAX_EVIDENCE = 20;

    /** What an assessment found. */
    public enum Outcome {
        MET,
        PARTIALLY_MET,
        NOT_MET
    }

    /**
     * The latest judgement of the lead on its milestone.
     *
     * @param metOn the day it was met, there exactly when it was
     * @param evidence all that was given for this milestone so far
     * @param note what is missing, there unless it was met
     */
    public record Assessment(
            Outcome outcome,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note) {
        public Assessment {
            evidence = List.copyOf(evidence);
        }
    }

    static Milestone scheduled(PlannedMilestone planned) {
        return new Milestone(
                planned.id(),
                planned.title(),
                planned.deliverable(),
                planned.due(),
                planned.due(),
                false,
                null);
    }

    boolean met() {
        return assessment != null && assessment.outcome() == Outcome.MET;
    }

    /** Neither met nor dropped. */
    public boolean open() {
        return !dropped && !met();
    }

    List<Evidence> evidence() {
        return assessment == null ? List.of() : assessment.evidence();
    }

    Milestone assessed(Assessment latest) {
        return new Milestone(id, title, deliverable, due, originalDue, dropped, latest);
    }

    Milestone changed(
            @Nullable MultilingualText newTitle,
            @Nullable MultilingualText newDeliverable,
            @Nullable LocalDate newDue) {
        return new Milestone(
                id,
                newTitle == null ? title : newTitle,
                newDeliverable == null ? deliverable : newDeliverable,
                newDue == null ? due : newDue,
                originalDue,
                dropped,
                assessment);
    }

    Milestone droppedOut() {
        return new Milestone(id, title, deliverable, due, originalDue, true, assessment);
    }
}
