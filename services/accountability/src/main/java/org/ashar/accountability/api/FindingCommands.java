package org.ashar.accountability.api;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ashar.accountability.domain.finding.AuditFinding;
import org.ashar.accountability.domain.finding.Citation;
import org.ashar.accountability.domain.finding.Content;
import org.ashar.accountability.domain.finding.Content.Severity;
import org.ashar.accountability.domain.finding.FindingCommand;
import org.ashar.accountability.domain.finding.FindingCommand.Agree;
import org.ashar.accountability.domain.finding.FindingCommand.Close;
import org.ashar.accountability.domain.finding.FindingCommand.CloseAsNotAccepted;
import org.ashar.accountability.domain.finding.FindingCommand.Open;
import org.ashar.accountability.domain.finding.FindingCommand.ReportImplemented;
import org.ashar.accountability.domain.finding.FindingCommand.Respond;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.Subject;
import org.ashar.accountability.readmodel.subject.LoggedSubjects;
import org.ashar.eventstore.CommandHandler;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.StreamId;
import org.ashar.security.Grant;
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

/** What can be done with findings. */
@RestController
@RequestMapping(FindingCommands.PATH)
final class FindingCommands {

    static final String PATH = "/api/findings";

    private static final int MOST_EVENTS = 10;
    private static final int MOST_EVIDENCE = 20;
    private static final int ORGANISATION_LIMIT = 120;
    private static final StreamId NO_SUBJECT = StreamId.derived("commitment");
    private static final Pattern SEQUENCE = Pattern.compile("[1-9][0-9]{0,17}");

    private final CommandHandler<FindingCommand, FindingState, FindingEvent> findings;
    private final LoggedSubjects ledger;
    private final ZoneId zone;

    private record Wish(
            StreamId subject,
            String auditee,
            Content content,
            LocalDate responseDue,
            List<String> events,
            boolean acknowledged) {}

    FindingCommands(
            CommandHandler<FindingCommand, FindingState, FindingEvent> findings,
            LoggedSubjects ledger,
            ZoneId zone) {
        this.findings = findings;
        this.ledger = ledger;
        this.zone = zone;
    }

    @PostMapping
    ResponseEntity<Effect> open(CommandRequest request) {
        Wish wish = wish(request.body());
        Subject subject = Store.read(() -> ledger.subject(wish.subject()));
        Actor actor =
                switch (subject) {
                    case Subject.Known known -> Acting.auditor(request, known.place());
                    case Subject.Unknown _ -> Acting.auditor(request);
                };
        List<Citation> events =
                Store.read(() -> wish.events().stream().map(ledger::citation).toList());
        return Answers.created(
                findings.create(
                        request.newStream(AuditFinding.STREAM_TYPE),
                        request.meta(actor),
                        _ -> Optional.empty(),
                        new Open(
                                actor,
                                ties(request),
                                subject,
                                wish.auditee(),
                                wish.content(),
                                wish.responseDue(),
                                events,
                                today(request),
                                wish.acknowledged())),
                PATH);
    }

    @PostMapping("/{id}/respond")
    ResponseEntity<Effect> respond(@PathVariable String id, CommandRequest request) {
        Fields body = request.body();
        Position position = body.oneOf("position", Position.class);
        MultilingualText statement = body.multilingualLines("statement", Content.TEXT_LIMIT);
        boolean acknowledged = acknowledged(body);
        return answer(
                id,
                request,
                body.valid(
                        () ->
                                by ->
                                        new Respond(
                                                by,
                                                position,
                                                statement,
                                                today(request),
                                                acknowledged)));
    }

    @PostMapping("/{id}/agree")
    ResponseEntity<Effect> agree(@PathVariable String id, CommandRequest request) {
        Fields body = request.body();
        MultilingualText action = body.multilingualLines("action", Content.TEXT_LIMIT);
        LocalDate due = body.date("due");
        boolean acknowledged = acknowledged(body);
        return answer(
                id,
                request,
                body.valid(() -> by -> new Agree(by, action, due, today(request), acknowledged)));
    }

    @PostMapping("/{id}/report-implemented")
    ResponseEntity<Effect> reportImplemented(@PathVariable String id, CommandRequest request) {
        Fields body = request.body();
        MultilingualText statement = body.multilingualLines("statement", Content.TEXT_LIMIT);
        List<Evidence> evidence = body.listOf("evidence", 0, MOST_EVIDENCE, Fields::evidence);
        boolean acknowledged = acknowledged(body);
        return answer(
                id,
                request,
                body.valid(
                        () ->
                                by ->
                                        new ReportImplemented(
                                                by,
                                                statement,
                                                evidence,
                                                today(request),
                                                acknowledged)));
    }

    @PostMapping("/{id}/close")
    ResponseEntity<Effect> close(@PathVariable String id, CommandRequest request) {
        Fields body = request.body();
        Reason reason = body.oneOf("reason", Reason.class);
        MultilingualText conclusion = body.multilingualLines("conclusion", Content.TEXT_LIMIT);
        boolean acknowledged = acknowledged(body);
        return end(
                id,
                request,
                body.valid(
                        () ->
                                by ->
                                        new Close(
                                                by,
                                                ties(request),
                                                reason,
                                                conclusion,
                                                today(request),
                                                acknowledged)));
    }

    @PostMapping("/{id}/close-as-not-accepted")
    ResponseEntity<Effect> closeAsNotAccepted(@PathVariable String id, CommandRequest request) {
        Fields body = request.body();
        MultilingualText conclusion = body.multilingualLines("conclusion", Content.TEXT_LIMIT);
        boolean acknowledged = acknowledged(body);
        return end(
                id,
                request,
                body.valid(
                        () ->
                                by ->
                                        new CloseAsNotAccepted(
                                                by,
                                                ties(request),
                                                conclusion,
                                                today(request),
                                                acknowledged)));
    }

    private ResponseEntity<Effect> answer(
            String id, CommandRequest request, Function<Actor, FindingCommand> wish) {
        return update(id, request, about -> wish.apply(Acting.auditee(request, about)));
    }

    private ResponseEntity<Effect> end(
            String id, CommandRequest request, Function<Actor, FindingCommand> wish) {
        return update(id, request, about -> wish.apply(Acting.auditor(request, about)));
    }

    private ResponseEntity<Effect> update(
            String id, CommandRequest request, Function<About, FindingCommand> wish) {
        long version = request.expectedVersion();
        StreamId stream = FindingQueries.stream(id);
        About about =
                findings.load(stream)
                        .flatMap(current -> FindingQueries.existing(current.state()))
                        .map(Existing::about)
                        .orElseThrow(FindingQueries::notFound);
        FindingCommand command = wish.apply(about);
        return Answers.of(
                findings.update(
                        stream,
                        version,
                        request.meta(command.by()),
                        _ -> Optional.empty(),
                        command));
    }

    private static Wish wish(Fields body) {
        StreamId subject = body.string("subject", NO_SUBJECT, FindingCommands::subject);
        String auditee = body.text("auditee", ORGANISATION_LIMIT);
        Content content =
                new Content(
                        body.multilingual("title", Content.TITLE_LIMIT),
                        body.multilingualLines("narrative", Content.TEXT_LIMIT),
                        body.optional(
                                        "recommendation",
                                        (f, name) -> f.multilingualLines(name, Content.TEXT_LIMIT))
                                .orElse(null),
                        body.oneOf("severity", Severity.class));
        LocalDate responseDue = body.date("responseDue");
        List<String> events =
                body.optional(
                                "events",
                                (f, name) ->
                                        f.listOf(
                                                name,
                                                0,
                                                MOST_EVENTS,
                                                (g, n) -> g.string(n, "", FindingCommands::event)))
                        .orElseGet(List::of);
        boolean acknowledged = acknowledged(body);
        return body.valid(
                () -> new Wish(subject, auditee, content, responseDue, events, acknowledged));
    }

    private static boolean acknowledged(Fields body) {
        return body.optional("acknowledgePersonalData", Fields::flag).orElse(false);
    }

    private static Set<String> ties(CommandRequest request) {
        return request.caller().grants().stream()
                .map(Grant::organisation)
                .collect(Collectors.toSet());
    }

    private LocalDate today(CommandRequest request) {
        return request.time().atZone(zone).toLocalDate();
    }

    private static Checked<StreamId> subject(String text) {
        return StreamId.parse(text)
                .then(
                        stream ->
                                LoggedSubjects.STREAM_TYPES.contains(stream.type())
                                        ? Checked.valid(stream)
                                        : Checked.invalid("finding.subject-of-another-kind"));
    }

    private static Checked<String> event(String text) {
        int at = text.indexOf('@');
        return at > 0
                        && SEQUENCE.matcher(text.substring(at + 1)).matches()
                        && StreamId.parse(text.substring(0, at)) instanceof Checked.Valid<StreamId>
                ? Checked.valid(text)
                : Checked.invalid("finding.event-malformed");
    }
}
