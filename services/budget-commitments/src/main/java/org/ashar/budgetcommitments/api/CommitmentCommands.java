package org.ashar.budgetcommitments.api;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ashar.budgetcommitments.api.Acting.Subject;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand.*;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.*;
import org.ashar.budgetcommitments.domain.commitment.DraftTerms;
import org.ashar.budgetcommitments.domain.commitment.Milestone.Outcome;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;
import org.ashar.security.Caller;
import org.ashar.web.Answers;
import org.ashar.web.Answers.Effect;
import org.ashar.web.CommandRequest;
import org.ashar.web.Fields;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Commands on commitments. */
@RestController
final class CommitmentCommands {

    static final String COLLECTION = "/api/commitments";

    private final CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments;
    private final ZoneId zone;

    CommitmentCommands(
            CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments,
            ZoneId zone) {
        this.commitments = commitments;
        this.zone = zone;
    }

    @PostMapping(COLLECTION)
    ResponseEntity<Effect> draft(CommandRequest request) {
        request.actingAnywhere(Permission.DRAFT.names());
        Fields f = request.body();
        PlaceRef place = f.place("place");
        DraftTerms terms = CommitmentForms.terms(f);
        return f.valid(
                () -> {
                    Actor by = request.actingFor(place.key(), Permission.DRAFT.names());
                    return Answers.created(
                            commitments.create(
                                    request.newStream(Commitment.STREAM),
                                    request.meta(by),
                                    _ -> Optional.empty(),
                                    new DraftCommitment(by, place, terms)),
                            COLLECTION);
                });
    }

    @PostMapping(COLLECTION + "/{id}/edit")
    ResponseEntity<Effect> edit(@PathVariable String id, CommandRequest request) {
        DraftTerms terms = CommitmentForms.terms(request.body());
        return update(id, request, Permission.EDIT, by -> new EditDraft(by, terms));
    }

    @PostMapping(COLLECTION + "/{id}/discard")
    ResponseEntity<Effect> discard(@PathVariable String id, CommandRequest request) {
        return update(id, request, Permission.DISCARD, DiscardDraft::new);
    }

    @PostMapping(COLLECTION + "/{id}/publish")
    ResponseEntity<Effect> publish(@PathVariable String id, CommandRequest request) {
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.PUBLISH,
                by -> new PublishCommitment(by, today(request), acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/start")
    ResponseEntity<Effect> start(@PathVariable String id, CommandRequest request) {
        return update(id, request, Permission.START, StartCommitment::new);
    }

    @PostMapping(COLLECTION + "/{id}/milestones/{milestone}/assess")
    ResponseEntity<Effect> assess(
            @PathVariable String id, @PathVariable String milestone, CommandRequest request) {
        Fields f = request.body();
        Outcome outcome = f.oneOf("outcome", Outcome.class);
        LocalDate metOn = f.optional("metOn", Fields::date).orElse(null);
        List<Evidence> evidence = Forms.evidence(f);
        MultilingualText note = Forms.narrative(f, "note");
        boolean acknowledged = Forms.acknowledged(f);
        return update(
                id,
                request,
                Permission.ASSESS,
                by ->
                        new AssessMilestone(
                                by,
                                today(request),
                                milestone,
                                outcome,
                                metOn,
                                evidence,
                                note,
                                acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/report-complete")
    ResponseEntity<Effect> reportComplete(@PathVariable String id, CommandRequest request) {
        MultilingualText statement = Forms.narrative(request.body(), "statement");
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.REPORT_COMPLETE,
                by -> new ReportComplete(by, statement, acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/verify-complete")
    ResponseEntity<Effect> verifyComplete(@PathVariable String id, CommandRequest request) {
        MultilingualText statement = Forms.narrative(request.body(), "statement");
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.VERIFY_COMPLETE,
                by -> new VerifyComplete(by, statement, acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/dispute")
    ResponseEntity<Effect> dispute(@PathVariable String id, CommandRequest request) {
        MultilingualText reason = request.body().multilingualLines("reason", Forms.NARRATIVE);
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.DISPUTE,
                by -> new DisputeCompletion(by, reason, acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/resume")
    ResponseEntity<Effect> resume(@PathVariable String id, CommandRequest request) {
        MultilingualText response = request.body().multilingualLines("response", Forms.NARRATIVE);
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.RESUME,
                by -> new ResumeCommitment(by, response, acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/withdraw")
    ResponseEntity<Effect> withdraw(@PathVariable String id, CommandRequest request) {
        MultilingualText reason = request.body().multilingualLines("reason", Forms.NARRATIVE);
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.WITHDRAW,
                by -> new WithdrawCommitment(by, reason, acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/amend")
    ResponseEntity<Effect> amend(@PathVariable String id, CommandRequest request) {
        CommitmentForms.Amendment amendment = CommitmentForms.amendment(request.body());
        return update(id, request, Permission.AMEND, amendment::by);
    }

    private ResponseEntity<Effect> update(
            String id,
            CommandRequest request,
            Permission permission,
            Function<Actor, CommitmentCommand> command) {
        StreamId stream = Ids.stream(Commitment.STREAM, id);
        Actor by =
                Acting.actor(
                        request,
                        permission,
                        () -> commitments.load(stream).map(Current::state).flatMap(this::subject));
        long expected = request.expectedVersion();
        CommitmentCommand wish = request.body().valid(() -> command.apply(by));
        return Answers.of(
                commitments.update(
                        stream,
                        expected,
                        request.meta(by),
                        state -> guard(request.caller(), permission, by, state),
                        wish));
    }

    /** A draft is hidden before anything is said of permissions. */
    private static Optional<Refusal> guard(
            Caller caller, Permission permission, Actor by, CommitmentState state) {
        return switch (state) {
            case NotDrafted _ -> Optional.empty();
            case Draft(String organisation, PlaceRef place, _, _) ->
                    hidden(caller, organisation)
                            .or(() -> Acting.guard(caller, permission, by, place));
            case Discarded(String organisation, PlaceRef place) ->
                    hidden(caller, organisation)
                            .or(() -> Acting.guard(caller, permission, by, place));
            case Public open ->
                    Acting.guard(caller, permission, by, open.promise().terms().place());
        };
    }

    private static Optional<Refusal> hidden(Caller caller, String organisation) {
        return caller.belongsTo(organisation)
                ? Optional.empty()
                : Optional.of(Refusal.notFound(Ids.NO_COMMITMENT));
    }

    private Optional<Subject> subject(CommitmentState state) {
        return switch (state) {
            case NotDrafted _ -> Optional.empty();
            case Draft draft ->
                    Optional.of(new Subject(draft.place(), List.of(draft.organisation())));
            case Discarded discarded ->
                    Optional.of(new Subject(discarded.place(), List.of(discarded.organisation())));
            case Public open ->
                    Optional.of(
                            new Subject(
                                    open.promise().terms().place(),
                                    List.of(
                                            open.promise().draftedBy(),
                                            open.promise().terms().lead().organisation())));
        };
    }

    private LocalDate today(CommandRequest request) {
        return LocalDate.ofInstant(request.time(), zone);
    }
}
