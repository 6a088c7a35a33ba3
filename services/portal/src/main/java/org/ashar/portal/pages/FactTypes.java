package org.ashar.portal.pages;

import java.util.List;
import java.util.stream.Stream;

/** The types of events that a reader can choose from. */
public final class FactTypes {

    /**
     * A type of event.
     *
     * @param type as events carry it
     * @param fact its name, by which it is said in words
     */
    public record FactType(String type, String fact) {}

    static final List<FactType> ALL =
            Stream.of(
                            of(
                                    "budget-commitments",
                                    "commitment-published",
                                    "commitment-started",
                                    "milestone-assessed",
                                    "commitment-amended",
                                    "commitment-reported-complete",
                                    "commitment-verified-complete",
                                    "commitment-disputed",
                                    "commitment-resumed",
                                    "commitment-withdrawn",
                                    "budget-proposed",
                                    "budget-approved",
                                    "budget-adjusted",
                                    "budget-committed",
                                    "spending-recorded",
                                    "overspend-detected",
                                    "budget-executed",
                                    "budget-closed",
                                    "budget-lapsed",
                                    "budget-cancelled"),
                            of(
                                    "progress-reports",
                                    "progress-report-published",
                                    "progress-report-corrected"),
                            of(
                                    "accountability",
                                    "finding-opened",
                                    "finding-responded",
                                    "finding-action-agreed",
                                    "finding-implemented",
                                    "finding-closed",
                                    "finding-not-accepted"))
                    .flatMap(types -> types)
                    .toList();

    private FactTypes() {}

    private static Stream<FactType> of(String service, String... facts) {
        return Stream.of(facts)
                .map(fact -> new FactType("org.ashar." + service + "." + fact + ".v1", fact));
    }
}
