package org.ashar.verifier;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void an_auditor_needs_formats_alone() {
        ArchitectureRules.platform(
                        "org.ashar.verifier",
                        "org.ashar.kernel..",
                        "org.ashar.tlog..",
                        "org.ashar.witness",
                        "tools.jackson..",
                        "javax.net.ssl..")
                .check();
    }
}
