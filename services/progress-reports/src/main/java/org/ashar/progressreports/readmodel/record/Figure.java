package org.ashar.progressreports.readmodel.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money and where it comes from.
 *
 * @param amount exact decimal
 * @param events ids of the events that it follows from
 * @param from where the rest of them is found, if these are not all
 */
public record Figure(String amount, String currency, List<String> events, @Nullable String from) {

    public Figure {
        events = List.copyOf(events);
    }
}
