package org.ashar.budgetcommitments.domain.commitment;

import java.util.SortedSet;
import java.util.TreeSet;
import org.ashar.kernel.PlaceRef;

/** Where a commitment stands. */
public sealed interface CommitmentState {

    /** Nothing happened yet. */
    record NotDrafted() implements CommitmentState {}

    /** Private to {@code organisation}. */
    record Draft(String organisation, PlaceRef place, DraftTerms terms, SortedSet<String> persons)
            implements CommitmentState {
        public Draft {
            persons = new TreeSet<>(persons);
        }
    }

    /** A draft that never became public, and never will. */
    record Discarded(String organisation, PlaceRef place) implements CommitmentState {}

    /** Public, with all that was promised. */
    sealed interface Public extends CommitmentState {
        Promise promise();
    }

    /** Public and neither verified nor withdrawn. */
    sealed interface UnderWay extends Public {}

    record Published(Promise promise) implements UnderWay {}

    record InProgress(Promise promise) implements UnderWay {}

    record ReportedComplete(Promise promise) implements UnderWay {}

    record Disputed(Promise promise) implements UnderWay {}

    record VerifiedComplete(Promise promise) implements Public {}

    record Withdrawn(Promise promise) implements Public {}
}
