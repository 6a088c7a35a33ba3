package org.ashar.progressreports.domain.report;

import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;

public sealed interface ReportState {

    /**
     * What a report is about, from its first draft on.
     *
     * @param organisation that drafts it, and alone reads it until it is published
     */
    record About(
            StreamId commitment, PlaceRef place, ReportingPeriod period, String organisation) {}

    record Absent() implements ReportState {}

    record Drafted(About about, Content content) implements ReportState {}

    record Discarded(About about) implements ReportState {}

    record Published(About about, Content content) implements ReportState {}

    /**
     * The published text stands; this is the latest version beside it.
     *
     * @param corrections how many there are
     */
    record Corrected(About about, Content content, int corrections) implements ReportState {}
}
