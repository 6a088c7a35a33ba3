package org.ashar.tlog;

import org.ashar.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void it_sees_the_kernel_and_the_jdk_alone() {
        ArchitectureRules.platform("org.ashar.tlog", "org.ashar.kernel..").check();
    }
}
