package org.ashar.testing.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of the house for one module; one line in a test buys them all.
 *
 * <p>{@code ArchitectureRules.service("org.ashar.budgetcommitments").check()} for a service, {@code
 * ArchitectureRules.platform("org.ashar.kernel", "java..", …).check()} for a platform module with
 * everything that it may see. What is not listed is forbidden, and a rule that finds no class to
 * judge fails.
 */
public final class ArchitectureRules {

    private static final String[] PLATFORM = {
        "org.ashar.kernel..",
        "org.ashar.json..",
        "org.ashar.places..",
        "org.ashar.tlog..",
        "org.ashar.eventstore..",
        "org.ashar.messaging..",
        "org.ashar.security..",
        "org.ashar.web.."
    };

    private final String base;
    private final List<ArchRule> rules;

    private ArchitectureRules(String base, List<ArchRule> rules) {
        this.base = base;
        this.rules = rules;
    }

    /**
     * A platform module sees itself and {@code mayAlsoSee}, nothing else; it knows nothing of any
     * service.
     */
    public static ArchitectureRules platform(String base, String... mayAlsoSee) {
        List<ArchRule> rules = common(base);
        rules.add(onlySees(base + "..", with(mayAlsoSee, base + "..", "java..", "org.jspecify..")));
        return new ArchitectureRules(base, rules);
    }

    /**
     * A service: domain sees the kernel alone, no other service is seen, slices do not lean on each
     * other in circles.
     */
    public static ArchitectureRules service(String base) {
        List<ArchRule> rules = common(base);
        rules.add(
                onlySees(
                        base + ".domain..",
                        base + ".domain..",
                        "org.ashar.kernel..",
                        "java..",
                        "org.jspecify.."));
        rules.add(domainIsPure(base));
        rules.add(noOtherService(base));
        rules.add(
                slices().matching(base + ".domain.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .as("aggregates do not depend on each other in circles"));
        return new ArchitectureRules(base, rules);
    }

    /**
     * Judges the module's production classes. Throws {@link AssertionError} naming every violation.
     */
    public void check() {
        check(
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(base));
    }

    void check(JavaClasses classes) {
        rules.forEach(rule -> rule.check(classes));
    }

    List<ArchRule> rules() {
        return List.copyOf(rules);
    }

    private static List<ArchRule> common(String base) {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(
                noClasses()
                        .that()
                        .resideInAPackage(base + "..")
                        .should()
                        .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils|Dto|DTO)")
                        .as("names say what a thing is, not that it helps"));
        rules.add(
                noFields()
                        .that()
                        .areDeclaredInClassesThat(resideInAnyPackage(base + ".."))
                        .should()
                        .haveRawType(ThreadLocal.class)
                        .as("no thread-local state: threads are virtual and many")
                        .allowEmptyShould(true));
        rules.add(
                noFields()
                        .that()
                        .areDeclaredInClassesThat(resideInAnyPackage(base + ".."))
                        .and()
                        .areStatic()
                        .should(new BeReassignable())
                        .as("static state does not change")
                        .allowEmptyShould(true));
        return rules;
    }

    private static ArchRule onlySees(String packages, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed)
                                .or(
                                        DescribedPredicate.describe(
                                                "primitives", JavaClass::isPrimitive))
                                .or(
                                        DescribedPredicate.describe(
                                                "arrays of them",
                                                type -> type.getBaseComponentType().isPrimitive())))
                .as(packages + " sees only " + String.join(", ", allowed));
    }

    private static ArchRule domainIsPure(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + ".domain..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                        "java.io..",
                                        "java.nio..",
                                        "java.net.http..",
                                        "java.sql..",
                                        "java.util.logging..")
                                .or(is(java.time.Clock.class))
                                .or(is(java.util.Random.class))
                                .or(is(java.util.UUID.class))
                                .or(is(Thread.class))
                                .or(is(java.util.concurrent.ThreadLocalRandom.class)))
                .as("a domain package has no clock, randomness, threads or I/O");
    }

    private static ArchRule noOtherService(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.ashar..")
                                .and(
                                        DescribedPredicate.not(
                                                resideInAnyPackage(with(PLATFORM, base + "..")))))
                .as("a service sees the platform and itself, never another service");
    }

    private static DescribedPredicate<JavaClass> is(Class<?> type) {
        return JavaClass.Predicates.equivalentTo(type);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
