package org.ashar.budgetcommitments.api;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ashar.budgetcommitments.api.Acting.Subject;
import org.ashar.budgetcommitments.domain.budget.Budget.Approval;
import org.ashar.budgetcommitments.domain.budget.Budget.Source;
import org.ashar.budgetcommitments.domain.budget.Budget.SourceKind;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand.*;
import org.ashar.budgetcommitments.domain.budget.BudgetCommitment;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.*;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
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

/** Commands on budget commitments. */
@RestController
final class BudgetCommands {

    static final String COLLECTION = "/api/budget-commitments";

    private final CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets;
    private final CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments;
    private final ZoneId zone;

    BudgetCommands(
            CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets,
            CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments,
            ZoneId zone) {
        this.budgets = budgets;
        this.commitments = commitments;
        this.zone = zone;
    }

    @PostMapping(COLLECTION)
    ResponseEntity<Effect> propose(CommandRequest request) {
        Actor anywhere = request.actingAnywhere(Permission.PROPOSE.names());
        Fields f = request.body();
        StreamId commitment = f.stream("commitment", Commitment.STREAM);
        MultilingualText title = f.multilingual("title", Forms.TITLE);
        Period period = f.period("period");
        Money total = f.money("total");
        List<Source> sources = sources(f);
        boolean acknowledged = Forms.acknowledged(f);
        return f.valid(
                () -> {
                    Standing standing = standing(commitment);
                    Actor by =
                            standing instanceof Standing.UnderWay(var place, _)
                                    ? request.actingFor(place.key(), Permission.PROPOSE.names())
                                    : anywhere;
                    return Answers.created(
                            budgets.create(
                                    request.newStream(BudgetCommitment.STREAM),
                                    request.meta(by),
                                    _ -> Optional.empty(),
                                    new ProposeBudget(
                                            by,
                                            commitment,
                                            standing,
                                            title,
                                            period,
                                            total,
                                            sources,
                                            acknowledged)),
                            COLLECTION);
                });
    }

    @PostMapping(COLLECTION + "/{id}/approve")
    ResponseEntity<Effect> approve(@PathVariable String id, CommandRequest request) {
        Approval approval = approval(request.body());
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id,
                request,
                Permission.APPROVE,
                by -> new ApproveBudget(by, today(request), approval, acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/adjust")
    ResponseEntity<Effect> adjust(@PathVariable String id, CommandRequest request) {
        Fields f = request.body();
        Money total = f.money("total");
        List<Source> sources = sources(f);
        MultilingualText rationale = f.multilingualLines("rationale", Forms.NARRATIVE);
        Approval approval = approval(f);
        boolean acknowledged = Forms.acknowledged(f);
        return update(
                id,
                request,
                Permission.ADJUST,
                by ->
                        new AdjustBudget(
                                by,
                                today(request),
                                total,
                                sources,
                                rationale,
                                approval,
                                acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/commit")
    ResponseEntity<Effect> commit(@PathVariable String id, CommandRequest request) {
        return update(id, request, Permission.COMMIT, CommitBudget::new);
    }

    @PostMapping(COLLECTION + "/{id}/spending")
    ResponseEntity<Effect> recordSpending(@PathVariable String id, CommandRequest request) {
        Fields f = request.body();
        Money amount = f.money("amount");
        LocalDate spentOn = f.date("spentOn");
        MultilingualText description = f.multilingual("description", Forms.TITLE);
        List<Evidence> evidence = Forms.evidence(f);
        boolean acknowledged = Forms.acknowledged(f);
        return update(
                id,
                request,
                Permission.RECORD_SPENDING,
                by ->
                        new RecordSpending(
                                by,
                                today(request),
                                amount,
                                spentOn,
                                description,
                                evidence,
                                acknowledged));
    }

    @PostMapping(COLLECTION + "/{id}/execute")
    ResponseEntity<Effect> execute(@PathVariable String id, CommandRequest request) {
        return update(id, request, Permission.EXECUTE, ExecuteBudget::new);
    }

    @PostMapping(COLLECTION + "/{id}/close")
    ResponseEntity<Effect> close(@PathVariable String id, CommandRequest request) {
        return update(id, request, Permission.CLOSE, CloseBudget::new);
    }

    @PostMapping(COLLECTION + "/{id}/lapse")
    ResponseEntity<Effect> lapse(@PathVariable String id, CommandRequest request) {
        return update(id, request, Permission.LAPSE, by -> new LapseBudget(by, today(request)));
    }

    @PostMapping(COLLECTION + "/{id}/cancel")
    ResponseEntity<Effect> cancel(@PathVariable String id, CommandRequest request) {
        MultilingualText reason = request.body().multilingualLines("reason", Forms.NARRATIVE);
        boolean acknowledged = Forms.acknowledged(request.body());
        return update(
                id, request, Permission.CANCEL, by -> new CancelBudget(by, reason, acknowledged));
    }

    private ResponseEntity<Effect> update(
            String id,
            CommandRequest request,
            Permission permission,
            Function<Actor, BudgetCommand> command) {
        StreamId stream = Ids.stream(BudgetCommitment.STREAM, id);
        Actor by =
                Acting.actor(
                        request,
                        permission,
                        () -> budgets.load(stream).map(Current::state).flatMap(this::subject));
        long expected = request.expectedVersion();
        BudgetCommand wish = request.body().valid(() -> command.apply(by));
        return Answers.of(
                budgets.update(
                        stream,
                        expected,
                        request.meta(by),
                        state -> guard(request.caller(), permission, by, state),
                        wish));
    }

    private static Optional<Refusal> guard(
            Caller caller, Permission permission, Actor by, BudgetState state) {
        return switch (state) {
            case BudgetState.NotProposed _ -> Optional.empty();
            case BudgetState.Public open ->
                    Acting.guard(caller, permission, by, open.budget().place());
        };
    }

    private Optional<Subject> subject(BudgetState state) {
        return switch (state) {
            case BudgetState.NotProposed _ -> Optional.empty();
            case BudgetState.Public open ->
                    Optional.of(new Subject(open.budget().place(), List.of()));
        };
    }

    private Standing standing(StreamId commitment) {
        return commitments
                .load(commitment)
                .<Standing>map(
                        current ->
                                switch (current.state()) {
                                    case NotDrafted _, Draft _, Discarded _ ->
                                            new Standing.NotPublished();
                                    case Withdrawn _ -> new Standing.Withdrawn();
                                    case VerifiedComplete _ -> new Standing.Complete();
                                    case UnderWay underWay ->
                                            new Standing.UnderWay(
                                                    underWay.promise().terms().place(),
                                                    current.version());
                                })
                .orElseGet(Standing.NotPublished::new);
    }

    private static List<Source> sources(Fields f) {
        return f.list(
                "sources",
                0,
                Forms.ENTRIES,
                s ->
                        new Source(
                                s.oneOf("kind", SourceKind.class),
                                s.multilingual("name", Forms.TITLE),
                                s.money("amount")));
    }

    private static Approval approval(Fields f) {
        return new Approval(
                f.multilingual("approvingBody", Forms.TITLE),
                f.text("resolution", Forms.REFERENCE),
                f.date("decidedOn"));
    }

    private LocalDate today(CommandRequest request) {
        return LocalDate.ofInstant(request.time(), zone);
    }
}
