package org.ashar.app.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./ashar test} sums the reports, and when its exit status is a failure. */
class SummaryTest {
    private static final String PASSING =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="org.x.MoneyTest" time="0.1" tests="3" errors="0" skipped="1" failures="0">
              <testcase name="adds" classname="org.x.MoneyTest" time="0.01"/>
              <testcase name="prints" classname="org.x.MoneyTest" time="0.01">
                <system-out><![CDATA[not a <testcase name="never" classname="org.x.Never"/>
              <testcase name="never" classname="org.x.Never"><failure message="no"/></testcase>
            ]]></system-out>
              </testcase>
              <testcase name="opens" classname="org.x.BrowserTest" time="0">
                <skipped message="Assumption failed: no &quot;chromium&quot; &amp; no chrome"/>
              </testcase>
            </testsuite>
            """;
    private static final String FAILING =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="org.x.StoreTest" time="0.1" tests="3" errors="1" skipped="1" failures="1">
              <testcase name="" classname="org.x.WholeTest" time="0.0">
                <error message="cannot start&#10;at all" type="java.lang.IllegalStateException"><![CDATA[trace]]></error>
              </testcase>
              <testcase name="keeps" classname="org.x.StoreTest" time="0.01">
                <failure message="expected &lt;1&gt;" type="AssertionError"><![CDATA[a
            <skipped/>
            b]]></failure>
              </testcase>
              <testcase name="other" classname="org.x.StoreTest" time="0.01">
                <skipped/>
              </testcase>
            </testsuite>
            """;

    /** The forms in which surefire gives the reason, as it does and as others do. */
    private static final String SKIPPING =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="org.x.RelayTest" time="0.1" tests="5" errors="0" skipped="5" failures="0">
              <testcase name="relays" classname="org.x.RelayTest" time="0.0">
                <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: no container engine, or it has not the images
            \tat org.x.RelayTest.relays(RelayTest.java:28)
            ]]></skipped>
              </testcase>
              <testcase name="stores" classname="org.x.RelayTest" time="0.0">
                <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: no mongod on the PATH]]></skipped>
              </testcase>
              <testcase name="sees" classname="org.x.RelayTest" time="0.0">
                <skipped type="org.opentest4j.TestAbortedException">org.opentest4j.TestAbortedException: Assumption failed: no browser</skipped>
              </testcase>
              <testcase name="waits" classname="org.x.RelayTest" time="0.0">
                <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException
            \tat org.x.RelayTest.waits(RelayTest.java:30)
            ]]></skipped>
              </testcase>
              <testcase name="pays" classname="org.x.RelayTest" time="0.0">
                <skipped message="only with &lt;--soak&gt;"/>
              </testcase>
            </testsuite>
            """;

    @TempDir Path folder;
    private ScriptRepository repository;

    @BeforeEach
    void lay_a_repository() throws IOException {
        repository = new ScriptRepository(folder);
    }

    @Test
    void sums_and_says_what_was_skipped_and_why() throws Exception {
        repository.write("fixture.xml", PASSING);
        repository.maven("3.9.9", reporting("fixture.xml"));

        ScriptRepository.Result result = repository.run("test");

        assertThat(result.out())
                .contains("org.x.BrowserTest.opens: no \"chromium\" & no chrome")
                .doesNotContain("Never");
        assertThat(result.lastLine()).isEqualTo("2 passed, 0 failed, 1 skipped");
        assertThat(result.status()).isZero();
        assertThat(repository.mavenRuns())
                .singleElement()
                .asString()
                .contains("verify", "-Dashar.soak=false");
    }

    @Test
    void the_reason_of_an_assumption_is_found_wherever_it_stands() throws Exception {
        repository.write("fixture.xml", SKIPPING);
        repository.maven("3.9.9", reporting("fixture.xml"));

        assertThat(repository.run("test").out().lines())
                .contains(
                        "  org.x.RelayTest.relays: no container engine, or it has not the images",
                        "  org.x.RelayTest.stores: no mongod on the PATH",
                        "  org.x.RelayTest.sees: no browser",
                        "  org.x.RelayTest.waits: no reason given",
                        "  org.x.RelayTest.pays: only with <--soak>");
    }

    @Test
    void soak_is_passed_on() throws Exception {
        repository.write("fixture.xml", PASSING);
        repository.maven("3.9.9", reporting("fixture.xml"));

        assertThat(repository.run("test", "--soak").status()).isZero();

        assertThat(repository.mavenRuns()).singleElement().asString().contains("-Dashar.soak=true");
        assertThat(repository.run("test", "--hard").out()).contains("test knows no --hard");
    }

    @Test
    void names_each_failure_and_fails() throws Exception {
        repository.write("fixture.xml", FAILING);
        repository.maven("3.9.9", reporting("fixture.xml"));

        ScriptRepository.Result result = repository.run("test");

        assertThat(result.out())
                .contains(
                        "org.x.WholeTest: cannot start at all",
                        "org.x.StoreTest.keeps: expected <1>",
                        "org.x.StoreTest.other: no reason given");
        assertThat(result.lastLine()).isEqualTo("0 passed, 2 failed, 1 skipped");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void reports_of_an_earlier_run_do_not_count() throws Exception {
        repository.write("platform/kernel/target/surefire-reports/TEST-org.x.OldTest.xml", FAILING);
        repository.write("fixture.xml", PASSING);
        repository.maven("3.9.9", reporting("fixture.xml"));

        assertThat(repository.run("test").lastLine()).isEqualTo("2 passed, 0 failed, 1 skipped");
    }

    @Test
    void nothing_ran_is_a_failure() throws Exception {
        repository.maven("3.9.9", "true");

        ScriptRepository.Result result = repository.run("test");

        assertThat(result.out()).contains("no test ran");
        assertThat(result.lastLine()).isEqualTo("0 passed, 1 failed, 0 skipped");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void a_build_that_fails_counts_as_a_failure_though_every_test_passed() throws Exception {
        repository.write("fixture.xml", PASSING);
        repository.maven(
                "3.9.9", reporting("fixture.xml") + "\necho '[ERROR] badly formatted'\nexit 1");

        ScriptRepository.Result result = repository.run("test");

        assertThat(result.out()).contains("the build itself failed", "badly formatted");
        assertThat(result.lastLine()).isEqualTo("2 passed, 1 failed, 1 skipped");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void a_test_process_that_died_counts_as_a_failure() throws Exception {
        repository.write("fixture.xml", PASSING);
        repository.maven(
                "3.9.9",
                reporting("fixture.xml")
                        + "\necho '[ERROR] There was a timeout or other error in the fork'");

        ScriptRepository.Result result = repository.run("test");

        assertThat(result.lastLine()).isEqualTo("2 passed, 1 failed, 1 skipped");
        assertThat(result.status()).isEqualTo(1);
    }

    private static String reporting(String fixture) {
        return """
        mkdir -p platform/kernel/target/surefire-reports
        cp %s platform/kernel/target/surefire-reports/TEST-org.x.xml
        """
                .formatted(fixture);
    }
}
