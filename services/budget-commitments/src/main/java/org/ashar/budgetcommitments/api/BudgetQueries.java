package org.ashar.budgetcommitments.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.budgetcommitments.api.BudgetTotals.Total;
import org.ashar.budgetcommitments.api.Listing.Order;
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

    private static final Order NEWEST_PERIOD_FIRST = new Order("s.start", true);

    private final CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets;
    private final Spending spending;

    BudgetQueries(
            CommandHandler<BudgetCommand, BudgetState, BudgetEvent> budgets, EventStore store) {
        this.budgets = budgets;
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
                            Listing.page(
                                    budgets.currents(),
                                    BudgetCommitment.STREAM,
                                    filter.bson(),
                                    NEWEST_PERIOD_FIRST,
                                    paging,
                                    query);
                    List<BudgetView> rows =
                            page.items().stream()
                                    .map(budgets::read)
                                    .flatMap(current -> BudgetView.of(current).stream())
                                    .toList();
                    return query.wantsCsv()
                            ? Listing.csv(BudgetView.csv(rows), "budgets.csv", page.next())
                            : ResponseEntity.ok(new Page<>(rows, page.next()));
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
                    BudgetTotals totals = new BudgetTotals();
                    try {
                        budgets.currents()
                                .find(filter.bson())
                                .projection(
                                        include(
                                                "s.currency",
                                                "s.state",
                                                "s.total",
                                                "s.adjusted",
                                                "s.spent"))
                                .forEach(found -> totals.add(found.get("s", Document.class)));
                    } catch (MongoException e) {
                        throw new StoreUnavailableException("budgets cannot be summed up", e);
                    }
                    return Map.of("totals", totals.list());
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
                    return query.wantsCsv()
                            ? Listing.csv(Spending.csv(page.items()), "spending.csv", page.next())
                            : ResponseEntity.ok(page);
                });
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

        Bson bson() {
            List<Bson> filters = new ArrayList<>();
            commitment.ifPresent(stream -> filters.add(eq("s.commitment", stream.toString())));
            place.ifPresent(key -> filters.add(eq("s.place", key)));
            state.ifPresent(name -> filters.add(eq("s.state", name)));
            overspent.ifPresent(over -> filters.add(eq("s.overspent", over)));
            from.ifPresent(day -> filters.add(gte("s.end", day.toString())));
            to.ifPresent(day -> filters.add(lte("s.start", day.toString())));
            text.ifPresent(part -> filters.add(Listing.holds(part)));
            return filters.isEmpty() ? new Document() : and(filters);
        }
    }
}
