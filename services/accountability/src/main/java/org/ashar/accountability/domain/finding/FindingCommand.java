package org.ashar.accountability.domain.finding;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;

/**
 * What can be asked of a finding. {@code on} is the command's day in the installation's zone;
 * {@code acknowledgePersonalData} says that the warning was seen.
 */
public sealed interface FindingCommand {

    Actor by();

    LocalDate on();

    boolean acknowledgePersonalData();

    /** What the auditor may do: open and close, and nothing else. */
    sealed interface ByAuditor extends FindingCommand {

        List<String> ROLES = List.of("auditor");

        /** Every organisation that this person acts for. */
        Set<String> ties();
    }

    /** What the audited side may do, for the subject's own place: answer. */
    sealed interface ByAuditee extends FindingCommand {

        List<String> ROLES = List.of("officer", "head");
    }

    record Open(
            Actor by,
            Set<String> ties,
            Subject subject,
            String auditee,
            Content content,
            LocalDate responseDue,
            List<Citation> events,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ByAuditor {
        public Open {
            ties = Set.copyOf(ties);
            events = List.copyOf(events);
        }
    }

    record Respond(
            Actor by,
            Position position,
            MultilingualText statement,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ByAuditee {}

    record Agree(
            Actor by,
            MultilingualText action,
            LocalDate due,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ByAuditee {}

    record ReportImplemented(
            Actor by,
            MultilingualText statement,
            List<Evidence> evidence,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ByAuditee {
        public ReportImplemented {
            evidence = List.copyOf(evidence);
        }
    }

    record Close(
            Actor by,
            Set<String> ties,
            Reason reason,
            MultilingualText conclusion,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ByAuditor {
        public Close {
            ties = Set.copyOf(ties);
        }
    }

    record CloseAsNotAccepted(
            Actor by,
            Set<String> ties,
            MultilingualText conclusion,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ByAuditor {
        public CloseAsNotAccepted {
            ties = Set.copyOf(ties);
        }
    }

    /** The roles that may give it. */
    default List<String> roles() {
        return switch (this) {
            case ByAuditor _ -> ByAuditor.ROLES;
            case ByAuditee _ -> ByAuditee.ROLES;
        };
    }
}
