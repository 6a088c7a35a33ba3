package org.ashar.witness;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void a_witness_needs_formats_and_the_jdk_alone() {
        ArchitectureRules.platform(
                        "org.ashar.witness",
                        "org.ashar.kernel..",
                        "org.ashar.tlog..",
                        "com.sun.net.httpserver..",
                        "tools.jackson..")
                .check();
    }
}
