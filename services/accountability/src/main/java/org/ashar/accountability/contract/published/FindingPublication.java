package org.ashar.accountability.contract.published;

import java.util.List;
import org.ashar.accountability.domain.finding.Content;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingEvent.FindingActionAgreed;
import org.ashar.accountability.domain.finding.FindingEvent.FindingClosed;
import org.ashar.accountability.domain.finding.FindingEvent.FindingImplemented;
import org.ashar.accountability.domain.finding.FindingEvent.FindingNotAccepted;
import org.ashar.accountability.domain.finding.FindingEvent.FindingOpened;
import org.ashar.accountability.domain.finding.FindingEvent.FindingResponded;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Action;
import org.ashar.accountability.domain.finding.FindingState.Conclusion;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.FindingState.Implementation;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.FindingState.Response;
import org.ashar.eventstore.Fact;
import org.ashar.eventstore.Publication;
import org.ashar.kernel.CommandMeta;

/** A finding has no draft: the world learns of each step, from its opening on. */
public final class FindingPublication implements Publication<FindingState, FindingEvent> {

    public static final String OPENED = "finding-opened";
    public static final String RESPONDED = "finding-responded";
    public static final String ACTION_AGREED = "finding-action-agreed";
    public static final String IMPLEMENTED = "finding-implemented";
    public static final String CLOSED = "finding-closed";
    public static final String NOT_ACCEPTED = "finding-not-accepted";

    @Override
    public List<Fact> publish(
            FindingState before, FindingEvent event, FindingState after, CommandMeta meta) {
        return after instanceof Existing finding
                ? List.of(fact(finding.about(), event))
                : List.of();
    }

    private static Fact fact(About about, FindingEvent event) {
        return switch (event) {
            case FindingOpened _ -> new Fact(OPENED, 1, opened(about));
            case FindingResponded(Response response) ->
                    new Fact(RESPONDED, 1, responded(about, response));
            case FindingActionAgreed(Action action) ->
                    new Fact(ACTION_AGREED, 1, agreed(about, action));
            case FindingImplemented(Implementation implementation) ->
                    new Fact(IMPLEMENTED, 1, implemented(about, implementation));
            case FindingClosed(Reason reason, Conclusion conclusion) ->
                    new Fact(CLOSED, 1, closed(about, reason, conclusion));
            case FindingNotAccepted(Conclusion conclusion) ->
                    new Fact(NOT_ACCEPTED, 1, notAccepted(about, conclusion));
        };
    }

    private static FindingFact opened(About about) {
        Content content = about.content();
        return new FindingFact.Opened(
                about.subject(),
                about.commitment(),
                about.place(),
                about.auditee(),
                content.title(),
                content.narrative(),
                content.recommendation(),
                content.severity(),
                about.openedOn(),
                about.responseDue(),
                about.events(),
                about.reliedOn(),
                about.openedBy());
    }

    private static FindingFact responded(About about, Response response) {
        return new FindingFact.Responded(
                about.subject(),
                about.commitment(),
                about.place(),
                about.auditee(),
                response.position(),
                response.statement(),
                response.on(),
                response.by());
    }

    private static FindingFact agreed(About about, Action action) {
        return new FindingFact.ActionAgreed(
                about.subject(),
                about.commitment(),
                about.place(),
                about.auditee(),
                action.description(),
                action.due(),
                action.on(),
                action.by());
    }

    private static FindingFact implemented(About about, Implementation implementation) {
        return new FindingFact.Implemented(
                about.subject(),
                about.commitment(),
                about.place(),
                about.auditee(),
                implementation.statement(),
                implementation.evidence(),
                implementation.on(),
                implementation.by());
    }

    private static FindingFact closed(About about, Reason reason, Conclusion conclusion) {
        return new FindingFact.Closed(
                about.subject(),
                about.commitment(),
                about.place(),
                about.auditee(),
                reason,
                conclusion.text(),
                conclusion.on(),
                conclusion.by());
    }

    private static FindingFact notAccepted(About about, Conclusion conclusion) {
        return new FindingFact.NotAccepted(
                about.subject(),
                about.commitment(),
                about.place(),
                about.auditee(),
                conclusion.text(),
                conclusion.on(),
                conclusion.by());
    }
}
