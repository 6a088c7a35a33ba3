package org.ashar.accountability;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** It has no domain of its own yet: what it may see is listed instead. */
    @Test
    void the_ledger_sees_events_and_no_other_service() {
        ArchitectureRules.platform(
                        "org.ashar.accountability",
                        "org.ashar.kernel..",
                        "org.ashar.eventstore..",
                        "org.ashar.messaging..",
                        "org.ashar.tlog..",
                        "org.ashar.web..",
                        "com.mongodb..",
                        "io.github.resilience4j..",
                        "io.micrometer..",
                        "jakarta.servlet..",
                        "org.apache.kafka..",
                        "org.bson..",
                        "org.slf4j..",
                        "org.springframework..",
                        "tools.jackson..")
                .check();
    }
}
