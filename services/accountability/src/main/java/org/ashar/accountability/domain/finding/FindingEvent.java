package org.ashar.accountability.domain.finding;

import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Action;
import org.ashar.accountability.domain.finding.FindingState.Conclusion;
import org.ashar.accountability.domain.finding.FindingState.Implementation;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.FindingState.Response;

public sealed interface FindingEvent {

    record FindingOpened(About about) implements FindingEvent {}

    record FindingResponded(Response response) implements FindingEvent {}

    record FindingActionAgreed(Action action) implements FindingEvent {}

    record FindingImplemented(Implementation implementation) implements FindingEvent {}

    record FindingClosed(Reason reason, Conclusion conclusion) implements FindingEvent {}

    record FindingNotAccepted(Conclusion conclusion) implements FindingEvent {}
}
