package org.ashar.budgetcommitments.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.api.Listing.Order;
import org.ashar.budgetcommitments.config.CommitmentAggregate;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.Draft;
import org.ashar.eventstore.CommandHandler;
import org.ashar.kernel.Checked;
import org.ashar.security.Caller;
import org.ashar.security.Grant;
import org.ashar.web.Answers;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Query;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Commitments as they are now. */
@RestController
final class CommitmentQueries {

    private static final String DRAFT = "draft";

    private final CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments;
    private final Clock clock;
    private final ZoneId zone;

    CommitmentQueries(
            CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments,
            Clock clock,
            ZoneId zone) {
        this.commitments = commitments;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping(CommitmentCommands.COLLECTION + "/{id}")
    ResponseEntity<CommitmentView> commitment(@PathVariable String id, Query query) {
        return query.valid(
                () ->
                        commitments
                                .load(Ids.stream(Commitment.STREAM, id))
                                .filter(current -> mayRead(query.caller(), current.state()))
                                .flatMap(CommitmentView::of)
                                .map(view -> Answers.current(view.version(), view))
                                .orElseThrow(() -> Ids.notFound(Ids.NO_COMMITMENT)));
    }

    @GetMapping(CommitmentCommands.COLLECTION)
    ResponseEntity<?> commitments(Query query) {
        Optional<String> place = query.placeKey("place");
        Optional<String> lead = query.text("lead", 120);
        Optional<String> state =
                query.oneOf(
                        "state",
                        Stream.concat(Stream.of(DRAFT), CommitmentAggregate.publicStates().stream())
                                .toList());
        Optional<String> classification =
                query.value("classification", CommitmentQueries::classification);
        Optional<LocalDate> from = query.date("from");
        Optional<LocalDate> to = query.date("to");
        Optional<String> text = query.text("text", 100);
        Optional<Boolean> overdue = query.flag("overdue");
        Order order =
                query.oneOf("sort", List.of("published", "due")).filter("due"::equals).isPresent()
                        ? new Order("s.nextDue", false)
                        : new Order("s.published", true);
        Paging paging = query.paging();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return query.valid(
                () -> {
                    List<Bson> filters = new ArrayList<>();
                    filters.add(
                            state.filter(DRAFT::equals).isPresent()
                                    ? own(query.caller())
                                    : eq("s.public", true));
                    place.ifPresent(key -> filters.add(eq("s.place", key)));
                    lead.ifPresent(organisation -> filters.add(eq("s.lead", organisation)));
                    state.ifPresent(name -> filters.add(eq("s.state", name)));
                    classification.ifPresent(c -> filters.add(eq("s.classifications", c)));
                    from.ifPresent(day -> filters.add(gte("s.end", day.toString())));
                    to.ifPresent(day -> filters.add(lte("s.start", day.toString())));
                    text.ifPresent(part -> filters.add(Listing.holds(part)));
                    overdue.ifPresent(
                            late ->
                                    filters.add(
                                            late
                                                    ? lt("s.nextDue", today.toString())
                                                    : gte("s.nextDue", today.toString())));
                    return answer(
                            Listing.page(
                                    commitments.currents(),
                                    Commitment.STREAM,
                                    and(filters),
                                    order,
                                    paging,
                                    query),
                            today,
                            query);
                });
    }

    private ResponseEntity<?> answer(Page<Document> page, LocalDate today, Query query) {
        List<CommitmentRow> rows =
                page.items().stream()
                        .map(commitments::read)
                        .flatMap(current -> CommitmentView.of(current).stream())
                        .map(view -> CommitmentRow.of(view, today))
                        .toList();
        return query.wantsCsv()
                ? Listing.csv(CommitmentRow.csv(rows), "commitments.csv", page.next())
                : ResponseEntity.ok(new Page<>(rows, page.next()));
    }

    /** The drafts of the organisations that the caller acts for. */
    private static Bson own(Optional<Caller> caller) {
        List<String> organisations =
                caller.stream()
                        .flatMap(known -> known.grants().stream())
                        .map(Grant::organisation)
                        .distinct()
                        .toList();
        return in("s.draftedBy", organisations);
    }

    private static boolean mayRead(Optional<Caller> caller, CommitmentState state) {
        return !(state instanceof Draft draft)
                || caller.filter(known -> known.belongsTo(draft.organisation())).isPresent();
    }

    private static Checked<String> classification(String text) {
        return text.matches("(cofog|sdg|sdg-local|topic):[0-9A-Za-z.-]{1,100}")
                ? Checked.valid(text)
                : Checked.invalid("classification.malformed-filter");
    }
}
