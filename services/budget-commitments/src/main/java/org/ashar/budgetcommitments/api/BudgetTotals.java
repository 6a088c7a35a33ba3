package org.ashar.budgetcommitments.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/**
 * Sums over many budgets, exact, apart by currency and state: promised money of different
 * currencies or of different standing is never added up.
 */
final class BudgetTotals {

    private final Map<Key, Sums> sums = new TreeMap<>();

    /** The sums of one currency in one state, as decimal strings. */
    record Total(
            String currency,
            String state,
            long budgets,
            String total,
            String adjusted,
            String spent) {}

    private record Key(String currency, String state) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byCurrency = currency.compareTo(other.currency);
            return byCurrency == 0 ? state.compareTo(other.state) : byCurrency;
        }
    }

    private record Sums(long budgets, BigInteger total, BigInteger adjusted, BigInteger spent) {

        static final Sums NONE = new Sums(0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        Sums plus(Document summary) {
            return new Sums(
                    budgets + 1,
                    total.add(BigInteger.valueOf(summary.getLong("total"))),
                    adjusted.add(BigInteger.valueOf(summary.getLong("adjusted"))),
                    spent.add(BigInteger.valueOf(summary.getLong("spent"))));
        }
    }

    void add(Document summary) {
        Key key = new Key(summary.getString("currency"), summary.getString("state"));
        sums.put(key, sums.getOrDefault(key, Sums.NONE).plus(summary));
    }

    List<Total> list() {
        return sums.entrySet().stream().map(e -> total(e.getKey(), e.getValue())).toList();
    }

    private static Total total(Key key, Sums of) {
        return new Total(
                key.currency(),
                key.state(),
                of.budgets(),
                amount(of.total(), key.currency()),
                amount(of.adjusted(), key.currency()),
                amount(of.spent(), key.currency()));
    }

    private static String amount(BigInteger minor, String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return new BigDecimal(minor, digits).toPlainString();
    }
}
