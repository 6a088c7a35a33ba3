package org.ashar.accountability;

import org.ashar.web.AsharService;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service alone, in a process of its own. */
@AsharService
public class AccountabilityApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(AccountabilityApplication.class)
                .properties("spring.config.name=accountability")
                .run(arguments);
    }
}
