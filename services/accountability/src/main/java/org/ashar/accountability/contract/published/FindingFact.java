package org.ashar.accountability.contract.published;

import java.time.LocalDate;
import java.util.List;
import org.ashar.accountability.domain.finding.Citation.Logged;
import org.ashar.accountability.domain.finding.Content.Severity;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What the world learns of a finding, in version 1. Each fact says what the finding is about, so
 * that nobody needs an earlier one to know whom it concerns.
 */
public sealed interface FindingFact {

    StreamId subject();

    StreamId commitment();

    PlaceRef place();

    String auditee();

    Actor by();

    /** {@code finding-opened.v1}. */
    record Opened(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            MultilingualText title,
            MultilingualText narrative,
            @Nullable MultilingualText recommendation,
            Severity severity,
            LocalDate openedOn,
            LocalDate responseDue,
            List<Logged> events,
            List<Logged> reliedOn,
            Actor by)
            implements FindingFact {
        public Opened {
            events = List.copyOf(events);
            reliedOn = List.copyOf(reliedOn);
        }
    }

    /** {@code finding-responded.v1}; a later one takes the place of an earlier one. */
    record Responded(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            Position position,
            MultilingualText statement,
            LocalDate respondedOn,
            Actor by)
            implements FindingFact {}

    /** {@code finding-action-agreed.v1}. */
    record ActionAgreed(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            MultilingualText action,
            LocalDate due,
            LocalDate agreedOn,
            Actor by)
            implements FindingFact {}

    /** {@code finding-implemented.v1}: so the audited side says, with evidence. */
    record Implemented(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            MultilingualText statement,
            List<Evidence> evidence,
            LocalDate reportedOn,
            Actor by)
            implements FindingFact {
        public Implemented {
            evidence = List.copyOf(evidence);
        }
    }

    /** {@code finding-closed.v1}. */
    record Closed(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            Reason reason,
            MultilingualText conclusion,
            LocalDate closedOn,
            Actor by)
            implements FindingFact {}

    /** {@code finding-not-accepted.v1}. */
    record NotAccepted(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            MultilingualText conclusion,
            LocalDate closedOn,
            Actor by)
            implements FindingFact {}
}
