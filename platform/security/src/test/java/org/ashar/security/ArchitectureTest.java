package org.ashar.security;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void sees_no_framework_and_no_store() {
        ArchitectureRules.platform(
                        "org.ashar.security",
                        "org.ashar.kernel..",
                        "com.nimbusds..",
                        "com.github.benmanes.caffeine..",
                        "io.github.resilience4j..",
                        "javax.crypto..",
                        "org.slf4j..")
                .check();
    }
}
