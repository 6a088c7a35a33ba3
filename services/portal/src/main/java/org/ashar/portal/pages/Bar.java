package org.ashar.portal.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.ashar.portal.publicrecord.Figure;

/**
 * Money as a bar of hundred parts: what is promised now, how much of it is spent, what is spent
 * beyond it, and where the first promise was.
 *
 * @param promisedNow length of the promise
 * @param spent length of what is spent within it
 * @param over length of what is spent beyond it
 * @param first where the first promise ended, or -1 where it is the same as now
 */
public record Bar(int promisedNow, int spent, int over, int first) {

    static Bar of(Figure first, Figure now, Figure spent) {
        BigDecimal longest = now.value().max(spent.value()).max(first.value());
        if (longest.signum() <= 0) {
            return new Bar(0, 0, 0, -1);
        }
        int promised = part(now.value(), longest);
        int paid = part(spent.value(), longest);
        return new Bar(
                promised,
                Math.min(paid, promised),
                Math.max(0, paid - promised),
                first.value().compareTo(now.value()) == 0 ? -1 : part(first.value(), longest));
    }

    private static int part(BigDecimal amount, BigDecimal whole) {
        return amount.max(BigDecimal.ZERO)
                .movePointRight(2)
                .divide(whole, 0, RoundingMode.HALF_UP)
                .intValueExact();
    }
}
