package org.ashar.progressreports.readmodel.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ashar.progressreports.contract.consumed.BudgetNews.Source;
import org.jspecify.annotations.Nullable;

/** Sums over budgets, by currency; currencies never mix, and a sum is exact however large. */
public final class MoneyTotals {

    /** Events named beside one figure, at most; the rest is found behind its link. */
    static final int MAX_EVENTS = 100;

    /**
     * All money of one currency.
     *
     * @param proposed awaits approval
     * @param promised approved at first
     * @param adjusted promised now, without what was given up
     * @param committed of that, firmly committed
     * @param spent entries less refunds
     * @param refunded paid back
     * @param overspent spent beyond what was promised, budget by budget
     * @param givenUp lapsed or cancelled
     * @param sources where what is promised now comes from
     */
    public record OfCurrency(
            String currency,
            Figure proposed,
            Figure promised,
            Figure adjusted,
            Figure committed,
            Figure spent,
            Figure refunded,
            Figure overspent,
            Figure givenUp,
            @Nullable List<OfSource> sources) {}

    /** Where money comes from. */
    public record OfSource(String kind, Figure amount) {}

    enum Kind {
        PROPOSED,
        PROMISED,
        ADJUSTED,
        COMMITTED,
        SPENT,
        REFUNDED,
        OVERSPENT,
        GIVEN_UP
    }

    /** One budget's amounts in minor units; what it is decides what they count as. */
    record Amounts(
            String currency,
            boolean approved,
            boolean committed,
            boolean givenUp,
            long total,
            long adjusted,
            long spent,
            BigInteger refunded) {

        Map<Kind, BigInteger> byKind() {
            Map<Kind, BigInteger> kinds = new EnumMap<>(Kind.class);
            if (givenUp) {
                kinds.put(Kind.GIVEN_UP, BigInteger.valueOf(adjusted));
            }
            if (approved) {
                kinds.put(Kind.PROMISED, BigInteger.valueOf(total));
            } else if (!givenUp) {
                kinds.put(Kind.PROPOSED, BigInteger.valueOf(total));
            }
            if (approved && !givenUp) {
                kinds.put(Kind.ADJUSTED, BigInteger.valueOf(adjusted));
            }
            if (committed && !givenUp) {
                kinds.put(Kind.COMMITTED, BigInteger.valueOf(adjusted));
            }
            if (spent != 0) {
                kinds.put(Kind.SPENT, BigInteger.valueOf(spent));
            }
            if (spent > adjusted) {
                kinds.put(
                        Kind.OVERSPENT,
                        BigInteger.valueOf(spent).subtract(BigInteger.valueOf(adjusted)));
            }
            if (refunded.signum() != 0) {
                kinds.put(Kind.REFUNDED, refunded);
            }
            return kinds;
        }
    }

    private static final class Sum {
        private BigInteger minor = BigInteger.ZERO;
        private final List<String> events = new ArrayList<>();
        private boolean cut;

        void add(BigInteger amount, List<String> from) {
            minor = minor.add(amount);
            for (String event : from) {
                if (events.size() < MAX_EVENTS) {
                    events.add(event);
                } else {
                    cut = true;
                }
            }
        }
    }

    private static final class CurrencySums {
        private final Map<Kind, Sum> kinds = new EnumMap<>(Kind.class);
        private final Map<String, Sum> sources = new TreeMap<>();
    }

    private final Map<String, CurrencySums> sums = new TreeMap<>();

    MoneyTotals() {}

    /** Adds a budget with the events that its figures come from. */
    void add(BudgetSlice budget) {
        Amounts amounts = amounts(budget);
        amounts.byKind()
                .forEach(
                        (kind, minor) ->
                                sum(amounts.currency(), kind).add(minor, events(budget, kind)));
        if (amounts.approved() && !amounts.givenUp()) {
            for (Source source : budget.sources()) {
                currency(source.amount().currency().getCurrencyCode())
                        .sources
                        .computeIfAbsent(source.kind(), _ -> new Sum())
                        .add(
                                BigInteger.valueOf(source.amount().minor()),
                                events(budget, Kind.ADJUSTED));
            }
        }
    }

    /** Adds amounts whose events are found elsewhere. */
    void add(Amounts amounts) {
        amounts.byKind()
                .forEach((kind, minor) -> sum(amounts.currency(), kind).add(minor, List.of()));
    }

    /**
     * The totals.
     *
     * @param from where all events of a figure are found, of which at most some are named
     * @param always whether {@code from} is given for every figure
     */
    List<OfCurrency> byCurrency(String from, boolean always) {
        List<OfCurrency> totals = new ArrayList<>();
        sums.forEach(
                (code, of) ->
                        totals.add(
                                new OfCurrency(
                                        code,
                                        figure(code, of, Kind.PROPOSED, from, always),
                                        figure(code, of, Kind.PROMISED, from, always),
                                        figure(code, of, Kind.ADJUSTED, from, always),
                                        figure(code, of, Kind.COMMITTED, from, always),
                                        figure(code, of, Kind.SPENT, from, always),
                                        figure(code, of, Kind.REFUNDED, from, always),
                                        figure(code, of, Kind.OVERSPENT, from, always),
                                        figure(code, of, Kind.GIVEN_UP, from, always),
                                        always ? null : sources(code, of, from))));
        return totals;
    }

    static Amounts amounts(BudgetSlice budget) {
        return new Amounts(
                budget.total().currency().getCurrencyCode(),
                budget.approvedBy() > 0,
                budget.committedBy() > 0,
                budget.state().givenUp(),
                budget.total().minor(),
                budget.adjusted().minor(),
                budget.spent().minor(),
                budget.refunded());
    }

    /** The events that one figure of a budget follows from. */
    static List<String> events(BudgetSlice budget, Kind kind) {
        return switch (kind) {
            case PROPOSED -> ids(budget, budget.proposedBy());
            case PROMISED -> ids(budget, budget.proposedBy(), budget.approvedBy());
            case ADJUSTED ->
                    budget.adjustedBy() > 0
                            ? ids(budget, budget.adjustedBy())
                            : ids(budget, budget.proposedBy(), budget.approvedBy());
            case COMMITTED ->
                    budget.adjustedBy() > 0
                            ? ids(budget, budget.adjustedBy(), budget.committedBy())
                            : ids(budget, budget.proposedBy(), budget.committedBy());
            case SPENT -> ids(budget, budget.spentBy());
            case REFUNDED -> ids(budget, budget.refundedBy());
            case OVERSPENT -> ids(budget, budget.spentBy(), budget.overspentBy());
            case GIVEN_UP -> ids(budget, budget.stateBy());
        };
    }

    /** An amount of minor units in this currency, as an exact decimal. */
    static String decimal(String currency, BigInteger minor) {
        return new BigDecimal(minor, Currency.getInstance(currency).getDefaultFractionDigits())
                .toPlainString();
    }

    private static List<String> ids(BudgetSlice budget, long... sequences) {
        return EventIds.of(budget.id(), sequences);
    }

    private static Figure figure(
            String currency, CurrencySums of, Kind kind, String from, boolean always) {
        Sum sum = of.kinds.get(kind);
        return sum == null
                ? new Figure(decimal(currency, BigInteger.ZERO), currency, List.of(), null)
                : new Figure(
                        decimal(currency, sum.minor),
                        currency,
                        sum.events,
                        always || sum.cut || kind == Kind.REFUNDED ? from : null);
    }

    private static List<OfSource> sources(String currency, CurrencySums of, String from) {
        return of.sources.entrySet().stream()
                .map(
                        source ->
                                new OfSource(
                                        source.getKey(),
                                        new Figure(
                                                decimal(currency, source.getValue().minor),
                                                currency,
                                                source.getValue().events,
                                                source.getValue().cut ? from : null)))
                .toList();
    }

    private Sum sum(String currency, Kind kind) {
        return currency(currency).kinds.computeIfAbsent(kind, _ -> new Sum());
    }

    private CurrencySums currency(String code) {
        return sums.computeIfAbsent(code, _ -> new CurrencySums());
    }
}
