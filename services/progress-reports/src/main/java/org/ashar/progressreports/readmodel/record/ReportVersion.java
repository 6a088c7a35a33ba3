package org.ashar.progressreports.readmodel.record;

import java.util.List;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Content.Status;
import org.jspecify.annotations.Nullable;

/**
 * One version of a report: the published text, or a correction beside it.
 *
 * @param number 0 for the published text
 * @param reason why it was corrected
 */
public record ReportVersion(
        StreamId report,
        ReportingPeriod period,
        int number,
        @Nullable MultilingualText reason,
        Status status,
        @Nullable MultilingualText narrative,
        boolean noProgress,
        List<IndicatorValue> indicators,
        List<MilestoneNote> milestoneNotes,
        List<Evidence> evidence,
        Given given) {

    public ReportVersion {
        indicators = List.copyOf(indicators);
        milestoneNotes = List.copyOf(milestoneNotes);
        evidence = List.copyOf(evidence);
    }
}
