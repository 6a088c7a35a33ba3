package org.ashar.accountability.domain.finding;

import static org.ashar.accountability.domain.finding.Samples.ACCEPTED;
import static org.ashar.accountability.domain.finding.Samples.ACTION_DUE;
import static org.ashar.accountability.domain.finding.Samples.AGREED;
import static org.ashar.accountability.domain.finding.Samples.AGREED_ON;
import static org.ashar.accountability.domain.finding.Samples.AUDITEE;
import static org.ashar.accountability.domain.finding.Samples.AUDITOR;
import static org.ashar.accountability.domain.finding.Samples.AUDIT_OFFICE;
import static org.ashar.accountability.domain.finding.Samples.CLOSED;
import static org.ashar.accountability.domain.finding.Samples.CLOSED_ON;
import static org.ashar.accountability.domain.finding.Samples.CONCLUSION;
import static org.ashar.accountability.domain.finding.Samples.CONTENT;
import static org.ashar.accountability.domain.finding.Samples.EVIDENCE;
import static org.ashar.accountability.domain.finding.Samples.HEAD;
import static org.ashar.accountability.domain.finding.Samples.IMPLEMENTED;
import static org.ashar.accountability.domain.finding.Samples.IMPLEMENTED_ON;
import static org.ashar.accountability.domain.finding.Samples.NOT_ACCEPTED;
import static org.ashar.accountability.domain.finding.Samples.OPENED;
import static org.ashar.accountability.domain.finding.Samples.OPENED_ON;
import static org.ashar.accountability.domain.finding.Samples.REFUSED;
import static org.ashar.accountability.domain.finding.Samples.RESPONSE_DUE;
import static org.ashar.accountability.domain.finding.Samples.SPEC;
import static org.ashar.accountability.domain.finding.Samples.SPENDING;
import static org.ashar.accountability.domain.finding.Samples.SUBJECT;
import static org.ashar.accountability.domain.finding.Samples.agree;
import static org.ashar.accountability.domain.finding.Samples.close;
import static org.ashar.accountability.domain.finding.Samples.closeAsNotAccepted;
import static org.ashar.accountability.domain.finding.Samples.evidence;
import static org.ashar.accountability.domain.finding.Samples.open;
import static org.ashar.accountability.domain.finding.Samples.report;
import static org.ashar.accountability.domain.finding.Samples.respond;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.ashar.accountability.domain.finding.Citation.NotLogged;
import org.ashar.accountability.domain.finding.FindingCommand.Agree;
import org.ashar.accountability.domain.finding.FindingCommand.Close;
import org.ashar.accountability.domain.finding.FindingCommand.CloseAsNotAccepted;
import org.ashar.accountability.domain.finding.FindingCommand.Open;
import org.ashar.accountability.domain.finding.FindingCommand.Respond;
import org.ashar.accountability.domain.finding.FindingEvent.FindingClosed;
import org.ashar.accountability.domain.finding.FindingState.Conclusion;
import org.ashar.accountability.domain.finding.FindingState.Implemented;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Decision;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.kernel.Refusal.Violation;
import org.ashar.testing.DeciderSpec;
import org.junit.jupiter.api.Test;

class AuditFindingTest {

    private static final Actor OTHER_AUDITOR =
            new Actor("c3".repeat(32), "auditor", "another-chamber");
    private static final MultilingualText WITH_A_NUMBER =
            MultilingualText.of("ky", "Уста: +996 555 12 34 56");

    @Test
    void a_finding_goes_from_its_opening_to_its_end() {
        SPEC.given().when(open(AUDITOR, SUBJECT)).then(OPENED);
        SPEC.given(OPENED).when(respond(HEAD, Position.ACCEPTED)).then(ACCEPTED);
        SPEC.given(OPENED, ACCEPTED).when(agree(ACTION_DUE)).then(AGREED);
        SPEC.given(OPENED, ACCEPTED, AGREED).when(report(EVIDENCE)).then(IMPLEMENTED);
        SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED)
                .when(close(AUDITOR, Reason.IMPLEMENTED))
                .then(CLOSED);
    }

    @Test
    void nothing_is_opened_on_what_the_ledger_does_not_have() {
        SPEC.given()
                .when(open(AUDITOR, new Subject.Unknown(SUBJECT.stream())))
                .thenRefused(Kind.CONFLICT, "finding.subject-unknown");
        Open unlogged =
                opening(AUDITEE, RESPONSE_DUE, List.of(SPENDING, new NotLogged("x@9")), CONTENT);
        refusedAt(SPEC.given().when(unlogged), "finding.event-not-logged", "/events/1");
        Open twice = opening(AUDITEE, RESPONSE_DUE, List.of(SPENDING, SPENDING), CONTENT);
        refusedAt(SPEC.given().when(twice), "finding.event-twice", "/events/1");
    }

    @Test
    void what_a_finding_relied_on_is_recorded() {
        assertThat(SPEC.given(OPENED).state())
                .isInstanceOfSatisfying(
                        FindingState.Opened.class,
                        opened -> {
                            assertThat(opened.about().reliedOn()).isEqualTo(SUBJECT.reliedOn());
                            assertThat(opened.about().events()).containsExactly(SPENDING);
                        });
    }

    @Test
    void an_auditor_is_independent_of_all_who_answer_for_the_subject() {
        for (String own : List.of(AUDITEE, " OKMOTU ", "water-department")) {
            Actor insider = new Actor(AUDITOR.id(), "auditor", own);
            SPEC.given()
                    .when(open(insider, SUBJECT))
                    .thenRefused(Kind.FORBIDDEN, "finding.auditor-not-independent");
        }
        Open tied =
                new Open(
                        AUDITOR,
                        Set.of(AUDIT_OFFICE, AUDITEE),
                        SUBJECT,
                        AUDITEE,
                        CONTENT,
                        RESPONSE_DUE,
                        List.of(),
                        OPENED_ON,
                        false);
        SPEC.given().when(tied).thenRefused("finding.auditor-not-independent");
    }

    @Test
    void an_auditee_is_one_of_those_who_answer_for_the_subject_by_the_name_it_has_there() {
        refusedAt(
                SPEC.given().when(opening("school-12", RESPONSE_DUE, List.of(SPENDING), CONTENT)),
                "finding.auditee-not-answerable",
                "/auditee");
        SPEC.given().when(opening("Okmotu", RESPONSE_DUE, List.of(SPENDING), CONTENT)).then(OPENED);
    }

    @Test
    void a_response_is_due_after_the_opening_and_within_a_year() {
        refusedAt(
                SPEC.given().when(opening(AUDITEE, OPENED_ON, List.of(SPENDING), CONTENT)),
                "finding.response-due-passed",
                "/responseDue");
        refusedAt(
                SPEC.given()
                        .when(
                                opening(
                                        AUDITEE,
                                        OPENED_ON.plusDays(367),
                                        List.of(SPENDING),
                                        CONTENT)),
                "finding.response-due-too-far",
                "/responseDue");
        assertThat(
                        SPEC.given()
                                .when(opening(AUDITEE, OPENED_ON.plusDays(366), List.of(), CONTENT))
                                .events())
                .hasSize(1);
    }

    @Test
    void the_audited_organisation_alone_answers() {
        Actor stranger = new Actor("d4".repeat(32), "head", "water-department");
        SPEC.given(OPENED)
                .when(respond(stranger, Position.ACCEPTED))
                .thenRefused(Kind.FORBIDDEN, "finding.other-organisation");
        Actor opener = new Actor(AUDITOR.id(), "head", AUDITEE);
        SPEC.given(OPENED)
                .when(respond(opener, Position.ACCEPTED))
                .thenRefused(Kind.FORBIDDEN, "finding.answered-by-opener");
    }

    @Test
    void a_response_can_be_given_anew_until_an_action_is_agreed() {
        SPEC.given(OPENED, REFUSED).when(respond(HEAD, Position.ACCEPTED)).then(ACCEPTED);
        SPEC.given(OPENED, ACCEPTED, AGREED)
                .when(respond(HEAD, Position.NOT_ACCEPTED))
                .thenRefused("finding.action-already-agreed");
    }

    @Test
    void who_does_not_accept_a_finding_agrees_on_no_action() {
        SPEC.given(OPENED, REFUSED)
                .when(agree(ACTION_DUE))
                .thenRefused(Kind.CONFLICT, "finding.response-not-accepting");
    }

    @Test
    void an_action_is_due_on_the_day_of_the_agreement_or_later_but_within_years() {
        refusedAt(
                SPEC.given(OPENED, ACCEPTED).when(agree(AGREED_ON.minusDays(1))),
                "finding.action-due-passed",
                "/due");
        refusedAt(
                SPEC.given(OPENED, ACCEPTED).when(agree(AGREED_ON.plusDays(1831))),
                "finding.action-due-too-far",
                "/due");
        assertThat(SPEC.given(OPENED, ACCEPTED).when(agree(AGREED_ON)).events()).hasSize(1);
        assertThat(SPEC.given(OPENED, ACCEPTED).when(agree(AGREED_ON.plusDays(1830))).events())
                .hasSize(1);
    }

    @Test
    void what_was_done_is_shown_by_evidence_of_the_past_each_once() {
        refusedAt(
                SPEC.given(OPENED, ACCEPTED, AGREED).when(report(List.of())),
                "finding.implementation-without-evidence",
                "/evidence");
        refusedAt(
                SPEC.given(OPENED, ACCEPTED, AGREED)
                        .when(report(List.of(evidence("p", IMPLEMENTED_ON.plusDays(1))))),
                "evidence.captured-in-future",
                "/evidence/0/capturedOn");
        refusedAt(
                SPEC.given(OPENED, ACCEPTED, AGREED)
                        .when(
                                report(
                                        List.of(
                                                evidence("p", IMPLEMENTED_ON),
                                                evidence("p", IMPLEMENTED_ON)))),
                "finding.evidence-twice",
                "/evidence/1/sha256");
    }

    @Test
    void more_evidence_takes_the_place_of_what_did_not_convince() {
        assertThat(
                        SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED)
                                .when(report(List.of(evidence("photo", IMPLEMENTED_ON))))
                                .events())
                .hasSize(1);
        FindingEvent again =
                SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED)
                        .when(report(List.of(evidence("photo", IMPLEMENTED_ON))))
                        .events()
                        .getFirst();
        assertThat(SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED, again).state())
                .isInstanceOfSatisfying(
                        Implemented.class,
                        implemented ->
                                assertThat(implemented.implementation().evidence())
                                        .containsExactly(evidence("photo", IMPLEMENTED_ON)));
    }

    @Test
    void the_auditing_organisation_alone_ends_what_it_opened() {
        SPEC.given(OPENED)
                .when(close(OTHER_AUDITOR, Reason.WITHDRAWN))
                .thenRefused(Kind.FORBIDDEN, "finding.other-auditor");
        SPEC.given(OPENED)
                .when(closeAsNotAccepted(OTHER_AUDITOR, CLOSED_ON))
                .thenRefused(Kind.FORBIDDEN, "finding.other-auditor");
        Actor colleague = new Actor("e5".repeat(32), "auditor", "Chamber-of-Accounts");
        assertThat(SPEC.given(OPENED).when(close(colleague, Reason.WITHDRAWN)).events()).hasSize(1);
    }

    @Test
    void nobody_ends_a_finding_whom_it_concerns() {
        Actor turned = new Actor(HEAD.id(), "auditor", AUDIT_OFFICE);
        SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED)
                .when(close(turned, Reason.IMPLEMENTED))
                .thenRefused(Kind.FORBIDDEN, "finding.auditor-not-independent");
        for (String answering : List.of("Okmotu", " WATER-department ")) {
            Set<String> ties = Set.of(AUDIT_OFFICE, answering);
            SPEC.given(OPENED)
                    .when(new Close(AUDITOR, ties, Reason.WITHDRAWN, CONCLUSION, CLOSED_ON, false))
                    .thenRefused(Kind.FORBIDDEN, "finding.auditor-not-independent");
            SPEC.given(OPENED)
                    .when(new CloseAsNotAccepted(AUDITOR, ties, CONCLUSION, CLOSED_ON, false))
                    .thenRefused(Kind.FORBIDDEN, "finding.auditor-not-independent");
        }
    }

    @Test
    void only_what_was_reported_as_done_is_closed_as_done() {
        for (List<FindingEvent> history :
                List.<List<FindingEvent>>of(
                        List.of(OPENED),
                        List.of(OPENED, ACCEPTED),
                        List.of(OPENED, ACCEPTED, AGREED))) {
            SPEC.given(history)
                    .when(close(AUDITOR, Reason.IMPLEMENTED))
                    .thenRefused(Kind.CONFLICT, "finding.not-implemented");
            SPEC.given(history)
                    .when(close(AUDITOR, Reason.WITHDRAWN))
                    .then(
                            new FindingClosed(
                                    Reason.WITHDRAWN,
                                    new Conclusion(CONCLUSION, AUDITOR, CLOSED_ON)));
        }
    }

    @Test
    void a_finding_is_not_accepted_by_refusal_or_by_silence_beyond_its_day() {
        SPEC.given(OPENED, REFUSED)
                .when(closeAsNotAccepted(AUDITOR, Samples.RESPONDED_ON))
                .then(notAccepted(Samples.RESPONDED_ON));
        silent(List.of(OPENED), RESPONSE_DUE);
        silent(List.of(OPENED, ACCEPTED), RESPONSE_DUE);
        silent(List.of(OPENED, ACCEPTED, AGREED), ACTION_DUE);
    }

    @Test
    void what_was_done_may_not_convince_the_auditor() {
        SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED)
                .when(closeAsNotAccepted(AUDITOR, CLOSED_ON))
                .then(NOT_ACCEPTED);
    }

    @Test
    void an_ended_finding_keeps_what_was_answered() {
        assertThat(SPEC.given(OPENED, ACCEPTED, AGREED, IMPLEMENTED, CLOSED).state())
                .isEqualTo(
                        new FindingState.Closed(
                                Samples.ABOUT,
                                new FindingState.Answers(
                                        ACCEPTED.response(),
                                        AGREED.action(),
                                        IMPLEMENTED.implementation()),
                                Reason.IMPLEMENTED,
                                CLOSED.conclusion()));
    }

    @Test
    void personal_data_is_published_only_when_the_warning_was_acknowledged() {
        Content named =
                new Content(WITH_A_NUMBER, CONTENT.narrative(), WITH_A_NUMBER, CONTENT.severity());
        refusedAt(
                SPEC.given().when(opening(AUDITEE, RESPONSE_DUE, List.of(), named)),
                "text.personal-data",
                "/title/texts/ky/value",
                "/recommendation/texts/ky/value");
        refusedAt(
                SPEC.given(OPENED)
                        .when(
                                new Respond(
                                        HEAD, Position.ACCEPTED, WITH_A_NUMBER, AGREED_ON, false)),
                "text.personal-data",
                "/statement/texts/ky/value");
        refusedAt(
                SPEC.given(OPENED, ACCEPTED)
                        .when(new Agree(HEAD, WITH_A_NUMBER, ACTION_DUE, AGREED_ON, false)),
                "text.personal-data",
                "/action/texts/ky/value");
        refusedAt(
                SPEC.given(OPENED)
                        .when(
                                new Close(
                                        AUDITOR,
                                        Set.of(),
                                        Reason.WITHDRAWN,
                                        WITH_A_NUMBER,
                                        CLOSED_ON,
                                        false)),
                "text.personal-data",
                "/conclusion/texts/ky/value");
        assertThat(
                        SPEC.given(OPENED)
                                .when(
                                        new Respond(
                                                HEAD,
                                                Position.ACCEPTED,
                                                WITH_A_NUMBER,
                                                AGREED_ON,
                                                true))
                                .events())
                .hasSize(1);
    }

    @Test
    void a_recorded_event_never_breaks_the_fold() {
        List<FindingEvent> all =
                List.of(OPENED, ACCEPTED, AGREED, IMPLEMENTED, CLOSED, NOT_ACCEPTED);
        for (FindingEvent first : all) {
            for (FindingEvent second : all) {
                assertThat(SPEC.given(OPENED, first, second).state()).isNotNull();
                assertThat(SPEC.given(first, second).state()).isNotNull();
            }
        }
    }

    private static void silent(List<FindingEvent> history, LocalDate due) {
        SPEC.given(history)
                .when(closeAsNotAccepted(AUDITOR, due))
                .thenRefused(Kind.CONFLICT, "finding.answer-not-overdue");
        SPEC.given(history)
                .when(closeAsNotAccepted(AUDITOR, due.plusDays(1)))
                .then(notAccepted(due.plusDays(1)));
    }

    private static FindingEvent notAccepted(LocalDate on) {
        return new FindingEvent.FindingNotAccepted(new Conclusion(CONCLUSION, AUDITOR, on));
    }

    private static Open opening(
            String auditee, LocalDate responseDue, List<? extends Citation> events, Content says) {
        return new Open(
                AUDITOR,
                Set.of(AUDIT_OFFICE),
                SUBJECT,
                auditee,
                says,
                responseDue,
                List.copyOf(events),
                OPENED_ON,
                false);
    }

    private static void refusedAt(
            DeciderSpec<FindingCommand, FindingState, FindingEvent>.When outcome,
            String code,
            String... pointers) {
        outcome.thenRefused(Kind.INVALID, code);
        if (outcome.decision() instanceof Decision.Refused<FindingEvent> refused) {
            assertThat(refused.refusal().violations().stream().map(Violation::pointer).toList())
                    .containsExactly(pointers);
        }
    }
}
