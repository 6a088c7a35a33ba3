package org.ashar.progressreports.api;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Checked;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content;
import org.ashar.progressreports.domain.report.ProgressReport;
import org.ashar.progressreports.domain.report.ReportCommand;
import org.ashar.progressreports.domain.report.ReportCommand.Correct;
import org.ashar.progressreports.domain.report.ReportCommand.Discard;
import org.ashar.progressreports.domain.report.ReportCommand.Draft;
import org.ashar.progressreports.domain.report.ReportCommand.Edit;
import org.ashar.progressreports.domain.report.ReportCommand.Publish;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.Subject;
import org.ashar.progressreports.readmodel.record.RecordReader;
import org.ashar.web.Answers;
import org.ashar.web.Answers.Effect;
import org.ashar.web.CommandRequest;
import org.ashar.web.Fields;
import org.ashar.web.Store;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be done with progress reports. */
@RestController
@RequestMapping(ReportCommands.PATH)
final class ReportCommands {

    static final String PATH = "/api/progress-reports";

    private static final int REASON_LIMIT = 1000;

    private final CommandHandler<ReportCommand, ReportState, ReportEvent> reports;
    private final RecordReader record;
    private final ZoneId zone;

    private record Wish(StreamId commitment, ReportingPeriod period, Content content) {}

    private record Correction(
            Content content, MultilingualText reason, boolean acknowledgePersonalData) {}

    ReportCommands(
            CommandHandler<ReportCommand, ReportState, ReportEvent> reports,
            RecordReader record,
            ZoneId zone) {
        this.reports = reports;
        this.record = record;
        this.zone = zone;
    }

    @PostMapping
    ResponseEntity<Effect> draft(CommandRequest request) {
        Fields body = request.body();
        String commitment = body.string("commitment", "", ReportCommands::commitmentId);
        ReportingPeriod period = body.reportingPeriod("period");
        Content content = ContentFields.content(body);
        Wish wish =
                body.valid(() -> new Wish(new StreamId("commitment", commitment), period, content));
        Subject subject = Store.read(() -> record.subject(wish.commitment()));
        Actor actor =
                switch (subject) {
                    case Subject.Known known ->
                            Permissions.acting(
                                    request,
                                    known.place(),
                                    ReportCommand.DRAFTING_ROLE,
                                    known::isReportedOnBy);
                    case Subject.Unknown _ -> request.actingAnywhere(ReportCommand.DRAFTING_ROLE);
                };
        return Answers.created(
                reports.create(
                        ProgressReport.stream(wish.commitment(), wish.period()),
                        request.meta(actor),
                        _ -> Optional.empty(),
                        new Draft(
                                subject,
                                wish.period(),
                                actor.organisation(),
                                wish.content(),
                                today(request))),
                PATH);
    }

    @PostMapping("/{id}/edit")
    ResponseEntity<Effect> edit(@PathVariable String id, CommandRequest request) {
        Content content = ContentFields.content(request.body());
        Content wish = request.body().valid(() -> content);
        return update(id, request, subject -> new Edit(subject, wish, today(request)));
    }

    @PostMapping("/{id}/discard")
    ResponseEntity<Effect> discard(@PathVariable String id, CommandRequest request) {
        Discard wish = request.body().valid(Discard::new);
        return update(id, request, _ -> wish);
    }

    @PostMapping("/{id}/publish")
    ResponseEntity<Effect> publish(@PathVariable String id, CommandRequest request) {
        boolean acknowledged = acknowledged(request.body());
        boolean wish = request.body().valid(() -> acknowledged);
        return update(id, request, subject -> new Publish(subject, today(request), wish));
    }

    @PostMapping("/{id}/correct")
    ResponseEntity<Effect> correct(@PathVariable String id, CommandRequest request) {
        Fields body = request.body();
        Content content = ContentFields.content(body);
        MultilingualText reason = body.multilingualLines("reason", REASON_LIMIT);
        boolean acknowledged = acknowledged(body);
        Correction wish = body.valid(() -> new Correction(content, reason, acknowledged));
        return update(
                id,
                request,
                subject ->
                        new Correct(
                                subject,
                                wish.content(),
                                wish.reason(),
                                today(request),
                                wish.acknowledgePersonalData()));
    }

    private ResponseEntity<Effect> update(
            String id, CommandRequest request, Function<Subject, ReportCommand> wish) {
        long version = request.expectedVersion();
        StreamId stream = Addresses.stream(ProgressReport.STREAM_TYPE, id, "report.unknown");
        About about =
                reports.load(stream)
                        .map(Current::state)
                        .filter(state -> Permissions.mayKnowOf(state, request.caller()))
                        .flatMap(Permissions::about)
                        .orElseThrow(() -> Addresses.notFound("report.unknown"));
        Subject subject = Store.read(() -> record.subject(about.commitment()));
        ReportCommand command = wish.apply(subject);
        Actor actor =
                Permissions.acting(
                        request,
                        about.place(),
                        command.role(),
                        own -> OrganisationName.alike(own, about.organisation()));
        return Answers.of(
                reports.update(
                        stream,
                        version,
                        request.meta(actor),
                        state -> Permissions.refusedTo(actor, state),
                        command));
    }

    private static boolean acknowledged(Fields body) {
        return body.optional("acknowledgePersonalData", Fields::flag).orElse(false);
    }

    private LocalDate today(CommandRequest request) {
        return request.time().atZone(zone).toLocalDate();
    }

    private static Checked<String> commitmentId(String text) {
        return StreamId.isId(text) ? Checked.valid(text) : Checked.invalid("stream.malformed");
    }
}
