package org.ashar.web;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void knows_no_service_and_no_view() {
        ArchitectureRules.platform(
                        "org.ashar.web",
                        "org.ashar.kernel..",
                        "org.ashar.json..",
                        "org.ashar.places..",
                        "org.ashar.eventstore..",
                        "org.ashar.security..",
                        "com.github.benmanes.caffeine..",
                        "com.mongodb..",
                        "io.micrometer.core..",
                        "jakarta.servlet..",
                        "org.apache.catalina..",
                        "org.slf4j..",
                        "org.springframework..",
                        "tools.jackson..")
                .check();
    }
}
