package org.ashar.progressreports.contract.published;

import java.util.List;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Content.Status;
import org.ashar.progressreports.domain.report.Subject.ReliedOn;
import org.jspecify.annotations.Nullable;

/**
 * {@code progress-report-corrected.v1}: a whole new version beside the published one.
 *
 * @param number 1 for the first correction
 */
public record ReportCorrected(
        StreamId commitment,
        PlaceRef place,
        ReportingPeriod period,
        Period days,
        int number,
        MultilingualText reason,
        Status status,
        @Nullable MultilingualText narrative,
        boolean noProgress,
        List<IndicatorValue> indicators,
        List<MilestoneNote> milestoneNotes,
        List<Evidence> evidence,
        Actor by,
        ReliedOn reliedOn) {}
