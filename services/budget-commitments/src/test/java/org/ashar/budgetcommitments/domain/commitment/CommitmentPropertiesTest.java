package org.ashar.budgetcommitments.domain.commitment;

import static org.ashar.budgetcommitments.domain.Samples.*;
import static org.ashar.budgetcommitments.domain.commitment.CommitmentSamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.Public;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Period;
import org.junit.jupiter.api.RepeatedTest;

class CommitmentPropertiesTest {

    private static final int COMMANDS = 300;

    private static final List<Actor> ACTORS =
            List.of(
                    OFFICER,
                    HEAD,
                    MONITOR,
                    FACILITATOR,
                    STRANGER,
                    actor("a1", "monitor", "monitoring-group"),
                    actor("b1", "officer", "okmotu"));

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    /** The arrows of the domain, and staying where one is. */
    private static final Map<String, Set<String>> ARROWS =
            Map.of(
                    "NotDrafted", Set.of("Draft"),
                    "Draft", Set.of("Published", "Discarded"),
                    "Published", Set.of("InProgress", "Withdrawn"),
                    "InProgress", Set.of("ReportedComplete", "Withdrawn"),
                    "ReportedComplete", Set.of("VerifiedComplete", "Disputed"),
                    "Disputed", Set.of("InProgress", "Withdrawn"),
                    "VerifiedComplete", Set.of(),
                    "Withdrawn", Set.of(),
                    "Discarded", Set.of());

    @RepeatedTest(50)
    void whatever_is_wished_the_promise_holds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, LocalDate> firstDue = new HashMap<>();
        Set<String> reporters = new HashSet<>();
        Set<String> hands = new HashSet<>();
        List<CommitmentEvent> history = new ArrayList<>();
        CommitmentState state = Commitment.DECIDER.initial().get();
        for (int i = 0; i < COMMANDS; i++) {
            CommitmentCommand command = command(random, i);
            Decision<CommitmentEvent> decision = Commitment.decide(state, command);
            if (!(decision
                    instanceof Decision.Accepted<CommitmentEvent>(List<CommitmentEvent> events))) {
                continue;
            }
            for (CommitmentEvent event : events) {
                CommitmentState after = Commitment.evolve(state, event);
                if (!after.getClass().equals(state.getClass())) {
                    assertThat(ARROWS.get(name(state)))
                            .as("seed %d: from %s", seed, name(state))
                            .contains(name(after));
                }
                if (event instanceof CommitmentReportedComplete reported) {
                    reporters.add(reported.by().id());
                    reporters.add(reported.by().organisation());
                }
                if (event instanceof CommitmentVerifiedComplete verified) {
                    assertThat(reporters)
                            .as("seed %d", seed)
                            .doesNotContain(verified.by().id(), verified.by().organisation());
                    assertThat(hands)
                            .as("seed %d", seed)
                            .doesNotContain(verified.by().id(), verified.by().organisation());
                } else if (!(event instanceof CommitmentDisputed)) {
                    hands.add(event.by().id());
                    hands.add(event.by().organisation());
                }
                history.add(event);
                state = after;
                if (state instanceof Public open) {
                    holds(open.promise(), firstDue, seed);
                }
            }
        }
        assertThat(state)
                .isEqualTo(Commitment.DECIDER.fold(Commitment.DECIDER.initial().get(), history));
        survivesStorage(state, history);
    }

    private static void holds(Promise promise, Map<String, LocalDate> firstDue, long seed) {
        promise.milestones().forEach(m -> firstDue.putIfAbsent(m.id(), m.due()));
        assertThat(promise.milestones().stream().map(Milestone::id))
                .as("seed %d: milestones neither vanish nor double", seed)
                .containsExactlyInAnyOrderElementsOf(firstDue.keySet());
        assertThat(promise.milestones()).anyMatch(m -> !m.dropped());
        assertThat(promise.milestones()).hasSizeLessThanOrEqualTo(50);
        for (Milestone milestone : promise.milestones()) {
            assertThat(milestone.originalDue())
                    .as("seed %d: %s", seed, milestone.id())
                    .isEqualTo(firstDue.get(milestone.id()));
            if (milestone.open()) {
                assertThat(promise.terms().period().contains(milestone.due())).isTrue();
            }
            if (milestone.met() && milestone.assessment() != null) {
                assertThat(milestone.assessment().metOn()).isNotNull();
                assertThat(milestone.assessment().evidence()).isNotEmpty();
            }
            assertThat(milestone.evidence()).hasSizeLessThanOrEqualTo(Milestone.MAX_EVIDENCE);
        }
    }

    private static void survivesStorage(CommitmentState state, List<CommitmentEvent> history) {
        history.forEach(
                event ->
                        assertThat(
                                        StoredNames.COMMITMENT_EVENTS.read(
                                                StoredNames.COMMITMENT_EVENTS.name(event),
                                                StoredNames.COMMITMENT_EVENTS.write(event)))
                                .isEqualTo(event));
        assertThat(
                        StoredNames.COMMITMENT_STATES.read(
                                StoredNames.COMMITMENT_STATES.name(state),
                                StoredNames.COMMITMENT_STATES.write(state)))
                .isEqualTo(state);
    }

    private static CommitmentCommand command(Random random, int step) {
        Actor by = ACTORS.get(random.nextInt(ACTORS.size()));
        String milestone = "m" + (1 + random.nextInt(6));
        return switch (random.nextInt(step > 200 ? 16 : 14)) {
            case 0 -> new DraftCommitment(by, PLACE, terms(M1, M2));
            case 1 -> new EditDraft(by, random.nextBoolean() ? terms(M1) : terms(M1, M2));
            case 2 -> new PublishCommitment(by, TODAY, false);
            case 3 -> new StartCommitment(by);
            case 4, 5, 6 ->
                    new AssessMilestone(
                            by,
                            TODAY,
                            milestone,
                            OUTCOMES.get(random.nextInt(3)),
                            random.nextBoolean() ? TODAY.plusDays(random.nextInt(-20, 2)) : null,
                            random.nextBoolean()
                                    ? List.of(evidence(random.nextInt(30)))
                                    : List.of(),
                            random.nextBoolean() ? text("One pump") : null,
                            false);
            case 7, 8 -> new ReportComplete(by, null, false);
            case 9 -> new DisputeCompletion(by, text("No water"), false);
            case 10 -> new ResumeCommitment(by, text("We repair it"), false);
            case 11 ->
                    amend(
                            List.of(
                                    postpone(
                                            milestone,
                                            "2025-%02d-28".formatted(random.nextInt(2, 13)))),
                            List.of(),
                            List.of());
            case 12 ->
                    new AmendCommitment(
                            HEAD,
                            text("The river flooded"),
                            null,
                            null,
                            new Period(
                                    date("2025-03-01"),
                                    date("2025-12-31").plusDays(random.nextInt(-100, 400))),
                            List.of(),
                            random.nextBoolean()
                                    ? List.of(milestone(milestone, "2025-10-31"))
                                    : List.of(),
                            random.nextInt(4) == 0
                                    ? List.of("m" + (1 + random.nextInt(6)))
                                    : List.of(),
                            false);
            case 13 -> new VerifyComplete(by, null, false);
            case 14 -> new WithdrawCommitment(by, text("No money"), false);
            default -> new DiscardDraft(by);
        };
    }

    private static String name(CommitmentState state) {
        return state.getClass().getSimpleName();
    }
}
