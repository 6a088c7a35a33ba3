package org.ashar.progressreports.config;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.util.Map;
import org.ashar.eventstore.AggregateType;
import org.ashar.json.NamedTypes;
import org.ashar.progressreports.contract.published.ReportPublication;
import org.ashar.progressreports.domain.report.ProgressReport;
import org.ashar.progressreports.domain.report.ReportCommand;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.bson.Document;

/** How progress reports are stored. */
public final class ReportAggregate {

    public static final NamedTypes<ReportEvent> EVENTS =
            NamedTypes.of(
                    Map.of(
                            "report-drafted.v1", ReportEvent.ReportDrafted.class,
                            "report-edited.v1", ReportEvent.ReportEdited.class,
                            "report-discarded.v1", ReportEvent.ReportDiscarded.class,
                            "report-published.v1", ReportEvent.ReportPublished.class,
                            "report-corrected.v1", ReportEvent.ReportCorrected.class));

    public static final NamedTypes<ReportState> STATES =
            NamedTypes.of(
                    Map.of(
                            "absent", ReportState.Absent.class,
                            "draft", ReportState.Drafted.class,
                            "discarded", ReportState.Discarded.class,
                            "published", ReportState.Published.class,
                            "corrected", ReportState.Corrected.class));

    private static final int STATE_FORMAT = 1;

    public static final AggregateType<ReportCommand, ReportState, ReportEvent> TYPE =
            new AggregateType<>(
                    ProgressReport.STREAM_TYPE,
                    STATE_FORMAT,
                    ProgressReport.DECIDER,
                    EVENTS,
                    STATES,
                    new ReportPublication(),
                    ReportAggregate::summary);

    private ReportAggregate() {}

    /** For the lists: what is public, and an organisation's own drafts. */
    static void createIndexes(MongoCollection<Document> currents) {
        currents.createIndex(Indexes.ascending("s.public", "_id"));
        currents.createIndex(Indexes.ascending("s.public", "s.place", "_id"));
        currents.createIndex(Indexes.ascending("s.public", "s.commitment", "_id"));
        currents.createIndex(Indexes.ascending("s.state", "s.organisation", "_id"));
    }

    private static Map<String, Object> summary(ReportState state) {
        return switch (state) {
            case ReportState.Absent _ -> Map.of();
            case ReportState.Drafted(About about, _) -> summary("draft", about);
            case ReportState.Discarded(About about) -> summary("discarded", about);
            case ReportState.Published(About about, _) -> summary("published", about);
            case ReportState.Corrected(About about, _, _) -> summary("corrected", about);
        };
    }

    private static Map<String, Object> summary(String state, About about) {
        return Map.of(
                "state", state,
                "public", state.equals("published") || state.equals("corrected"),
                "commitment", about.commitment().toString(),
                "place", about.place().key(),
                "period", about.period().id(),
                "organisation", about.organisation());
    }
}
