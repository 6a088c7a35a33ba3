package org.ashar.budgetcommitments.api;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ashar.budgetcommitments.api.BudgetTotals.Total;
import org.ashar.budgetcommitments.api.Listing.Order;
import org.ashar.budgetcommitments.api.Listing.Wish;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand;
import org.ashar.budgetcommitments.domain.budget.BudgetCommitment;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.EventStore;
import org.ashar.eventstore.StoreUnavailableException;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.web.Answers;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Money as it is now. */
@RestController
final class BudgetQueries {

    private static final Order NEWEST_PERIOD_FIRST = new Order("start", true);

    private final CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets;
    private final Listing list;
    private final Spending spending;

    BudgetQueries(
            CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets, EventStore store) {
        this.budgets = budgets;
        this.list = new Listing(budgets.currents(), BudgetCommitment.STREAM);
        this.spending = new Spending(store.commits());
    }

    @GetMapping(BudgetCommands.COLLECTION + "/{id}")
    ResponseEntity<BudgetView> budget(@PathVariable String id, Query query) {
        return query.valid(
                () -> {
                    BudgetView view = view(Ids.stream(BudgetCommitment.STREAM, id));
                    return Answers.current(view.version(), view);
                });
    }

    @GetMapping(BudgetCommands.COLLECTION)
    ResponseEntity<?> budgets(Query query) {
        Filter filter = Filter.of(query);
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    Page<Document> page =
                            list.page(filter.wish(), NEWEST_PERIOD_FIRST, paging, query);
                    List<BudgetView> rows =
                            page.items().stream()
                                    .map(budgets::read)
                                    .flatMap(current -> BudgetView.of(current).stream())
                                    .toList();
                    return Answers.page(
                            query, new Page<>(rows, page.next()), BudgetView::csv, "budgets.csv");
                });
    }

    /** Sums by currency and state, of one place or one commitment. */
    @GetMapping(BudgetCommands.COLLECTION + "/totals")
    Map<String, List<Total>> totals(Query query) {
        Filter filter = Filter.of(query);
        return query.valid(
                () -> {
                    if (filter.place().isEmpty() && filter.commitment().isEmpty()) {
                        throw new ProblemException(Problem.of(400, "budget.totals-of-what"));
                    }
                    return Map.of("totals", totals(filter.wish()).list());
                });
    }

    @GetMapping(BudgetCommands.COLLECTION + "/{id}/spending")
    ResponseEntity<?> spending(@PathVariable String id, Query query) {
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    StreamId stream = Ids.stream(BudgetCommitment.STREAM, id);
                    view(stream);
                    Page<Spending.Entry> page =
                            spending.page(stream, version(paging, query), paging);
                    return Answers.page(query, page, Spending::csv, "spending.csv");
                });
    }

    private BudgetTotals totals(Wish wish) {
        BudgetTotals totals = new BudgetTotals();
        try {
            for (Document found :
                    budgets.currents().find(wish.indexed()).projection(include("s"))) {
                Document summary = found.get("s", Document.class);
                if (wish.rest().test(summary)) {
                    totals.add(summary);
                }
            }
        } catch (MongoException e) {
            throw new StoreUnavailableException("budgets cannot be summed up", e);
        }
        return totals;
    }

    private BudgetView view(StreamId stream) {
        return budgets.load(stream)
                .flatMap(BudgetView::of)
                .orElseThrow(() -> Ids.notFound(Ids.NO_BUDGET));
    }

    private static long version(Paging paging, Query query) {
        if (paging.after() == null) {
            return 0;
        }
        if (!paging.after().matches("[0-9]{1,18}")) {
            throw query.badCursor();
        }
        return Long.parseLong(paging.after());
    }

    private record Filter(
            Optional<String> place,
            Optional<StreamId> commitment,
            Optional<String> state,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Optional<String> text,
            Optional<Boolean> overspent) {

        static Filter of(Query query) {
            return new Filter(
                    query.placeKey("place"),
                    query.value("commitment", Filter::commitment),
                    query.oneOf(
                            "state",
                            StoredNames.BUDGET_STATES.names().stream()
                                    .filter(name -> !name.equals("not-proposed"))
                                    .toList()),
                    query.date("from"),
                    query.date("to"),
                    query.text("text", 100),
                    query.flag("overspent"));
        }

        private static Checked<StreamId> commitment(String text) {
            return StreamId.isId(text)
                    ? Checked.valid(new StreamId(Commitment.STREAM, text))
                    : Checked.invalid("stream.malformed");
        }

        /** An index serves the commitment, else the place, else the state. */
        Wish wish() {
            Bson indexed =
                    commitment
                            .map(stream -> eq("s.commitment", stream.toString()))
                            .or(() -> place.map(key -> eq("s.place", key)))
                            .or(() -> state.map(name -> eq("s.state", name)))
                            .orElseGet(Document::new);
            List<Predicate<Document>> rest = new ArrayList<>();
            place.ifPresent(key -> rest.add(Listing.is("place", key)));
            state.ifPresent(name -> rest.add(Listing.is("state", name)));
            overspent.ifPresent(over -> rest.add(Listing.is("overspent", over)));
            from.ifPresent(day -> rest.add(Listing.endsSince(day)));
            to.ifPresent(day -> rest.add(Listing.startsBy(day)));
            text.ifPresent(part -> rest.add(Listing.holds(part)));
            return new Wish(indexed, rest.stream().reduce(_ -> true, Predicate::and));
        }
    }
}
