package org.ashar.accountability.contract.consumed;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.TreeSet;
import org.ashar.kernel.Actor;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * The first event of a promise, its money or a report on it, as far as findings read it.
 *
 * @param type of the event
 */
public record LoggedPublication(String type, Data data) {

    /** The events that can be read like this. */
    public static final Set<String> TYPES =
            Set.of(
                    "org.ashar.budget-commitments.commitment-published.v1",
                    "org.ashar.budget-commitments.budget-proposed.v1",
                    "org.ashar.progress-reports.progress-report-published.v1");

    /**
     * What it says.
     *
     * @param commitment absent from a promise itself
     * @param lead who leads a promise
     * @param by who published
     */
    public record Data(
            PlaceRef place, @Nullable StreamId commitment, @Nullable Lead lead, Actor by) {
        public Data {
            requireNonNull(place);
            requireNonNull(by);
        }
    }

    public record Lead(String organisation) {
        public Lead {
            requireNonNull(organisation);
        }
    }

    public LoggedPublication {
        requireNonNull(type);
        requireNonNull(data);
    }

    /** The organisations that published and lead it. */
    public Set<String> organisations() {
        Set<String> organisations = new TreeSet<>(Set.of(data.by().organisation()));
        if (data.lead() != null) {
            organisations.add(data.lead().organisation());
        }
        return organisations;
    }
}
