package org.ashar.accountability.domain.finding;

import java.util.stream.Stream;
import org.ashar.accountability.domain.finding.Citation.Logged;
import org.ashar.accountability.domain.finding.Citation.NotLogged;
import org.ashar.accountability.domain.finding.FindingCommand.Agree;
import org.ashar.accountability.domain.finding.FindingCommand.Close;
import org.ashar.accountability.domain.finding.FindingCommand.CloseAsNotAccepted;
import org.ashar.accountability.domain.finding.FindingCommand.Open;
import org.ashar.accountability.domain.finding.FindingCommand.ReportImplemented;
import org.ashar.accountability.domain.finding.FindingCommand.Respond;
import org.ashar.accountability.domain.finding.FindingEvent.FindingActionAgreed;
import org.ashar.accountability.domain.finding.FindingEvent.FindingClosed;
import org.ashar.accountability.domain.finding.FindingEvent.FindingImplemented;
import org.ashar.accountability.domain.finding.FindingEvent.FindingNotAccepted;
import org.ashar.accountability.domain.finding.FindingEvent.FindingOpened;
import org.ashar.accountability.domain.finding.FindingEvent.FindingResponded;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Absent;
import org.ashar.accountability.domain.finding.FindingState.Action;
import org.ashar.accountability.domain.finding.FindingState.ActionAgreed;
import org.ashar.accountability.domain.finding.FindingState.Closed;
import org.ashar.accountability.domain.finding.FindingState.Conclusion;
import org.ashar.accountability.domain.finding.FindingState.Ended;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.FindingState.Implementation;
import org.ashar.accountability.domain.finding.FindingState.Implemented;
import org.ashar.accountability.domain.finding.FindingState.NotAccepted;
import org.ashar.accountability.domain.finding.FindingState.Opened;
import org.ashar.accountability.domain.finding.FindingState.Pending;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.FindingState.Responded;
import org.ashar.accountability.domain.finding.FindingState.Response;
import org.ashar.accountability.domain.finding.Subject.Known;
import org.ashar.accountability.domain.finding.Subject.Unknown;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;

/** An auditor's finding: opened and ended by the auditor, answered by the audited side. */
public final class AuditFinding {

    public static final String STREAM_TYPE = "audit-finding";

    /** The code for a finding that there is not. */
    public static final String NOT_FOUND = STREAM_TYPE + ".not-found";

    public static final Decider<FindingCommand, FindingState, FindingEvent> DECIDER =
            new Decider<>(AuditFinding::initial, AuditFinding::decide, AuditFinding::evolve);

    private AuditFinding() {}

    static FindingState initial() {
        return new Absent();
    }

    static Decision<FindingEvent> decide(FindingState state, FindingCommand command) {
        return switch (command) {
            case Open open ->
                    switch (state) {
                        case Absent _ -> open(open);
                        case Existing _ -> conflict("finding.already-opened");
                    };
            case Respond respond ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Opened(About about) -> respond(about, respond);
                        case Responded(About about, _) -> respond(about, respond);
                        case ActionAgreed _, Implemented _ ->
                                conflict("finding.action-already-agreed");
                        case Ended _ -> ended();
                    };
            case Agree agree ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Opened _ -> conflict("finding.not-responded");
                        case Responded(About about, Response response) ->
                                agree(about, response, agree);
                        case ActionAgreed _, Implemented _ ->
                                conflict("finding.action-already-agreed");
                        case Ended _ -> ended();
                    };
            case ReportImplemented report ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Opened _, Responded _ -> conflict("finding.no-action-agreed");
                        case ActionAgreed(About about, _, _) -> report(about, report);
                        case Implemented(About about, _, _, _) -> report(about, report);
                        case Ended _ -> ended();
                    };
            case Close close ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Pending pending -> close(pending, close);
                        case Ended _ -> ended();
                    };
            case CloseAsNotAccepted close ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Pending pending -> closeAsNotAccepted(pending, close);
                        case Ended _ -> ended();
                    };
        };
    }

    static FindingState evolve(FindingState state, FindingEvent event) {
        return switch (event) {
            case FindingOpened(About about) -> new Opened(about);
            case FindingResponded(Response response) ->
                    state instanceof Opened || state instanceof Responded
                            ? new Responded(((Pending) state).about(), response)
                            : state;
            case FindingActionAgreed(Action action) ->
                    state instanceof Responded(About about, Response response)
                            ? new ActionAgreed(about, response, action)
                            : state;
            case FindingImplemented(Implementation implementation) ->
                    switch (state) {
                        case ActionAgreed(About about, Response response, Action action) ->
                                new Implemented(about, response, action, implementation);
                        case Implemented(About about, Response response, Action action, _) ->
                                new Implemented(about, response, action, implementation);
                        case Absent _, Opened _, Responded _, Ended _ -> state;
                    };
            case FindingClosed(Reason reason, Conclusion conclusion) ->
                    state instanceof Pending pending
                            ? new Closed(pending.about(), pending.answers(), reason, conclusion)
                            : state;
            case FindingNotAccepted(Conclusion conclusion) ->
                    state instanceof Pending pending
                            ? new NotAccepted(pending.about(), pending.answers(), conclusion)
                            : state;
        };
    }

    private static Decision<FindingEvent> open(Open command) {
        return switch (command.subject()) {
            case Unknown _ -> conflict("finding.subject-unknown");
            case Known subject ->
                    FindingRules.OPENING.decide(
                            subject, command, () -> new FindingOpened(about(subject, command)));
        };
    }

    private static About about(Known subject, Open command) {
        return new About(
                subject.stream(),
                subject.commitment(),
                subject.place(),
                subject.answering(command.auditee()).orElse(command.auditee()),
                subject.answerable().stream().sorted().toList(),
                command.content(),
                command.responseDue(),
                command.events().stream().flatMap(AuditFinding::logged).toList(),
                subject.reliedOn(),
                command.by(),
                command.on());
    }

    private static Stream<Logged> logged(Citation citation) {
        return switch (citation) {
            case Logged logged -> Stream.of(logged);
            case NotLogged _ -> Stream.empty();
        };
    }

    private static Decision<FindingEvent> respond(About about, Respond command) {
        return FindingRules.RESPONDING.decide(
                about,
                command,
                () ->
                        new FindingResponded(
                                new Response(
                                        command.position(),
                                        command.statement(),
                                        command.by(),
                                        command.on())));
    }

    private static Decision<FindingEvent> agree(About about, Response response, Agree command) {
        return response.position() == Position.NOT_ACCEPTED
                ? conflict("finding.response-not-accepting")
                : FindingRules.AGREEING.decide(
                        about,
                        command,
                        () ->
                                new FindingActionAgreed(
                                        new Action(
                                                command.action(),
                                                command.due(),
                                                command.by(),
                                                command.on())));
    }

    private static Decision<FindingEvent> report(About about, ReportImplemented command) {
        return FindingRules.REPORTING.decide(
                about,
                command,
                () ->
                        new FindingImplemented(
                                new Implementation(
                                        command.statement(),
                                        command.evidence(),
                                        command.by(),
                                        command.on())));
    }

    private static Decision<FindingEvent> close(Pending finding, Close command) {
        return FindingRules.CLOSING.decide(
                finding,
                command,
                () ->
                        new FindingClosed(
                                command.reason(),
                                new Conclusion(command.conclusion(), command.by(), command.on())));
    }

    private static Decision<FindingEvent> closeAsNotAccepted(
            Pending finding, CloseAsNotAccepted command) {
        return FindingRules.CLOSING_AS_NOT_ACCEPTED.decide(
                finding,
                command,
                () ->
                        new FindingNotAccepted(
                                new Conclusion(command.conclusion(), command.by(), command.on())));
    }

    private static Decision<FindingEvent> conflict(String code) {
        return Decision.refuse(Refusal.conflict(code));
    }

    private static Decision<FindingEvent> ended() {
        return conflict("finding.already-closed");
    }

    private static Decision<FindingEvent> unknown() {
        return Decision.refuse(Refusal.notFound(NOT_FOUND));
    }
}
