package org.ashar.portal.pages;

import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern FORM =
            Pattern.compile("org\\.ashar\\.[a-z-]{1,63}\\.[a-z-]{1,95}\\.v[1-9][0-9]{0,3}");

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

    /** Whether a type of event can have this form, whether there is one or not. */
    static boolean isForm(String type) {
        return FORM.matcher(type).matches();
    }
}
