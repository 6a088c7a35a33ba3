package org.ashar.progressreports.contract.consumed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Content.Status;
import org.jspecify.annotations.Nullable;

/** What the record reads of this service's own reports. */
public sealed interface ReportNews {

    String SERVICE = "progress-reports";
    String STREAM_TYPE = "progress-report";

    Map<String, Class<?>> TYPES =
            Map.of(
                    "org.ashar.progress-reports.progress-report-published.v1", Published.class,
                    "org.ashar.progress-reports.progress-report-corrected.v1", Corrected.class);

    record Published(
            Actor by,
            StreamId commitment,
            PlaceRef place,
            ReportingPeriod period,
            Status status,
            @Nullable MultilingualText narrative,
            boolean noProgress,
            List<IndicatorValue> indicators,
            List<MilestoneNote> milestoneNotes,
            List<Evidence> evidence)
            implements ReportNews {
        public Published {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(place);
            requireNonNull(period);
            requireNonNull(status);
            indicators = List.copyOf(indicators);
            milestoneNotes = List.copyOf(milestoneNotes);
            evidence = List.copyOf(evidence);
        }
    }

    record Corrected(
            Actor by,
            StreamId commitment,
            ReportingPeriod period,
            int number,
            MultilingualText reason,
            Status status,
            @Nullable MultilingualText narrative,
            boolean noProgress,
            List<IndicatorValue> indicators,
            List<MilestoneNote> milestoneNotes,
            List<Evidence> evidence)
            implements ReportNews {
        public Corrected {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(period);
            requireNonNull(reason);
            requireNonNull(status);
            indicators = List.copyOf(indicators);
            milestoneNotes = List.copyOf(milestoneNotes);
            evidence = List.copyOf(evidence);
        }
    }
}
