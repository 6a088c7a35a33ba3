package org.ashar.progressreports.domain.report;

import java.time.LocalDate;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.ReportingPeriod;

/** What can be asked of a report. {@code on} is the command's day in the installation's zone. */
public sealed interface ReportCommand {

    /** Who may write a draft, for the commitment's own place. */
    String DRAFTING_ROLE = "officer";

    /** Who may speak to the public, for the commitment's own place. */
    String PUBLISHING_ROLE = "head";

    /** The role that may give it. */
    default String role() {
        return switch (this) {
            case Draft _, Edit _, Discard _ -> DRAFTING_ROLE;
            case Publish _, Correct _ -> PUBLISHING_ROLE;
        };
    }

    record Draft(
            Subject subject,
            ReportingPeriod period,
            String organisation,
            Content content,
            LocalDate on)
            implements ReportCommand {}

    record Edit(Subject subject, Content content, LocalDate on) implements ReportCommand {}

    record Discard() implements ReportCommand {}

    record Publish(Subject subject, LocalDate on, boolean acknowledgePersonalData)
            implements ReportCommand {}

    record Correct(
            Subject subject,
            Content content,
            MultilingualText reason,
            LocalDate on,
            boolean acknowledgePersonalData)
            implements ReportCommand {}
}
