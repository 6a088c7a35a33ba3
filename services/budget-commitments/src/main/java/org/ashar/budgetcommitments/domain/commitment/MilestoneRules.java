package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.kernel.Period;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.kernel.Refusal.Violation;

/** What holds of the milestones of a draft and of an amendment alike. */
final class MilestoneRules {

    static final int MAX_MILESTONES = 50;

    private MilestoneRules() {}

    static Optional<Refusal> tooMany(int milestones) {
        return milestones <= MAX_MILESTONES
                ? Optional.empty()
                : Optional.of(
                        Refusal.invalid(
                                "commitment.too-many-milestones",
                                "/milestones",
                                Map.of("limit", Integer.toString(MAX_MILESTONES))));
    }

    /** {@code planned} stand at {@code pointer}; {@code taken} ids were given before. */
    static Optional<Refusal> duplicateIds(
            List<String> taken, List<PlannedMilestone> planned, String pointer) {
        Set<String> seen = new HashSet<>(taken);
        for (int i = 0; i < planned.size(); i++) {
            if (!seen.add(planned.get(i).id())) {
                return Optional.of(
                        Refusal.invalid(
                                "milestone.duplicate-id",
                                pointer + "/" + i + "/id",
                                Map.of("milestone", planned.get(i).id())));
            }
        }
        return Optional.empty();
    }

    /** {@code due} are the dates of what stands at {@code pointer}. */
    static Optional<Refusal> dueOutside(Period period, List<LocalDate> due, String pointer) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            if (!period.contains(due.get(i))) {
                violations.add(
                        new Violation(
                                pointer + "/" + i + "/due",
                                "milestone.due-outside-period",
                                Map.of("due", due.get(i).toString())));
            }
        }
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Kind.INVALID,
                                "milestone.due-outside-period",
                                violations.getFirst().arguments(),
                                violations));
    }
}
