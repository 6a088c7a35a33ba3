package org.ashar.verifier.record;

import java.math.BigDecimal;
import java.util.Currency;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An exact amount of one currency, however large a sum it is. */
record Amount(BigDecimal value, Currency currency) {

    static Amount of(LoggedEvent event, JsonNode money) throws UnreadableEventException {
        return switch (Money.parse(event.text(money, "amount"), event.text(money, "currency"))) {
            case Checked.Valid<Money>(Money read) ->
                    new Amount(new BigDecimal(read.amount()), read.currency());
            case Checked.Invalid<Money>(String code, _) -> throw event.unreadable(code);
        };
    }

    Amount zero() {
        return of(BigDecimal.ZERO);
    }

    Amount of(BigDecimal other) {
        return new Amount(other.setScale(currency.getDefaultFractionDigits()), currency);
    }

    Amount plus(Amount other) {
        return new Amount(value.add(other.value), currency);
    }

    /** What this is more than {@code other}; nothing where it is not. */
    Amount beyond(Amount other) {
        return of(value.subtract(other.value).max(BigDecimal.ZERO));
    }

    boolean isNegative() {
        return value.signum() < 0;
    }

    boolean isZero() {
        return value.signum() == 0;
    }

    ObjectNode document() {
        return Members.object()
                .put("amount", value.toPlainString())
                .put("currency", currency.getCurrencyCode());
    }
}
