package org.ashar.kernel;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

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
        Matcher decimal = DECIMAL.matcher(amount);
        if (!decimal.matches()) {
            return Checked.invalid("money.not-a-decimal");
        }
        if (decimal.end(1) - decimal.start(1) > WHOLE_DIGITS) {
            return Checked.invalid("money.out-of-range");
        }
        BigDecimal value = new BigDecimal(amount);
        int digits = currency.getDefaultFractionDigits();
        if (value.scale() > digits) {
            return Checked.invalid(
                    "money.too-many-minor-digits",
                    Map.of(
                            "currency",
                            currency.getCurrencyCode(),
                            "digits",
                            Integer.toString(digits)));
        }
        BigDecimal minor = value.movePointRight(digits);
        if (minor.abs().compareTo(BigDecimal.valueOf(LIMIT)) >= 0) {
            return Checked.invalid("money.out-of-range");
        }
        return Checked.valid(new Money(minor.longValueExact(), currency));
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
