package org.ashar.accountability;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_rules_of_the_house_hold() {
        ArchitectureRules.service("org.ashar.accountability").check();
    }
}
