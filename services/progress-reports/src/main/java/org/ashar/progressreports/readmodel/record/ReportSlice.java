package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.EventEnvelope;
import org.ashar.progressreports.contract.consumed.ReportNews;
import org.ashar.progressreports.contract.consumed.ReportNews.Corrected;
import org.ashar.progressreports.contract.consumed.ReportNews.Published;
import org.ashar.progressreports.domain.report.Content.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the record holds of one report's stream; its texts are lines of their own.
 *
 * @param status as the latest version says
 * @param correctedBy sequence of the last correction, 0 where there is none
 * @param demonstratedAt when the last event was recorded that says another time, if any does
 */
public record ReportSlice(
        StreamId id,
        StreamId commitment,
        PlaceRef place,
        ReportingPeriod period,
        Status status,
        Instant publishedAt,
        long publishedBy,
        int corrections,
        long correctedBy,
        Instant latest,
        @Nullable Instant demonstratedAt) {

    static ReportSlice fold(@Nullable ReportSlice before, EventEnvelope event, Object payload) {
        return switch ((ReportNews) payload) {
            case Published published ->
                    new ReportSlice(
                            event.stream(),
                            published.commitment(),
                            published.place(),
                            published.period(),
                            published.status(),
                            event.time(),
                            event.sequence(),
                            0,
                            0,
                            Times.recorded(event),
                            Times.demonstrated(null, event));
            case Corrected corrected ->
                    Objects.requireNonNull(before, "a report begins with its publication")
                            .corrected(event, corrected);
        };
    }

    Map<String, Object> fields() {
        return Map.of(
                "commitment",
                commitment.toString(),
                "place",
                place.key(),
                "period",
                period.id(),
                "begins",
                period.days().start(),
                "publishedAt",
                publishedAt,
                "corrections",
                corrections,
                "latest",
                latest,
                "demonstration",
                demonstratedAt != null);
    }

    private ReportSlice corrected(EventEnvelope event, Corrected corrected) {
        return new ReportSlice(
                id,
                commitment,
                place,
                period,
                corrected.status(),
                publishedAt,
                publishedBy,
                corrected.number(),
                event.sequence(),
                Times.later(latest, event),
                Times.demonstrated(demonstratedAt, event));
    }
}
