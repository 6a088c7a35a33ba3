package org.ashar.budgetcommitments.domain.commitment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.domain.Policy;
import org.ashar.budgetcommitments.domain.Policy.Rule;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.AmendCommitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.MilestoneChange;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.CommitmentAmended;
import org.ashar.budgetcommitments.domain.commitment.Terms.PlannedMilestone;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PersonalData;
import org.ashar.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** How scope and dates of a public promise may change. */
final class AmendmentRules {

    static final Policy<Promise, AmendCommitment> AMENDING =
            Policy.of(
                    new Rule<>("the leading side acts", PromiseRules::ledByActor),
                    new Rule<>("persons stay countable", PromiseRules::countablePersons),
                    new Rule<>("a milestone is named once", AmendmentRules::namedOnce),
                    new Rule<>("milestones are of this promise", AmendmentRules::known),
                    new Rule<>("what is met stays", AmendmentRules::notMet),
                    new Rule<>("what was dropped stays dropped", AmendmentRules::notDropped),
                    new Rule<>("new milestones have new ids", AmendmentRules::newIds),
                    new Rule<>("milestones are few enough", AmendmentRules::few),
                    new Rule<>("a milestone can be verified", AmendmentRules::oneLeft),
                    new Rule<>("milestones are due in the period", AmendmentRules::dueInPeriod),
                    new Rule<>("something changes", AmendmentRules::changesSomething),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    PersonalData.refusal(c.personalDataAcknowledged(), texts(c))));

    private AmendmentRules() {}

    static CommitmentAmended amended(Promise promise, AmendCommitment command) {
        Terms terms = promise.terms();
        return new CommitmentAmended(
                command.by(),
                command.rationale(),
                command.description() == null ? terms.description() : command.description(),
                command.contact() == null ? terms.contact() : command.contact(),
                period(promise, command),
                milestones(promise, command));
    }

    static Promise amended(Promise promise, CommitmentAmended event) {
        Terms terms = promise.terms();
        return promise.amended(
                        new Terms(
                                terms.place(),
                                terms.title(),
                                event.description(),
                                terms.lead(),
                                event.contact(),
                                event.period(),
                                terms.classifications(),
                                terms.reporting()),
                        event.milestones())
                .by(event.by());
    }

    private static Period period(Promise promise, AmendCommitment command) {
        return command.period() == null ? promise.terms().period() : command.period();
    }

    private static List<Milestone> milestones(Promise promise, AmendCommitment command) {
        Map<String, MilestoneChange> changes = new HashMap<>();
        command.changed().forEach(change -> changes.put(change.id(), change));
        List<Milestone> after = new ArrayList<>();
        for (Milestone milestone : promise.milestones()) {
            MilestoneChange change = changes.get(milestone.id());
            Milestone changed =
                    change == null
                            ? milestone
                            : milestone.changed(change.title(), change.deliverable(), change.due());
            after.add(command.dropped().contains(milestone.id()) ? changed.droppedOut() : changed);
        }
        command.added().stream().map(Milestone::scheduled).forEach(after::add);
        return after;
    }

    /** Ids that the command names, each with where it stands. */
    private static Map<String, String> named(AmendCommitment command) {
        Map<String, String> pointers = new LinkedHashMap<>();
        for (int i = 0; i < command.changed().size(); i++) {
            pointers.put("/milestones/change/" + i + "/id", command.changed().get(i).id());
        }
        for (int i = 0; i < command.dropped().size(); i++) {
            pointers.put("/milestones/drop/" + i, command.dropped().get(i));
        }
        return pointers;
    }

    private static Optional<Refusal> namedOnce(Promise promise, AmendCommitment command) {
        Set<String> seen = new HashSet<>();
        return named(command).entrySet().stream()
                .filter(entry -> !seen.add(entry.getValue()))
                .findFirst()
                .map(
                        entry ->
                                Refusal.invalid(
                                        "milestone.changed-twice",
                                        entry.getKey(),
                                        Map.of("milestone", entry.getValue())));
    }

    private static Optional<Refusal> known(Promise promise, AmendCommitment command) {
        return named(command).entrySet().stream()
                .filter(entry -> promise.milestone(entry.getValue()).isEmpty())
                .findFirst()
                .map(
                        entry ->
                                Refusal.invalid(
                                        "milestone.unknown",
                                        entry.getKey(),
                                        Map.of("milestone", entry.getValue())));
    }

    private static Optional<Refusal> notMet(Promise promise, AmendCommitment command) {
        return touched(promise, command).anyMatch(Milestone::met)
                ? Optional.of(Refusal.conflict("milestone.already-met"))
                : Optional.empty();
    }

    private static Optional<Refusal> notDropped(Promise promise, AmendCommitment command) {
        return touched(promise, command).anyMatch(Milestone::dropped)
                ? Optional.of(Refusal.conflict("milestone.dropped"))
                : Optional.empty();
    }

    private static Stream<Milestone> touched(Promise promise, AmendCommitment command) {
        return named(command).values().stream().flatMap(id -> promise.milestone(id).stream());
    }

    private static Optional<Refusal> newIds(Promise promise, AmendCommitment command) {
        return MilestoneRules.duplicateIds(
                promise.milestones().stream().map(Milestone::id).toList(),
                command.added(),
                "/milestones/add");
    }

    private static Optional<Refusal> few(Promise promise, AmendCommitment command) {
        return MilestoneRules.tooMany(promise.milestones().size() + command.added().size());
    }

    private static Optional<Refusal> oneLeft(Promise promise, AmendCommitment command) {
        return milestones(promise, command).stream().allMatch(Milestone::dropped)
                ? Optional.of(Refusal.invalid("commitment.no-milestone", "/milestones"))
                : Optional.empty();
    }

    private static Optional<Refusal> dueInPeriod(Promise promise, AmendCommitment command) {
        Period period = period(promise, command);
        Optional<Refusal> added =
                MilestoneRules.dueOutside(
                        period,
                        command.added().stream().map(PlannedMilestone::due).toList(),
                        "/milestones/add");
        if (added.isPresent()) {
            return added;
        }
        return milestones(promise, command).stream()
                .filter(milestone -> milestone.open() && !period.contains(milestone.due()))
                .findFirst()
                .map(milestone -> dueOutside(milestone, command));
    }

    private static Refusal dueOutside(Milestone milestone, AmendCommitment command) {
        String pointer =
                IntStream.range(0, command.changed().size())
                        .filter(i -> command.changed().get(i).id().equals(milestone.id()))
                        .mapToObj(i -> "/milestones/change/" + i + "/due")
                        .findFirst()
                        .orElse("/period");
        return Refusal.invalid(
                "milestone.due-outside-period", pointer, Map.of("due", milestone.due().toString()));
    }

    private static Optional<Refusal> changesSomething(Promise promise, AmendCommitment command) {
        CommitmentAmended event = amended(promise, command);
        Terms terms = promise.terms();
        boolean same =
                event.description().equals(terms.description())
                        && event.contact().equals(terms.contact())
                        && event.period().equals(terms.period())
                        && event.milestones().equals(promise.milestones());
        return same
                ? Optional.of(Refusal.invalid("commitment.amendment-changes-nothing", ""))
                : Optional.empty();
    }

    private static Map<String, @Nullable MultilingualText> texts(AmendCommitment command) {
        Map<String, @Nullable MultilingualText> texts = new LinkedHashMap<>();
        texts.put("/rationale", command.rationale());
        texts.put("/description", command.description());
        for (int i = 0; i < command.changed().size(); i++) {
            MilestoneChange change = command.changed().get(i);
            texts.put("/milestones/change/" + i + "/title", change.title());
            texts.put("/milestones/change/" + i + "/deliverable", change.deliverable());
        }
        for (int i = 0; i < command.added().size(); i++) {
            PlannedMilestone added = command.added().get(i);
            texts.put("/milestones/add/" + i + "/title", added.title());
            texts.put("/milestones/add/" + i + "/deliverable", added.deliverable());
        }
        return texts;
    }
}
