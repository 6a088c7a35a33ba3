package org.ashar.kernel;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An amount of one currency, exact.
 *
 * @param minor the amount in minor units (tyiyn, tiyn, fils); negative for refunds; |minor| &lt;
 *     10^15
 * @param currency ISO 4217, with its number of minor digits (KGS 2, KZT 2, LBP 2, IQD 3)
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

    /** Amounts stay strictly below this many minor units, either way. */
    public static final long LIMIT = 1_000_000_000_000_000L;

    private static final Map<String, Currency> CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Currency::getCurrencyCode, Function.identity()));

    /** More digits before the point are out of range in every currency. */
    private static final int WHOLE_DIGITS = 18;

    public Money {
        if (Math.abs(minor) >= LIMIT) {
            throw new IllegalArgumentException("amount out of range: " + minor);
        }
    }

    /** Nothing of {@code currency}. */
    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** {@code minor} units of the currency with this ISO 4217 code. */
    public static Money of(long minor, String currency) {
        return new Money(minor, Currency.getInstance(currency));
    }

    /** Reads a decimal string and an ISO 4217 code. Never rounds. */
    public static Checked<Money> parse(String amount, String currencyCode) {
        return currency(currencyCode).then(currency -> parse(amount, currency));
    }

    /** Finds a currency that money can be held in (funds, metals and test codes are none). */
    public static Checked<Currency> currency(String code) {
        Currency known = CURRENCIES.get(code);
        return known == null ? Checked.invalid("money.unknown-currency") : Checked.valid(known);
    }

    private static Checked<Money> parse(String amount, Currency currency) {
        int begin = amount.startsWith("-") ? 1 : 0;
        int point = amount.indexOf('.');
        int end = point < 0 ? amount.length() : point;
        boolean whole = areDigits(amount, begin, end);
        boolean padded = end - begin > 1 && amount.charAt(begin) == '0';
        if (!whole || padded || point >= 0 && !areDigits(amount, point + 1, amount.length())) {
            return Checked.invalid("money.not-a-decimal");
        }
        if (end - begin > WHOLE_DIGITS) {
            return Checked.invalid("money.out-of-range");
        }
        int digits = currency.getDefaultFractionDigits();
        int fraction = point < 0 ? 0 : amount.length() - point - 1;
        if (fraction > digits) {
            return Checked.invalid(
                    "money.too-many-minor-digits",
                    Map.of(
                            "currency",
                            currency.getCurrencyCode(),
                            "digits",
                            Integer.toString(digits)));
        }
        long minor = Long.parseLong(amount, begin, end, 10);
        for (int digit = 1; digit <= digits && minor < LIMIT; digit++) {
            minor = minor * 10 + (digit <= fraction ? amount.charAt(point + digit) - '0' : 0);
        }
        return minor < LIMIT
                ? Checked.valid(new Money(begin == 0 ? minor : -minor, currency))
                : Checked.invalid("money.out-of-range");
    }

    /** At least one digit, and nothing else. */
    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    /**
     * The sum; throws {@link ArithmeticException} beyond the range and refuses to mix currencies.
     */
    public Money plus(Money other) {
        sameCurrency(other);
        long sum = Math.addExact(minor, other.minor);
        if (Math.abs(sum) >= LIMIT) {
            throw new ArithmeticException("amount out of range");
        }
        return new Money(sum, currency);
    }

    /** Whether adding {@code other} stays within the range. */
    public boolean canAdd(Money other) {
        sameCurrency(other);
        return Math.abs(minor + other.minor) < LIMIT;
    }

    /** The amount with the opposite sign. */
    public Money negated() {
        return new Money(-minor, currency);
    }

    public boolean isNegative() {
        return minor < 0;
    }

    public boolean isZero() {
        return minor == 0;
    }

    /** The sum of {@code amounts}, or nothing of {@code currency}. */
    public static Money sum(Currency currency, List<Money> amounts) {
        return amounts.stream().reduce(zero(currency), Money::plus);
    }

    /**
     * The amount as a decimal string with all of the currency's minor digits: {@code 1234567.50}.
     */
    public String amount() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
    }

    @Override
    public int compareTo(Money other) {
        sameCurrency(other);
        return Long.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return amount() + " " + currency.getCurrencyCode();
    }

    private void sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "mixed currencies: " + currency + " and " + other.currency);
        }
    }
}
