package org.ashar.portal.publicrecord;

import java.math.BigDecimal;
import java.util.List;

/** An exact decimal amount and the events that it follows from; may be a sum of any size. */
public record Figure(String amount, String currency, List<String> events) {

    public Figure {
        events = List.copyOf(events);
    }

    public BigDecimal value() {
        return new BigDecimal(amount);
    }

    public boolean isZero() {
        return value().signum() == 0;
    }
}
