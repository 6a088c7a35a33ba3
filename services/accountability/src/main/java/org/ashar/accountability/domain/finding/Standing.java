package org.ashar.accountability.domain.finding;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.ashar.accountability.domain.finding.FindingState.ActionAgreed;
import org.ashar.accountability.domain.finding.FindingState.Closed;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.FindingState.Implemented;
import org.ashar.accountability.domain.finding.FindingState.NotAccepted;
import org.ashar.accountability.domain.finding.FindingState.Opened;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Responded;

/** Where a finding stands on a day: what is due and late follows from the record and that day. */
public enum Standing {
    OPENED,
    /** Its day has come, and there is no response. */
    RESPONSE_DUE,
    RESPONDED,
    ACTION_AGREED,
    IMPLEMENTED,
    CLOSED,
    NOT_ACCEPTED;

    public static Standing of(Existing finding, LocalDate on) {
        return switch (finding) {
            case Opened opened -> on.isBefore(opened.about().responseDue()) ? OPENED : RESPONSE_DUE;
            case Responded _ -> RESPONDED;
            case ActionAgreed _ -> ACTION_AGREED;
            case Implemented _ -> IMPLEMENTED;
            case Closed _ -> CLOSED;
            case NotAccepted _ -> NOT_ACCEPTED;
        };
    }

    /** The last day for what the audited side owes next; empty where it owes nothing. */
    public static Optional<LocalDate> due(Existing finding) {
        return switch (finding) {
            case Opened opened -> Optional.of(opened.about().responseDue());
            case Responded responded ->
                    responded.response().position() == Position.ACCEPTED
                            ? Optional.of(responded.about().responseDue())
                            : Optional.empty();
            case ActionAgreed agreed -> Optional.of(agreed.action().due());
            case Implemented _, Closed _, NotAccepted _ -> Optional.empty();
        };
    }

    /** For how many days that has been owed too long; 0 where it is in time. */
    public static long daysLate(Existing finding, LocalDate on) {
        return due(finding)
                .filter(on::isAfter)
                .map(day -> ChronoUnit.DAYS.between(day, on))
                .orElse(0L);
    }
}
