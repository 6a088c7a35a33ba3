package org.ashar.progressreports;

import org.ashar.web.AsharService;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service alone, in a process of its own. */
@AsharService
public class ProgressReportsApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ProgressReportsApplication.class)
                .properties("spring.config.name=progress-reports")
                .run(arguments);
    }
}
