package org.ashar.progressreports.api;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content;
import org.ashar.progressreports.domain.report.ProgressReport;
import org.ashar.progressreports.domain.report.ReportCommand;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.readmodel.record.CommitmentRecord.VersionItem;
import org.ashar.progressreports.readmodel.record.DueReports;
import org.ashar.progressreports.readmodel.record.DueReports.Owing;
import org.ashar.progressreports.readmodel.record.RecordReader;
import org.ashar.security.Caller;
import org.ashar.security.Grant;
import org.ashar.web.Answers;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Reports, drafts for their own organisation, and what is due. */
@RestController
final class ReportQueries {

    /**
     * A report as it is now.
     *
     * @param corrections versions beside the published text; {@code content} is the latest
     */
    record ReportDocument(
            String id,
            long version,
            String state,
            About about,
            @Nullable Content content,
            int corrections) {}

    /** A report in a list. */
    record ReportItem(String id, long version, String state, About about) {}

    private final CommandHandler<ReportCommand, ReportState, ReportEvent> reports;
    private final RecordReader record;
    private final DueReports dueReports;
    private final Clock clock;
    private final ZoneId zone;

    ReportQueries(
            CommandHandler<ReportCommand, ReportState, ReportEvent> reports,
            RecordReader record,
            DueReports dueReports,
            Clock clock,
            ZoneId zone) {
        this.reports = reports;
        this.record = record;
        this.dueReports = dueReports;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/api/progress-reports/{id}")
    ResponseEntity<ReportDocument> report(@PathVariable String id, Query query) {
        return query.valid(
                () -> {
                    Current<ReportState> current =
                            reports.load(stream(id))
                                    .filter(known -> mayRead(known.state(), query.caller()))
                                    .orElseThrow(() -> Addresses.notFound("report.unknown"));
                    return Answers.current(current.version(), document(current));
                });
    }

    @GetMapping("/api/progress-reports")
    Page<ReportItem> list(Query query) {
        Optional<String> commitment = query.value("commitment", ReportQueries::commitmentKey);
        Optional<String> place = query.placeKey("place");
        boolean drafts =
                query.oneOf("state", Set.of("draft", "published"))
                        .orElse("published")
                        .equals("draft");
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    List<Bson> filter = new ArrayList<>();
                    if (drafts) {
                        filter.add(Filters.in("s.organisation", organisations(query.caller())));
                        filter.add(Filters.eq("s.state", "draft"));
                    } else {
                        filter.add(Filters.eq("s.public", true));
                    }
                    commitment.ifPresent(key -> filter.add(Filters.eq("s.commitment", key)));
                    place.ifPresent(key -> filter.add(Filters.eq("s.place", key)));
                    if (paging.after() != null) {
                        filter.add(Filters.gt("_id", after(query, paging.after()).toString()));
                    }
                    return Store.read(() -> items(Filters.and(filter), paging));
                });
    }

    @GetMapping("/api/progress-reports/{id}/versions")
    Page<VersionItem> versions(@PathVariable String id, Query query) {
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    StreamId stream = stream(id);
                    return Store.read(
                            () -> {
                                if (record.report(stream).isEmpty()) {
                                    throw Addresses.notFound("report.unknown");
                                }
                                return Addresses.page(
                                                record.versions(
                                                        stream,
                                                        Addresses.cursor(query, paging),
                                                        paging.limit()))
                                        .map(VersionItem::of);
                            });
                });
    }

    @GetMapping("/api/reports/due")
    ResponseEntity<?> due(Query query) {
        Optional<String> place = query.placeKey("place");
        Optional<String> lead = query.text("lead", 200);
        LocalDate on = Addresses.on(query, LocalDate.ofInstant(clock.instant(), zone));
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    org.ashar.messaging.Page<Owing> page =
                            Store.read(
                                    () ->
                                            dueReports.page(
                                                    place,
                                                    lead,
                                                    on,
                                                    Addresses.cursor(query, paging),
                                                    paging.limit()));
                    return Answers.page(
                            query, Addresses.page(page), DueTable::of, "reports-due.csv");
                });
    }

    private Page<ReportItem> items(Bson filter, Paging paging) {
        List<Current<ReportState>> fetched = new ArrayList<>();
        for (Document current :
                reports.currents()
                        .find(filter)
                        .sort(Sorts.ascending("_id"))
                        .limit(paging.toFetch())) {
            fetched.add(reports.read(current));
        }
        return Page.of(fetched, paging, current -> current.stream().id()).map(ReportQueries::item);
    }

    private static ReportItem item(Current<ReportState> current) {
        ReportDocument document = document(current);
        return new ReportItem(
                document.id(), document.version(), document.state(), document.about());
    }

    private static ReportDocument document(Current<ReportState> current) {
        String id = current.stream().id();
        long version = current.version();
        return switch (current.state()) {
            case ReportState.Absent _ -> throw Addresses.notFound("report.unknown");
            case ReportState.Drafted(About about, Content content) ->
                    new ReportDocument(id, version, "draft", about, content, 0);
            case ReportState.Discarded(About about) ->
                    new ReportDocument(id, version, "discarded", about, null, 0);
            case ReportState.Published(About about, Content content) ->
                    new ReportDocument(id, version, "published", about, content, 0);
            case ReportState.Corrected(About about, Content content, int corrections) ->
                    new ReportDocument(id, version, "corrected", about, content, corrections);
        };
    }

    private static boolean mayRead(ReportState state, Optional<Caller> caller) {
        return Permissions.isPublic(state)
                || caller.filter(known -> Permissions.mayKnowOf(state, known)).isPresent();
    }

    private static List<String> organisations(Optional<Caller> caller) {
        return caller.map(Caller::grants).orElseGet(List::of).stream()
                .map(Grant::organisation)
                .distinct()
                .toList();
    }

    private static StreamId stream(String id) {
        return Addresses.stream(ProgressReport.STREAM_TYPE, id, "report.unknown");
    }

    private static StreamId after(Query query, String id) {
        if (!StreamId.isId(id)) {
            throw query.badCursor();
        }
        return new StreamId(ProgressReport.STREAM_TYPE, id);
    }

    private static Checked<String> commitmentKey(String id) {
        return StreamId.isId(id)
                ? Checked.valid(new StreamId("commitment", id).toString())
                : Checked.invalid("stream.malformed");
    }
}
