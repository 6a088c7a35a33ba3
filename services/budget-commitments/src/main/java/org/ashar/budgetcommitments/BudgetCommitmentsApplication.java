package org.ashar.budgetcommitments;

import java.util.Map;
import org.ashar.web.AsharService;
import org.springframework.boot.SpringApplication;

/** Starts the service alone, with its addresses in the environment. */
@AsharService
public class BudgetCommitmentsApplication {

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(BudgetCommitmentsApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "budget-commitments"));
        application.run(arguments);
    }
}
