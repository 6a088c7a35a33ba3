package org.ashar.budgetcommitments.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.api.Listing.Order;
import org.ashar.budgetcommitments.api.Listing.Wish;
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
    private static final String NEXT_DUE = "nextDue";

    private final CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments;
    private final Listing list;
    private final Clock clock;
    private final ZoneId zone;

    CommitmentQueries(
            CommandHandler<CommitmentCommand, CommitmentState, CommitmentEvent> commitments,
            Clock clock,
            ZoneId zone) {
        this.commitments = commitments;
        this.list = new Listing(commitments.currents(), Commitment.STREAM);
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
                        ? new Order(NEXT_DUE, false)
                        : new Order("published", true);
        Paging paging = query.paging();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return query.valid(
                () -> {
                    List<Predicate<Document>> rest = new ArrayList<>();
                    lead.ifPresent(organisation -> rest.add(Listing.is("lead", organisation)));
                    state.ifPresent(name -> rest.add(Listing.is("state", name)));
                    classification.ifPresent(c -> rest.add(classified(c)));
                    from.ifPresent(day -> rest.add(Listing.endsSince(day)));
                    to.ifPresent(day -> rest.add(Listing.startsBy(day)));
                    text.ifPresent(part -> rest.add(Listing.holds(part)));
                    overdue.ifPresent(late -> rest.add(summary -> late == isLate(summary, today)));
                    List<Bson> indexed = new ArrayList<>();
                    if (state.filter(DRAFT::equals).isPresent()) {
                        indexed.add(own(query.caller()));
                        place.ifPresent(key -> rest.add(Listing.is("place", key)));
                    } else {
                        indexed.add(eq("s.public", true));
                        place.map(key -> eq("s.place", key))
                                .or(() -> lead.map(by -> eq("s.lead", by)))
                                .or(() -> state.map(name -> eq("s.state", name)))
                                .ifPresent(indexed::add);
                    }
                    overdue.filter(_ -> order.field().equals(NEXT_DUE))
                            .ifPresent(late -> indexed.add(due(late, today)));
                    return answer(
                            list.page(
                                    new Wish(
                                            and(indexed),
                                            rest.stream().reduce(_ -> true, Predicate::and)),
                                    order,
                                    paging,
                                    query),
                            today,
                            query);
                });
    }

    private static boolean isLate(Document summary, LocalDate today) {
        return summary.containsKey(NEXT_DUE)
                && Listing.text(summary, NEXT_DUE).compareTo(today.toString()) < 0;
    }

    private static Bson due(boolean late, LocalDate today) {
        return late
                ? lt("s." + NEXT_DUE, today.toString())
                : gte("s." + NEXT_DUE, today.toString());
    }

    private static Predicate<Document> classified(String classification) {
        return summary ->
                summary.getList("classifications", String.class, List.of())
                        .contains(classification);
    }

    private ResponseEntity<?> answer(Page<Document> page, LocalDate today, Query query) {
        List<CommitmentRow> rows =
                page.items().stream()
                        .map(commitments::read)
                        .flatMap(current -> CommitmentView.of(current).stream())
                        .map(view -> CommitmentRow.of(view, today))
                        .toList();
        return Answers.page(
                query, new Page<>(rows, page.next()), CommitmentRow::csv, "commitments.csv");
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
