package org.ashar.app.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./ashar} itself does: the JDK, Maven, what is stale, the lock. */
class ScriptTest {
    @TempDir Path folder;
    private ScriptRepository repository;

    @BeforeEach
    void lay_a_repository() throws Exception {
        repository = new ScriptRepository(folder);
        repository.maven("3.9.9", ScriptRepository.goodBuild());
    }

    @Test
    void without_a_jdk_it_says_exactly_how_to_get_one() throws Exception {
        Path old = repository.jdk("seventeen", "17.0.15");

        ScriptRepository.Result result =
                repository.sourced(
                        Map.of("JAVA_HOME", old.toString()),
                        "usual_jdk_folders() { :; }; main up --demo");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "Ashar needs a JDK 25 and found none",
                        "sudo apt-get install openjdk-25-jdk-headless",
                        "sudo dnf install java-25-openjdk-devel",
                        "brew install openjdk@25",
                        "sdk install java 25-tem",
                        "JAVA_HOME");
        assertThat(repository.mavenRuns()).isEmpty();
    }

    @Test
    void a_jdk_25_in_a_usual_folder_wins_over_an_older_java_home_and_a_jre() throws Exception {
        Path old = repository.jdk("seventeen", "17.0.15");
        Path later = repository.jdk("later", "250.0.1");
        Path runtime = repository.jdk("runtime", "25.0.2");
        Files.delete(runtime.resolve("bin/javac"));
        Path good = repository.jdk("good", "25");

        ScriptRepository.Result result =
                repository.sourced(
                        Map.of("JAVA_HOME", old.toString()),
                        "usual_jdk_folders() { say '%s'; say '%s'; say '%s'; }; main up"
                                .formatted(later, runtime, good));

        assertThat(result.out()).contains("java of " + good.resolve("bin/java") + " runs:");
        assertThat(result.status()).isZero();
    }

    @Test
    void it_builds_once_and_again_only_when_a_source_changes() throws Exception {
        assertThat(repository.run("up", "--port", "8123").out())
                .contains("[2/16] Ashar kernel")
                .contains("org.ashar.app.Main up --port 8123");
        assertThat(repository.mavenRuns()).singleElement().asString().contains("-pl app -am");

        assertThat(repository.run("up").out())
                .contains("org.ashar.app.Main up")
                .doesNotContain("Building");
        repository.write("platform/kernel/src/test/java/KernelTest.java", "class KernelTest {}");
        repository.write("platform/kernel/target/classes/Kernel.class", "");
        repository.run("up");
        assertThat(repository.mavenRuns()).hasSize(1);

        repository.write("platform/kernel/src/main/java/Kernel.java", "class Kernel { }");
        repository.run("up");
        assertThat(repository.mavenRuns()).hasSize(2);

        repository.write("platform/kernel/src/main/java/Kernel.java", "class Kernel {}");
        repository.write("platform/kernel/src/main/resources/a name with spaces.yml", "a: b");
        repository.run("up");
        assertThat(repository.mavenRuns()).hasSize(3);
    }

    @Test
    void the_start_is_rehearsed_once_for_a_build() throws Exception {
        String keeping =
                """
                for word in "$@"; do
                    case $word in -XX:AOTCacheOutput=*) echo kept > "${word#*=}" ;; esac
                done
                """;
        repository.jdk("jdk", "25.0.1", keeping);
        repository.write("target/ashar/rehearsal/data/format", "of a rehearsal that was killed");

        ScriptRepository.Result first = repository.run("up");
        ScriptRepository.Result second = repository.run("up");

        assertThat(first.out()).contains("Rehearsing the start");
        assertThat(second.out()).doesNotContain("Rehearsing").containsPattern("-XX:AOTCache=\\S+");
        assertThat(repository.root.resolve("target/ashar/rehearsal")).doesNotExist();
    }

    @Test
    void a_start_that_cannot_be_rehearsed_is_a_slower_one() throws Exception {
        assertThat(repository.run("up").out()).contains("Rehearsing the start");
        assertThat(repository.run("up").out())
                .contains("org.ashar.app.Main up")
                .doesNotContain("Rehearsing", "-XX:AOTCache");
    }

    @Test
    void a_failed_build_shows_the_end_of_its_log_and_is_tried_again() throws Exception {
        repository.maven("3.9.9", "echo '[ERROR] Kernel.java:[1,1] a bad line'; exit 1");

        ScriptRepository.Result result = repository.run("up");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("the build failed", "target/ashar/build.log", "a bad line")
                .doesNotContain("org.ashar.app.Main");
        repository.maven("3.9.9", ScriptRepository.goodBuild());
        assertThat(repository.run("up").out()).contains("org.ashar.app.Main up");
    }

    @Test
    void an_old_maven_is_left_for_the_wrapper() throws Exception {
        repository.maven("3.8.6", ScriptRepository.goodBuild());
        repository.write(
                "mvnw",
                "#!/bin/sh\necho wrapped >> wrapper-runs\nmkdir -p app/target/lib\n> app/target/lib/a.jar\n");
        assertThat(repository.root.resolve("mvnw").toFile().setExecutable(true)).isTrue();

        assertThat(repository.run("up").out()).contains("org.ashar.app.Main up");

        assertThat(repository.root.resolve("wrapper-runs")).hasContent("wrapped");
        assertThat(repository.mavenRuns()).isEmpty();
    }

    @Test
    void builds_at_once_wait_for_each_other_and_build_once() throws Exception {
        repository.maven("3.9.9", "sleep 2\n" + ScriptRepository.goodBuild());
        Map<String, String> environment =
                Map.of("JAVA_HOME", repository.root.resolveSibling("jdk").toString());
        List<Process> processes =
                List.of(
                        repository.start(environment, "up"),
                        repository.start(environment, "up"),
                        repository.start(environment, "up"));

        for (Process process : processes) {
            ScriptRepository.Result result = repository.await(process);
            assertThat(result.status()).as(result.out()).isZero();
            assertThat(result.out()).contains("org.ashar.app.Main up");
        }
        assertThat(repository.mavenRuns()).hasSize(1);
        assertThat(repository.root.resolve("target/ashar/lock")).doesNotExist();
    }

    @Test
    void the_lock_of_a_dead_build_is_taken_over() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = repository.root.resolve("target/ashar/lock");
        Files.createDirectories(lock.getParent());
        Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));

        assertThat(repository.run("up").out()).contains("org.ashar.app.Main up");

        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void what_ended_runs_and_interrupted_builds_left_is_cleared_away() throws Exception {
        repository.write("target/ashar/app-0123456789abcdef/old.jar", "of an older build");
        repository.write("target/ashar/app-0123456789abcdef.aot", "kept");
        repository.write("target/ashar/app-fedcba9876543210.new/half.jar", "half a copy");
        repository.write("target/ashar/app-fedcba9876543210.aot.new", "half a cache");
        repository.write("target/ashar/app-fedcba9876543210.aot.new.config", "half of it");

        repository.run("up");
        repository.run("status");
        repository.run("status");

        try (Stream<Path> left = Files.list(repository.root.resolve("target/ashar"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("app-"))
                    .allMatch(name -> name.matches("app-\\w{16}(\\.aot|\\.user\\.\\d+)?"))
                    .doesNotContain("app-0123456789abcdef", "app-0123456789abcdef.aot")
                    .filteredOn(name -> name.contains(".user."))
                    .as("marks of processes: the last one's alone")
                    .hasSize(1);
        }
    }

    @Test
    void a_cdpath_of_the_user_leads_nowhere_else() throws Exception {
        repository.write("elsewhere/repository of mine/pom.xml", "<project/>");

        ScriptRepository.Result result =
                repository.sourced(
                        Map.of(),
                        "cd ..; export CDPATH='%s'; source 'repository of mine/ashar'; say \"$ROOT\""
                                .formatted(repository.root.resolve("elsewhere")));

        assertThat(result.status()).as(result.out()).isZero();
        assertThat(result.lastLine()).isEqualTo(repository.root.toRealPath().toString());
    }

    @Test
    void a_folder_that_no_class_path_can_hold_is_refused_by_name() throws Exception {
        ScriptRepository.Result result =
                repository.sourced(Map.of(), "ROOT='/srv/one:two'; main up");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("/srv/one:two has a colon in its name");
    }

    @Test
    void looking_at_what_runs_does_not_wait_for_a_build() throws Exception {
        repository.run("up");
        repository.write(
                "platform/kernel/src/main/java/Kernel.java", "class Kernel { int changed; }");

        assertThat(repository.run("status").out()).contains("org.ashar.app.Main status");

        assertThat(repository.mavenRuns()).hasSize(1);
    }

    @Test
    void looking_at_what_runs_does_not_wait_for_another_ones_build() throws Exception {
        Path lock = repository.root.resolve("target/ashar/lock");
        Files.createDirectories(lock.getParent());
        String builder = Long.toString(ProcessHandle.current().pid());
        Files.createSymbolicLink(lock, Path.of(builder));

        for (String command : List.of("status", "stop", "token")) {
            ScriptRepository.Result result = repository.run(command);
            assertThat(result.status()).as(command).isEqualTo(1);
            assertThat(result.out())
                    .contains("a build is under way", "process " + builder, "target/ashar")
                    .doesNotContain("org.ashar.app.Main");
        }
        repository.write("target/ashar/app-0123456789abcdef/old.jar", "of an older build");
        assertThat(repository.run("stop").out()).contains("org.ashar.app.Main stop");
        assertThat(repository.mavenRuns()).isEmpty();
    }

    @Test
    void a_token_is_all_that_is_printed_also_when_a_build_comes_first() throws Exception {
        ScriptRepository.Result result =
                repository.sourced(
                        Map.of("JAVA_HOME", repository.root.resolveSibling("jdk").toString()),
                        "main token --role operator 2>/dev/null");

        assertThat(repository.mavenRuns()).hasSize(1);
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .contains("org.ashar.app.Main token --role operator");
    }

    @Test
    void an_auditors_words_reach_the_program_as_they_are() throws Exception {
        ScriptRepository.Result result =
                repository.run("verify", "https://a.example/ledger", "--state", "my state");

        assertThat(result.out())
                .contains("org.ashar.app.Main verify https://a.example/ledger --state my state");
    }

    @Test
    void what_fails_before_an_auditors_program_runs_accuses_nobody() throws Exception {
        String none = "usual_jdk_folders() { :; }; path_jdk_folder() { :; }; ";
        assertThat(repository.sourced(Map.of(), none + "main verify https://a.example").status())
                .as("no JDK")
                .isEqualTo(2);
        assertThat(repository.sourced(Map.of(), "ROOT='/srv/one:two'; main verify").status())
                .as("no class path")
                .isEqualTo(2);
        repository.write("target", "a file where the folder should be");
        assertThat(repository.run("verify", "https://a.example").status())
                .as("nowhere to build")
                .isEqualTo(2);
        Files.delete(repository.root.resolve("target"));
        repository.maven("3.9.9", "echo '[ERROR] a bad line'; exit 1");
        ScriptRepository.Result unbuilt = repository.run("verify", "https://a.example");
        assertThat(unbuilt.out()).contains("the build failed");
        assertThat(unbuilt.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port %s",
                "--port=%s --demo",
                "--host localhost --port %s",
                "--host=0.0.0.0 --port=%s"
            })
    void a_taken_port_is_told_before_anything_is_built(String options) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            String[] up = ("up " + options.formatted(port)).split(" ");

            long pid = ProcessHandle.current().pid();
            repository.write(
                    "data/run.json", "{\"pid\":" + pid + ",\"address\":\"http://127.0.0.1:9\"}\n");

            ScriptRepository.Result result = repository.run(up);

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out())
                    .contains("port " + port + " of ", "is taken", "--port")
                    .contains("already: process " + pid + ", http://127.0.0.1:9");
            assertThat(repository.mavenRuns()).isEmpty();
            repository.run("up", "--port", "0");
            assertThat(repository.run(up).out())
                    .as("what is built tells it better: it knows who has the data folder")
                    .contains("org.ashar.app.Main up");
        }
    }

    @Test
    void help_needs_no_jdk_and_names_every_command() throws Exception {
        ScriptRepository.Result result = repository.sourced(Map.of(), "main help");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "up ", "--demo", "--data", "--port", "--host", "--fresh", "test ", "--soak",
                        "bench")
                .contains(
                        "token ",
                        "status",
                        "stop",
                        "parked",
                        "replay ID",
                        "rebuild VIEW",
                        "--no-wait",
                        "republish STREAM",
                        "witness ",
                        "--log VKEY",
                        "verify URL",
                        "--key VKEY",
                        "--state FILE",
                        "--json");
        assertThat(repository.run("up", "--help").out()).isEqualTo(result.out());
        assertThat(repository.mavenRuns()).isEmpty();
        assertThat(repository.run("upp").status()).isEqualTo(1);
        assertThat(repository.run("upp").out()).contains("there is no command upp");
    }
}
