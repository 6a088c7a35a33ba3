package org.ashar.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureRulesTest {

    private static final String VIOLATIONS = "org.ashar.testing.architecture.violations";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(VIOLATIONS);

    static Stream<ArchRule> rules() {
        return Stream.concat(
                ArchitectureRules.service(VIOLATIONS).rules().stream(),
                ArchitectureRules.platform(VIOLATIONS, "org.ashar.kernel..").rules().stream());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_rule_finds_its_violation(ArchRule rule) {
        assertThat(rule.evaluate(CLASSES).hasViolation()).as(rule.getDescription()).isTrue();
    }

    @Test
    void a_rule_about_a_package_that_is_not_there_fails() {
        assertThatThrownBy(() -> ArchitectureRules.service("org.ashar.nowhere").check())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void this_module_keeps_the_rules() {
        ArchitectureRules.platform(
                        "org.ashar.testing",
                        "org.ashar.kernel..",
                        "org.assertj..",
                        "com.tngtech.archunit..")
                .check();
    }
}
