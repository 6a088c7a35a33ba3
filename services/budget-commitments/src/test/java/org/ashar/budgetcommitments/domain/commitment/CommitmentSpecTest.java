package org.ashar.budgetcommitments.domain.commitment;

import static org.ashar.budgetcommitments.domain.Samples.*;
import static org.ashar.budgetcommitments.domain.commitment.CommitmentSamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.InProgress;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Period;
import org.ashar.kernel.Refusal;
import org.ashar.testing.DeciderSpec;
import org.junit.jupiter.api.Test;

class CommitmentSpecTest {

    private final DeciderSpec<CommitmentCommand, CommitmentState, CommitmentEvent> spec =
            DeciderSpec.of(Commitment.DECIDER);

    @Test
    void a_title_is_enough_to_begin_a_draft() {
        spec.given()
                .when(new DraftCommitment(OFFICER, PLACE, bare()))
                .then(new CommitmentDrafted(OFFICER, PLACE, bare()));
    }

    @Test
    void an_edit_replaces_the_draft() {
        spec.given(draft())
                .when(new EditDraft(HEAD, terms(M2)))
                .then(new DraftEdited(HEAD, terms(M2)));
    }

    @Test
    void publishing_carries_the_whole_content() {
        spec.given(draft())
                .when(publish())
                .then(
                        new CommitmentPublished(
                                HEAD,
                                TODAY,
                                complete(terms(M1, M2)),
                                List.of(Milestone.scheduled(M1), Milestone.scheduled(M2))));
    }

    @Test
    void an_official_may_publish_after_the_warning() {
        spec.given(drafted(described("Call 0555123456")))
                .when(new PublishCommitment(HEAD, TODAY, true))
                .then(
                        new CommitmentPublished(
                                HEAD,
                                TODAY,
                                complete(described("Call 0555123456")),
                                List.of(Milestone.scheduled(M1))));
    }

    @Test
    void all_that_a_draft_lacks_is_told_at_once() {
        assertThat(spec.given(drafted(bare())).when(publish()).decision())
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused ->
                                assertThat(
                                                refused.refusal().violations().stream()
                                                        .map(Refusal.Violation::pointer))
                                        .containsExactly(
                                                "/description",
                                                "/lead",
                                                "/contact",
                                                "/period",
                                                "/milestones"));
    }

    @Test
    void a_milestone_is_met_on_a_day_with_evidence() {
        spec.given(inProgress())
                .when(assess("m1", Outcome.MET, date("2025-06-10"), null, evidence(1)))
                .then(
                        new MilestoneAssessed(
                                OFFICER,
                                "m1",
                                Outcome.MET,
                                date("2025-06-10"),
                                List.of(evidence(1)),
                                null));
    }

    @Test
    void evidence_given_before_counts_when_a_milestone_is_met_late() {
        spec.given(
                        then(
                                inProgress(),
                                new MilestoneAssessed(
                                        OFFICER,
                                        "m1",
                                        Outcome.PARTIALLY_MET,
                                        null,
                                        List.of(evidence(1)),
                                        text("One pump"))))
                .when(assess("m1", Outcome.MET, TODAY, null))
                .then(new MilestoneAssessed(OFFICER, "m1", Outcome.MET, TODAY, List.of(), null));
    }

    @Test
    void what_was_not_met_can_be_met_later() {
        spec.given(then(inProgress(), notMet("m1")))
                .when(assess("m1", Outcome.PARTIALLY_MET, null, text("One pump")))
                .then(
                        new MilestoneAssessed(
                                OFFICER,
                                "m1",
                                Outcome.PARTIALLY_MET,
                                null,
                                List.of(),
                                text("One pump")));
    }

    @Test
    void a_dropped_milestone_does_not_stand_in_the_way_of_completion() {
        spec.given(then(inProgress(), dropped(terms(M1, M2), "m2"), met("m1", 1)))
                .when(report(HEAD))
                .then(new CommitmentReportedComplete(HEAD, null));
    }

    @Test
    void a_monitor_who_had_no_hand_in_it_verifies() {
        spec.given(reportedComplete())
                .when(new VerifyComplete(MONITOR, text("Water in 40 of 40 houses"), false))
                .then(new CommitmentVerifiedComplete(MONITOR, text("Water in 40 of 40 houses")));
    }

    @Test
    void a_disputed_completion_is_resumed_and_reported_again() {
        spec.given(then(inDispute(), resumed()))
                .when(report(HEAD))
                .then(new CommitmentReportedComplete(HEAD, null));
    }

    @Test
    void a_lead_that_did_not_draft_acts_too() {
        Actor lead = actor("w1", "officer", "water-board");
        spec.given(CommitmentSpecs.ledElsewhere())
                .when(report(lead))
                .then(new CommitmentReportedComplete(lead, null));
    }

    @Test
    void a_lead_written_in_other_letters_acts_too() {
        Actor lead = actor("w1", "officer", " WATER-board ");
        spec.given(CommitmentSpecs.ledElsewhere())
                .when(report(lead))
                .then(new CommitmentReportedComplete(lead, null));
    }

    @Test
    void a_dispute_may_end_in_withdrawal() {
        spec.given(inDispute())
                .when(new WithdrawCommitment(HEAD, text("The source ran dry"), false))
                .then(new CommitmentWithdrawn(HEAD, text("The source ran dry")));
    }

    @Test
    void a_postponed_milestone_keeps_the_date_it_was_first_promised_for() {
        List<CommitmentEvent> once =
                then(
                        inProgress(),
                        spec.given(inProgress())
                                .when(
                                        amend(
                                                List.of(postpone("m1", "2025-09-30")),
                                                List.of(),
                                                List.of()))
                                .events()
                                .getFirst());
        CommitmentEvent again =
                spec.given(once)
                        .when(amend(List.of(postpone("m1", "2025-12-31")), List.of(), List.of()))
                        .events()
                        .getFirst();
        assertThat(((InProgress) spec.given(then(once, again)).state()).promise().milestones())
                .first()
                .satisfies(
                        milestone -> {
                            assertThat(milestone.due()).isEqualTo(date("2025-12-31"));
                            assertThat(milestone.originalDue()).isEqualTo(M1.due());
                        });
    }

    @Test
    void an_amendment_tells_all_that_may_be_amended_as_it_is_after_it() {
        Period longer = new Period(date("2025-03-01"), date("2026-12-31"));
        spec.given(published())
                .when(
                        new AmendCommitment(
                                HEAD,
                                text("The river flooded"),
                                null,
                                null,
                                longer,
                                List.of(
                                        new MilestoneChange(
                                                "m2", text("Later"), null, date("2026-10-31"))),
                                List.of(milestone("m3", "2026-11-30")),
                                List.of("m1"),
                                false))
                .then(
                        new CommitmentAmended(
                                HEAD,
                                text("The river flooded"),
                                text("Eight kilometres of pipe and two pumps."),
                                CONTACT,
                                longer,
                                List.of(
                                        Milestone.scheduled(M1).droppedOut(),
                                        Milestone.scheduled(M2)
                                                .changed(text("Later"), null, date("2026-10-31")),
                                        Milestone.scheduled(milestone("m3", "2026-11-30")))));
    }

    @Test
    void delayed_is_derived_from_the_record_and_a_date() {
        CommitmentState inProgress = spec.given(inProgress()).state();
        assertThat(Lateness.isDelayed(inProgress, M1.due())).isFalse();
        assertThat(Lateness.isDelayed(inProgress, M1.due().plusDays(1))).isTrue();

        CommitmentState firstMet = spec.given(then(inProgress(), met("m1", 1))).state();
        assertThat(Lateness.isDelayed(firstMet, M1.due().plusDays(1))).isFalse();
        assertThat(Lateness.isDelayed(firstMet, M2.due().plusDays(1))).isTrue();

        CommitmentState allMet = spec.given(allMet()).state();
        assertThat(Lateness.isDelayed(allMet, PERIOD.end())).isFalse();
        assertThat(Lateness.isDelayed(allMet, PERIOD.end().plusDays(1))).isTrue();

        assertThat(
                        List.of(draft(), reportedComplete(), verified(), withdrawn()).stream()
                                .map(history -> spec.given(history).state()))
                .noneMatch(state -> Lateness.isDelayed(state, date("2030-01-01")));
    }
}
