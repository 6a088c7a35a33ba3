package org.ashar.portal;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class PortalArchitectureTest {

    /** It has no domain and keeps nothing: neither store nor broker may be seen from here. */
    @Test
    void the_portal_sees_pages_and_calls_and_no_service() {
        ArchitectureRules.platform(
                        "org.ashar.portal",
                        "org.ashar.kernel..",
                        "org.ashar.json..",
                        "org.ashar.places..",
                        "org.ashar.tlog..",
                        "org.ashar.web..",
                        "jakarta.servlet..",
                        "javax.xml.stream..",
                        "org.springframework..",
                        "org.thymeleaf..",
                        "io.github.resilience4j..",
                        "org.slf4j..",
                        "tools.jackson..")
                .check();
    }
}
