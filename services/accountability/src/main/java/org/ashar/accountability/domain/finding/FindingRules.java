package org.ashar.accountability.domain.finding;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ashar.accountability.domain.finding.Citation.NotLogged;
import org.ashar.accountability.domain.finding.FindingCommand.Agree;
import org.ashar.accountability.domain.finding.FindingCommand.ByAuditee;
import org.ashar.accountability.domain.finding.FindingCommand.ByAuditor;
import org.ashar.accountability.domain.finding.FindingCommand.Close;
import org.ashar.accountability.domain.finding.FindingCommand.CloseAsNotAccepted;
import org.ashar.accountability.domain.finding.FindingCommand.Open;
import org.ashar.accountability.domain.finding.FindingCommand.ReportImplemented;
import org.ashar.accountability.domain.finding.FindingCommand.Respond;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Implemented;
import org.ashar.accountability.domain.finding.FindingState.Pending;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.Policy.Rule;
import org.ashar.accountability.domain.finding.Subject.Known;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PersonalData;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.kernel.Refusal.Violation;
import org.jspecify.annotations.Nullable;

/** Who may open, answer and end a finding, and on what grounds. */
final class FindingRules {

    static final int MOST_DAYS_TO_RESPOND = 366;
    static final int MOST_DAYS_TO_ACT = 5 * 366;

    private static final String NOT_INDEPENDENT = "finding.auditor-not-independent";

    /** Nobody audits what an organisation of theirs answers for, in whatever capacity. */
    private static final Rule<Known, Open> THE_AUDITOR_HAS_NO_TIE_TO_THE_SUBJECT =
            forbidden(
                    NOT_INDEPENDENT,
                    (subject, c) ->
                            c.ties().stream().anyMatch(tie -> subject.answering(tie).isPresent()));

    private static final Rule<Known, Open> THE_AUDITEE_ANSWERS_FOR_THE_SUBJECT =
            invalid(
                    "finding.auditee-not-answerable",
                    "/auditee",
                    (subject, c) -> subject.answering(c.auditee()).isEmpty());

    private static final Rule<Known, Open> THE_RESPONSE_IS_DUE_LATER =
            invalid(
                    "finding.response-due-passed",
                    "/responseDue",
                    (_, c) -> !c.responseDue().isAfter(c.on()));

    private static final Rule<Known, Open> THE_RESPONSE_IS_DUE_SOON =
            invalid(
                    "finding.response-due-too-far",
                    "/responseDue",
                    (_, c) -> c.responseDue().isAfter(c.on().plusDays(MOST_DAYS_TO_RESPOND)));

    private static final Rule<Known, Open> IT_RESTS_ON_WHAT_IS_LOGGED =
            each(
                    "finding.event-not-logged",
                    c ->
                            violations(
                                    c.events().size(),
                                    i -> c.events().get(i) instanceof NotLogged,
                                    i -> "/events/" + i,
                                    "finding.event-not-logged"));

    private static final Rule<Known, Open> EACH_EVENT_ONCE =
            each(
                    "finding.event-twice",
                    c -> {
                        Set<String> seen = new HashSet<>();
                        return violations(
                                c.events().size(),
                                i -> !seen.add(c.events().get(i).event()),
                                i -> "/events/" + i,
                                "finding.event-twice");
                    });

    private static final Rule<Object, Open> PERSONAL_DATA_IN_A_FINDING_IS_SEEN =
            seen(
                    c -> {
                        Map<String, @Nullable MultilingualText> texts = new LinkedHashMap<>();
                        texts.put("/title", c.content().title());
                        texts.put("/narrative", c.content().narrative());
                        texts.put("/recommendation", c.content().recommendation());
                        return texts;
                    });

    private static final Rule<About, ByAuditee> THE_AUDITEE_ANSWERS =
            forbidden(
                    "finding.other-organisation",
                    (about, c) -> !OrganisationName.alike(about.auditee(), c.by().organisation()));

    private static final Rule<About, ByAuditee> NOBODY_ANSWERS_THEIR_OWN_FINDING =
            forbidden(
                    "finding.answered-by-opener",
                    (about, c) -> about.openedBy().id().equals(c.by().id()));

    private static final Rule<About, Agree> THE_ACTION_IS_STILL_TO_BE_DONE =
            invalid("finding.action-due-passed", "/due", (_, c) -> c.due().isBefore(c.on()));

    private static final Rule<About, Agree> THE_ACTION_IS_DUE_WITHIN_YEARS =
            invalid(
                    "finding.action-due-too-far",
                    "/due",
                    (_, c) -> c.due().isAfter(c.on().plusDays(MOST_DAYS_TO_ACT)));

    private static final Rule<About, ReportImplemented> WHAT_WAS_DONE_IS_SHOWN =
            invalid(
                    "finding.implementation-without-evidence",
                    "/evidence",
                    (_, c) -> c.evidence().isEmpty());

    private static final Rule<About, ReportImplemented> EVIDENCE_IS_NOT_FROM_THE_FUTURE =
            each(
                    "evidence.captured-in-future",
                    c ->
                            violations(
                                    c.evidence().size(),
                                    i -> c.evidence().get(i).capturedOn().isAfter(c.on()),
                                    i -> "/evidence/" + i + "/capturedOn",
                                    "evidence.captured-in-future"));

    private static final Rule<About, ReportImplemented> EACH_EVIDENCE_ONCE =
            each(
                    "finding.evidence-twice",
                    c -> {
                        Set<String> seen = new HashSet<>();
                        return violations(
                                c.evidence().size(),
                                i -> !seen.add(c.evidence().get(i).sha256().hex()),
                                i -> "/evidence/" + i + "/sha256",
                                "finding.evidence-twice");
                    });

    private static final Rule<Pending, ByAuditor> WHO_OPENED_IT_ENDS_IT =
            forbidden(
                    "finding.other-auditor",
                    (finding, c) ->
                            !OrganisationName.alike(
                                    finding.about().openedBy().organisation(),
                                    c.by().organisation()));

    /** As at the opening; and nobody ends what they answered themselves. */
    private static final Rule<Pending, ByAuditor> THE_AUDITOR_HAS_STILL_NO_TIE_TO_THE_SUBJECT =
            forbidden(
                    NOT_INDEPENDENT,
                    (finding, c) ->
                            finding.answers().givenBy(c.by().id())
                                    || c.ties().stream()
                                            .anyMatch(tie -> answers(finding.about(), tie)));

    private static final Rule<Pending, Close> WHAT_IS_CONFIRMED_WAS_REPORTED =
            new Rule<>(
                    "finding.not-implemented",
                    (finding, c) ->
                            c.reason() == Reason.IMPLEMENTED && !(finding instanceof Implemented)
                                    ? Optional.of(Refusal.conflict("finding.not-implemented"))
                                    : Optional.empty());

    /** Silence beyond the day counts as a no; in time, the audited side may still answer. */
    private static final Rule<Pending, CloseAsNotAccepted> THE_AUDITED_SIDE_HAD_ITS_TIME =
            new Rule<>(
                    "finding.answer-not-overdue",
                    (finding, c) ->
                            Standing.due(finding)
                                    .filter(day -> !c.on().isAfter(day))
                                    .map(FindingRules::inTime));

    static final Policy<Known, Open> OPENING =
            Policy.of(
                    THE_AUDITOR_HAS_NO_TIE_TO_THE_SUBJECT,
                    THE_AUDITEE_ANSWERS_FOR_THE_SUBJECT,
                    THE_RESPONSE_IS_DUE_LATER,
                    THE_RESPONSE_IS_DUE_SOON,
                    IT_RESTS_ON_WHAT_IS_LOGGED,
                    EACH_EVENT_ONCE,
                    PERSONAL_DATA_IN_A_FINDING_IS_SEEN);

    static final Policy<About, Respond> RESPONDING =
            Policy.of(
                    THE_AUDITEE_ANSWERS,
                    NOBODY_ANSWERS_THEIR_OWN_FINDING,
                    seen("/statement", Respond::statement));

    static final Policy<About, Agree> AGREEING =
            Policy.of(
                    THE_AUDITEE_ANSWERS,
                    NOBODY_ANSWERS_THEIR_OWN_FINDING,
                    THE_ACTION_IS_STILL_TO_BE_DONE,
                    THE_ACTION_IS_DUE_WITHIN_YEARS,
                    seen("/action", Agree::action));

    static final Policy<About, ReportImplemented> REPORTING =
            Policy.of(
                    THE_AUDITEE_ANSWERS,
                    NOBODY_ANSWERS_THEIR_OWN_FINDING,
                    WHAT_WAS_DONE_IS_SHOWN,
                    EVIDENCE_IS_NOT_FROM_THE_FUTURE,
                    EACH_EVIDENCE_ONCE,
                    seen("/statement", ReportImplemented::statement));

    static final Policy<Pending, Close> CLOSING =
            Policy.of(
                    WHO_OPENED_IT_ENDS_IT,
                    THE_AUDITOR_HAS_STILL_NO_TIE_TO_THE_SUBJECT,
                    WHAT_IS_CONFIRMED_WAS_REPORTED,
                    seen("/conclusion", Close::conclusion));

    static final Policy<Pending, CloseAsNotAccepted> CLOSING_AS_NOT_ACCEPTED =
            Policy.of(
                    WHO_OPENED_IT_ENDS_IT,
                    THE_AUDITOR_HAS_STILL_NO_TIE_TO_THE_SUBJECT,
                    THE_AUDITED_SIDE_HAD_ITS_TIME,
                    seen("/conclusion", CloseAsNotAccepted::conclusion));

    private FindingRules() {}

    private static boolean answers(About about, String organisation) {
        return about.answerable().stream()
                .anyMatch(name -> OrganisationName.alike(name, organisation));
    }

    private static Refusal inTime(LocalDate due) {
        return new Refusal(
                Kind.CONFLICT,
                "finding.answer-not-overdue",
                Map.of("due", due.toString()),
                List.of());
    }

    private static List<Violation> violations(
            int size, IntPredicate broken, IntFunction<String> pointer, String code) {
        return IntStream.range(0, size)
                .filter(broken)
                .mapToObj(i -> new Violation(pointer.apply(i), code))
                .toList();
    }

    private static <S, C> Rule<S, C> forbidden(String code, BiPredicate<S, C> broken) {
        return rule(code, broken, Refusal.forbidden(code));
    }

    private static <S, C> Rule<S, C> invalid(
            String code, String pointer, BiPredicate<S, C> broken) {
        return rule(code, broken, Refusal.invalid(code, pointer));
    }

    private static <S, C> Rule<S, C> rule(String code, BiPredicate<S, C> broken, Refusal refusal) {
        return new Rule<>(
                code,
                (judged, command) ->
                        broken.test(judged, command) ? Optional.of(refusal) : Optional.empty());
    }

    /** A rule that every one of several values is held to. */
    private static <S, C> Rule<S, C> each(String code, Function<C, List<Violation>> violations) {
        return new Rule<>(
                code,
                (_, command) -> {
                    List<Violation> broken = violations.apply(command);
                    return broken.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Refusal(Kind.INVALID, code, Map.of(), broken));
                });
    }

    private static <C extends FindingCommand> Rule<Object, C> seen(
            String pointer, Function<C, MultilingualText> text) {
        return seen(c -> Map.of(pointer, text.apply(c)));
    }

    private static <C extends FindingCommand> Rule<Object, C> seen(
            Function<C, Map<String, ? extends @Nullable MultilingualText>> texts) {
        return new Rule<>(
                PersonalData.CODE,
                (_, c) -> PersonalData.refusal(c.acknowledgePersonalData(), texts.apply(c)));
    }
}
