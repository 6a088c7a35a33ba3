package org.ashar.budgetcommitments.domain.commitment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.ashar.budgetcommitments.domain.EvidenceRules;
import org.ashar.budgetcommitments.domain.Policy;
import org.ashar.budgetcommitments.domain.Policy.Rule;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.MilestoneAssessed;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Assessment;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PersonalData;
import org.ashar.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** What may be done with a public promise, and by whom. */
final class PromiseRules {

    static final int MAX_PERSONS = 100;

    static final Policy<Promise, StartCommitment> STARTING =
            Policy.of(
                    new Rule<>("the leading side acts", PromiseRules::ledByActor),
                    new Rule<>("persons stay countable", PromiseRules::countablePersons));

    static final Policy<Promise, AssessMilestone> ASSESSING =
            Policy.of(
                    new Rule<>("the leading side acts", PromiseRules::ledByActor),
                    new Rule<>("persons stay countable", PromiseRules::countablePersons),
                    new Rule<>("the milestone is one of this promise", PromiseRules::known),
                    new Rule<>(
                            "the milestone was not dropped",
                            milestone(m -> m.dropped(), "milestone.dropped")),
                    new Rule<>("met is final", milestone(m -> m.met(), "milestone.already-met")),
                    new Rule<>(
                            "met has its day",
                            unless(
                                    (_, c) -> c.outcome() == Outcome.MET && c.metOn() == null,
                                    "milestone.met-without-date",
                                    "/metOn")),
                    new Rule<>(
                            "met is past",
                            unless(
                                    (_, c) -> c.metOn() != null && c.metOn().isAfter(c.today()),
                                    "milestone.met-in-future",
                                    "/metOn")),
                    new Rule<>(
                            "only what is met has such a day",
                            unless(
                                    (_, c) -> c.outcome() != Outcome.MET && c.metOn() != null,
                                    "milestone.met-date-misplaced",
                                    "/metOn")),
                    new Rule<>(
                            "met has evidence",
                            unless(
                                    (p, c) ->
                                            c.outcome() == Outcome.MET && evidence(p, c).isEmpty(),
                                    "milestone.met-without-evidence",
                                    "/evidence")),
                    new Rule<>(
                            "what is not met is explained",
                            unless(
                                    (_, c) -> c.outcome() != Outcome.MET && c.note() == null,
                                    "milestone.note-missing",
                                    "/note")),
                    new Rule<>(
                            "evidence stays readable",
                            unless(
                                    (p, c) -> evidence(p, c).size() > Milestone.MAX_EVIDENCE,
                                    "milestone.too-much-evidence",
                                    "/evidence")),
                    new Rule<>(
                            "evidence was captured already",
                            (_, c) -> EvidenceRules.captured(c.evidence(), c.today())),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) -> seen(c.personalDataAcknowledged(), "/note", c.note())));

    static final Policy<Promise, ReportComplete> REPORTING_COMPLETE =
            Policy.of(
                    new Rule<>("the leading side acts", PromiseRules::ledByActor),
                    new Rule<>("persons stay countable", PromiseRules::countablePersons),
                    new Rule<>("complete means that every milestone is met", PromiseRules::allMet),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    seen(
                                            c.personalDataAcknowledged(),
                                            "/statement",
                                            c.statement())));

    static final Policy<Promise, VerifyComplete> VERIFYING =
            Policy.of(
                    new Rule<>(
                            "no reporter verifies",
                            forbidden(PromiseRules::reported, "commitment.verifier-is-reporter")),
                    new Rule<>(
                            "the leading side does not verify",
                            forbidden(PromiseRules::leads, "commitment.verifier-is-lead")),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    seen(
                                            c.personalDataAcknowledged(),
                                            "/statement",
                                            c.statement())));

    static final Policy<Promise, DisputeCompletion> DISPUTING =
            Policy.of(
                    new Rule<>(
                            "personal data is seen",
                            (_, c) -> seen(c.personalDataAcknowledged(), "/reason", c.reason())));

    static final Policy<Promise, ResumeCommitment> RESUMING =
            Policy.of(
                    new Rule<>("the leading side acts", PromiseRules::ledByActor),
                    new Rule<>("persons stay countable", PromiseRules::countablePersons),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) ->
                                    seen(c.personalDataAcknowledged(), "/response", c.response())));

    static final Policy<Promise, WithdrawCommitment> WITHDRAWING =
            Policy.of(
                    new Rule<>("the leading side acts", PromiseRules::ledByActor),
                    new Rule<>("persons stay countable", PromiseRules::countablePersons),
                    new Rule<>(
                            "personal data is seen",
                            (_, c) -> seen(c.personalDataAcknowledged(), "/reason", c.reason())));

    private PromiseRules() {}

    static Promise assessed(Promise promise, MilestoneAssessed event) {
        List<Milestone> milestones =
                promise.milestones().stream()
                        .map(
                                milestone ->
                                        milestone.id().equals(event.milestone())
                                                ? milestone.assessed(
                                                        new Assessment(
                                                                event.outcome(),
                                                                event.metOn(),
                                                                joined(
                                                                        milestone.evidence(),
                                                                        event.evidence()),
                                                                event.note()))
                                                : milestone)
                        .toList();
        return promise.with(milestones).by(event.by());
    }

    static Optional<Refusal> ledByActor(Promise promise, OfPromise command) {
        return promise.ledBy(command.by().organisation())
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("commitment.other-organisation"));
    }

    static Optional<Refusal> countablePersons(Promise promise, OfPromise command) {
        return countable(promise.persons(), command.by());
    }

    static Optional<Refusal> countable(Set<String> persons, Actor by) {
        return persons.size() < MAX_PERSONS || persons.contains(by.id())
                ? Optional.empty()
                : Optional.of(Refusal.conflict("commitment.too-many-persons"));
    }

    static Optional<Refusal> seen(
            boolean acknowledged, String pointer, @Nullable MultilingualText text) {
        return PersonalData.refusal(acknowledged, Collections.singletonMap(pointer, text));
    }

    private static Optional<Refusal> known(Promise promise, AssessMilestone command) {
        return promise.milestone(command.milestone()).isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.notFound("milestone.unknown"));
    }

    private static Optional<Refusal> allMet(Promise promise, ReportComplete command) {
        return promise.milestones().stream()
                .filter(Milestone::open)
                .findFirst()
                .map(
                        milestone ->
                                new Refusal(
                                        Refusal.Kind.CONFLICT,
                                        "commitment.milestone-not-met",
                                        Map.of("milestone", milestone.id()),
                                        List.of()));
    }

    private static boolean reported(Promise promise, VerifyComplete command) {
        return promise.reporters().stream()
                .anyMatch(
                        reporter ->
                                reporter.person().equals(command.by().id())
                                        || OrganisationName.alike(
                                                reporter.organisation(),
                                                command.by().organisation()));
    }

    private static boolean leads(Promise promise, VerifyComplete command) {
        return promise.ledBy(command.by().organisation())
                || promise.persons().contains(command.by().id());
    }

    private static List<Evidence> evidence(Promise promise, AssessMilestone command) {
        return joined(
                promise.milestone(command.milestone()).map(Milestone::evidence).orElse(List.of()),
                command.evidence());
    }

    private static List<Evidence> joined(List<Evidence> before, List<Evidence> added) {
        List<Evidence> all = new ArrayList<>(before);
        added.stream().filter(evidence -> !all.contains(evidence)).forEach(all::add);
        return all;
    }

    private static BiFunction<Promise, AssessMilestone, Optional<Refusal>> milestone(
            Predicate<Milestone> broken, String code) {
        return (promise, command) ->
                promise.milestone(command.milestone())
                        .filter(broken)
                        .map(_ -> Refusal.conflict(code));
    }

    private static BiFunction<Promise, AssessMilestone, Optional<Refusal>> unless(
            BiPredicate<Promise, AssessMilestone> broken, String code, String pointer) {
        return (promise, command) ->
                broken.test(promise, command)
                        ? Optional.of(Refusal.invalid(code, pointer))
                        : Optional.empty();
    }

    private static BiFunction<Promise, VerifyComplete, Optional<Refusal>> forbidden(
            BiPredicate<Promise, VerifyComplete> broken, String code) {
        return (promise, command) ->
                broken.test(promise, command)
                        ? Optional.of(Refusal.forbidden(code))
                        : Optional.empty();
    }
}
