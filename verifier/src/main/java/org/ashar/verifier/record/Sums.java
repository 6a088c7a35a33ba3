package org.ashar.verifier.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What budgets come to, by currency; each figure with the events that it follows from. */
final class Sums {

    private static final List<String> FIGURES =
            List.of(
                    "proposed",
                    "promised",
                    "adjusted",
                    "committed",
                    "spent",
                    "refunded",
                    "overspent",
                    "givenUp");

    private static final class Figure {
        private Amount amount;
        private final List<String> events = new ArrayList<>();

        Figure(Amount amount) {
            this.amount = amount;
        }

        void add(Amount more, List<String> from) {
            amount = amount.plus(more);
            events.addAll(from);
        }
    }

    private static final class OfCurrency {
        private final Map<String, Figure> figures = new LinkedHashMap<>();
        private final Map<String, Figure> sources = new TreeMap<>();
    }

    private final Map<String, OfCurrency> currencies = new TreeMap<>();

    void add(BudgetFold budget) {
        Amount zero = budget.total.zero();
        OfCurrency sums =
                currencies.computeIfAbsent(
                        zero.currency().getCurrencyCode(), _ -> new OfCurrency());
        FIGURES.forEach(figure -> sums.figures.computeIfAbsent(figure, _ -> new Figure(zero)));
        boolean given = budget.isGivenUp();
        boolean approved = budget.isApproved();
        if (given) {
            add(sums, budget, "givenUp", budget.adjusted);
        }
        if (approved) {
            add(sums, budget, "promised", budget.total);
        } else if (!given) {
            add(sums, budget, "proposed", budget.total);
        }
        if (approved && !given) {
            add(sums, budget, "adjusted", budget.adjusted);
            for (BudgetFold.Source source : budget.sources) {
                sums.sources
                        .computeIfAbsent(source.kind(), _ -> new Figure(zero))
                        .add(source.amount(), budget.events("adjusted"));
            }
        }
        if (budget.isCommitted() && !given) {
            add(sums, budget, "committed", budget.adjusted);
        }
        add(sums, budget, "spent", budget.spent);
        add(sums, budget, "refunded", budget.refunded);
        add(sums, budget, "overspent", budget.overspent());
    }

    private static void add(OfCurrency sums, BudgetFold budget, String figure, Amount amount) {
        Figure sum = sums.figures.get(figure);
        if (sum != null && !(amount.isZero() && isOptional(figure))) {
            sum.add(amount, budget.events(figure));
        }
    }

    /** Whether a budget without it is not named beside the sum. */
    private static boolean isOptional(String figure) {
        return figure.equals("spent") || figure.equals("refunded") || figure.equals("overspent");
    }

    /** As a commitment's record says it. */
    ArrayNode document() {
        return document(true);
    }

    /** As a place's record says it, where the events are found in the list. */
    ArrayNode withoutEvents() {
        return document(false);
    }

    private ArrayNode document(boolean withEvents) {
        ArrayNode document = Members.array();
        currencies.forEach(
                (code, sums) -> {
                    ObjectNode of = Members.object().put("currency", code);
                    sums.figures.forEach(
                            (name, figure) -> of.set(name, figure(figure, withEvents)));
                    ArrayNode sources = Members.array();
                    sums.sources.forEach(
                            (kind, figure) ->
                                    sources.add(
                                            Members.object()
                                                    .put("kind", kind)
                                                    .set("amount", figure(figure, true))));
                    if (withEvents) {
                        of.set("sources", sources);
                    }
                    document.add(of);
                });
        return document;
    }

    private static ObjectNode figure(Figure figure, boolean withEvents) {
        return figure(figure.amount, withEvents ? figure.events : List.of());
    }

    /** A figure as records write it. */
    static ObjectNode figure(Amount amount, List<String> events) {
        return amount.document().set("events", Members.texts(events));
    }
}
