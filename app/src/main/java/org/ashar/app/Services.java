package org.ashar.app;

import java.util.List;
import java.util.Map;
import org.ashar.accountability.AccountabilityApplication;
import org.ashar.budgetcommitments.BudgetCommitmentsApplication;
import org.ashar.portal.PortalApplication;
import org.ashar.progressreports.ProgressReportsApplication;
import org.ashar.standalone.ServiceDefinition;

/** The services of an installation. */
public final class Services {
    /** The public door. */
    public static final ServiceDefinition FRONT =
            new ServiceDefinition("portal", PortalApplication.class);

    /** What is behind it. */
    public static final List<ServiceDefinition> BEHIND =
            List.of(
                    new ServiceDefinition("budget-commitments", BudgetCommitmentsApplication.class),
                    new ServiceDefinition("progress-reports", ProgressReportsApplication.class),
                    new ServiceDefinition("accountability", AccountabilityApplication.class));

    /** The views that can be rebuilt, and which service keeps each. */
    static final Map<String, String> VIEWS = Map.of("record", "progress-reports");

    /**
     * Where what could not be taken is listed.
     *
     * @param name of what did not take it
     * @param path of the list at the service
     */
    record Parking(String name, String service, String path) {}

    static final List<Parking> PARKINGS =
            List.of(
                    new Parking("record", "progress-reports", "/internal/views/record/parked"),
                    new Parking("ledger", "accountability", "/internal/ledger/parked"));

    /** The streams that can be republished, and which service has each type. */
    static final Map<String, String> STREAMS =
            Map.of(
                    "commitment", "budget-commitments",
                    "budget-commitment", "budget-commitments",
                    "progress-report", "progress-reports",
                    "audit-finding", "accountability");

    private Services() {}
}
