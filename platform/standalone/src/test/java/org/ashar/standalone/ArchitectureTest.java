package org.ashar.standalone;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void the_rules_of_the_house_hold() {
        ArchitectureRules.platform(
                        "org.ashar.standalone",
                        "org.ashar.embedded..",
                        "org.ashar.security..",
                        "org.springframework.boot..",
                        "org.springframework.context..",
                        "org.springframework.beans..",
                        "tools.jackson..",
                        "org.slf4j..")
                .check();
    }
}
