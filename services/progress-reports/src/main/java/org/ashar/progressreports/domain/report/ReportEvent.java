package org.ashar.progressreports.domain.report;

import org.ashar.kernel.MultilingualText;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.Subject.ReliedOn;

public sealed interface ReportEvent {

    record ReportDrafted(About about, Content content, ReliedOn reliedOn) implements ReportEvent {}

    record ReportEdited(Content content, ReliedOn reliedOn) implements ReportEvent {}

    record ReportDiscarded() implements ReportEvent {}

    record ReportPublished(ReliedOn reliedOn) implements ReportEvent {}

    /**
     * A new version stands beside the published one.
     *
     * @param number 1 for the first correction
     */
    record ReportCorrected(int number, Content content, MultilingualText reason, ReliedOn reliedOn)
            implements ReportEvent {}
}
