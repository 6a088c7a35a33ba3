package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.*;

/** Delayed is derived from the record and a date, never typed. */
public final class Lateness {

    private Lateness() {}

    /** Whether something promised for a day before {@code date} is still to be done. */
    public static boolean isDelayed(CommitmentState state, LocalDate date) {
        return nextDue(state).map(due -> due.isBefore(date)).orElse(false);
    }

    /** The first day something still to be done is due; nothing when all is done or given up. */
    public static Optional<LocalDate> nextDue(CommitmentState state) {
        return switch (state) {
            case Published(Promise promise) -> nextDue(promise);
            case InProgress(Promise promise) -> nextDue(promise);
            case Disputed(Promise promise) -> nextDue(promise);
            case NotDrafted _,
                    Draft _,
                    Discarded _,
                    ReportedComplete _,
                    VerifiedComplete _,
                    Withdrawn _ ->
                    Optional.empty();
        };
    }

    /** The milestones due before {@code date} that are neither met nor dropped. */
    public static List<Milestone> overdueMilestones(Promise promise, LocalDate date) {
        return promise.milestones().stream()
                .filter(milestone -> milestone.open() && milestone.due().isBefore(date))
                .toList();
    }

    private static Optional<LocalDate> nextDue(Promise promise) {
        return Stream.concat(
                        promise.milestones().stream().filter(Milestone::open).map(Milestone::due),
                        Stream.of(promise.terms().period().end()))
                .min(LocalDate::compareTo);
    }
}
