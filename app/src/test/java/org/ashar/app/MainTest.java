package org.ashar.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.security.Caller;
import org.ashar.security.TokenVerifier;
import org.ashar.standalone.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String PLACE = "soate:41706211812000";
    @TempDir Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_token_is_printed_when_nothing_runs_and_the_folder_can_be_used_afterwards()
            throws Exception {
        assertThat(run("token", "--role", "officer", "--place", PLACE)).isZero();

        Caller caller = verified(NOW.plus(Duration.ofHours(7)));
        assertThat(caller.as(PLACE, "officer"))
                .hasValueSatisfying(
                        actor ->
                                assertThat(actor.organisation())
                                        .isEqualTo("okmotu-41706211812000"));
        assertThat(verify(NOW.plus(Duration.ofHours(9)))).isInstanceOf(Checked.Invalid.class);
        assertThat(DataFolder.formatOf(home.resolve("data")))
                .hasValueSatisfying(format -> assertThat(format.founded()).isEqualTo("2026-03-01"));
    }

    @Test
    void a_token_says_what_was_asked_for() throws Exception {
        assertThat(
                        run(
                                "token",
                                "--role=monitor",
                                "--place",
                                "41706211812000",
                                "--org",
                                "Residents of Osh",
                                "--as",
                                "resident",
                                "--ttl",
                                "2d",
                                "--data",
                                home.resolve("elsewhere").toString()))
                .isZero();

        Caller caller = verifiedIn(home.resolve("elsewhere"), NOW.plus(Duration.ofDays(1)));
        assertThat(caller.subject()).isEqualTo("resident");
        assertThat(caller.as(PLACE, "monitor").orElseThrow().organisation())
                .isEqualTo("Residents of Osh");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void an_operator_needs_no_place() throws Exception {
        assertThat(run("token", "--role", "operator")).isZero();
        assertThat(verified(NOW).anywhere("operator")).isPresent();
    }

    @Test
    void what_verify_does_not_understand_is_said_with_its_usage() {
        assertThat(run("verify")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("address of the installation is missing", "usage:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    token                                                | token needs --role
                    token --role officer                                 | the role officer needs --place
                    token --role king --place soate:41706211812000       | role: none of
                    token --role officer --place soate:41706211899999    | no place has the code soate:41706211899999
                    token --role officer --place nowhere                 | place: not of the form
                    token --role operator --ttl soon                     | --ttl is a number with s, m, h or d
                    token --role operator --ttl 90d                      | at most 31 days
                    token --role operator --role head                    | --role is given twice
                    token --role                                         | --role needs a value
                    token --rule officer                                 | token knows no --rule
                    token --role operator more                           | token knows no more
                    status now                                           | status knows no now
                    parked forget 7                                      | parked knows list and replay ID
                    rebuild                                              | rebuild needs one of these views
                    rebuild nothing                                      | rebuild needs one of these views
                    rebuild record --now                                 | rebuild knows no --now
                    parked --no-wait                                     | parked knows no --no-wait
                    republish commitment/short                           | republish needs a stream
                    republish lamp/aaaaaaaaaaaaaaaaaaaaaaaaaa            | republish needs a stream
                    fly                                                  | there is no command fly
                    """)
    void what_is_not_understood_is_said_by_name(String line, String because) {
        assertThat(run(line.split(" "))).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(err.toString(UTF_8)).contains(because).contains("see ./ashar help");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void nothing_runs_is_said_and_has_a_status_of_its_own() {
        assertThat(run("status")).isEqualTo(Main.NOTHING_RUNS);
        assertThat(out.toString(UTF_8)).contains("Nothing runs on");
        assertThat(run("stop")).isZero();
        assertThat(run("rebuild", "record")).isEqualTo(Main.FAILED);
        assertThat(err.toString(UTF_8)).contains("nothing runs on", "./ashar up");
    }

    @Test
    void a_run_file_of_a_dead_process_stops_nobody() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(
                data.resolve("run.json"),
                """
                {"pid":%d,"started":"2026-03-01T09:00:00Z","state":"READY","address":"http://127.0.0.1:8080","ports":{}}
                """
                        .formatted(dead.pid()));
        assertThat(run("status")).isEqualTo(Main.NOTHING_RUNS);
        assertThat(out.toString(UTF_8))
                .contains("process " + dead.pid() + " ended without saying so");
    }

    @Test
    void the_run_file_of_a_recycled_process_id_stops_nobody() throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        long self = ProcessHandle.current().pid();
        Files.writeString(
                data.resolve("run.json"),
                """
                {"pid":%d,"started":"2001-03-01T09:00:00Z","state":"READY","address":"http://127.0.0.1:8080","ports":{}}
                """
                        .formatted(self));
        assertThat(run("stop")).isZero();
        assertThat(out.toString(UTF_8)).contains("Nothing runs on");
    }

    /** The running one was told of another sign-in, this shell was not. */
    @Test
    void status_makes_no_key_where_the_running_instance_has_none() throws Exception {
        run("token", "--role", "operator");
        Path data = home.resolve("data");
        Path key = data.resolve("keys/development-issuer.json");
        Files.delete(key);
        ProcessHandle self = ProcessHandle.current();
        Files.writeString(
                data.resolve("run.json"),
                """
                {"pid":%d,"started":"%s","state":"READY","address":"http://127.0.0.1:8080","ports":{}}
                """
                        .formatted(self.pid(), self.info().startInstant().orElseThrow()));

        assertThat(run("status")).isZero();

        assertThat(out.toString(UTF_8))
                .contains("Ashar is ready")
                .doesNotContain("does not say what waits");
        assertThat(key).doesNotExist();
    }

    @Test
    void another_sign_in_turns_the_development_one_off() {
        assertThat(
                        run(
                                Map.of("ASHAR_ISSUER", "https://id.example"),
                                "",
                                "token",
                                "--role",
                                "operator"))
                .isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(err.toString(UTF_8)).contains("ASHAR_ISSUER is set");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void fresh_asks_before_it_deletes() throws Exception {
        run("token", "--role", "operator");
        Path key = home.resolve("data/keys/development-issuer.json");
        assertThat(key).exists();

        assertThat(run(Map.of(), "no\n", "up", "--fresh")).isEqualTo(Main.FAILED);

        assertThat(out.toString(UTF_8)).contains("Delete everything in " + home.resolve("data"));
        assertThat(err.toString(UTF_8)).contains("nothing was deleted");
        assertThat(run(Map.of(), "", "up", "--fresh")).isEqualTo(Main.FAILED);
        assertThat(key).exists();
    }

    @Test
    void up_refuses_a_folder_that_others_made_and_changes_nothing() throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve("letter.txt"), "dear");

        assertThat(run("up", "--port", "0")).isEqualTo(Main.FAILED);
        assertThat(err.toString(UTF_8)).contains("was not made by Ashar");
        assertThat(run("up", "--fresh", "--yes")).isEqualTo(Main.FAILED);
        assertThat(run("up", "--port", "eighty")).isEqualTo(Main.FAILED);
        assertThat(run("up", "--port", "65536")).isEqualTo(Main.FAILED);

        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("letter.txt"));
        }
    }

    private int run(String... arguments) {
        return run(Map.of(), "", arguments);
    }

    private int run(Map<String, String> environment, String input, String... arguments) {
        return new Main(
                        new Terminal(
                                new PrintStream(out, true, UTF_8),
                                new PrintStream(err, true, UTF_8),
                                new BufferedReader(new StringReader(input))),
                        environment,
                        home,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .run(List.of(arguments));
    }

    @Test
    void a_witness_says_what_it_needs() {
        assertThat(run("witness", "--name", "witness.example.org")).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(err.toString(UTF_8)).contains("it needs 1 to 256 --log").contains("usage:");
        assertThat(home).isEmptyDirectory();
    }

    private Caller verified(Instant at) {
        return verifiedIn(home.resolve("data"), at);
    }

    private Caller verifiedIn(Path data, Instant at) {
        return verify(data, at).orThrow();
    }

    private Checked<Caller> verify(Instant at) {
        return verify(home.resolve("data"), at);
    }

    private Checked<Caller> verify(Path data, Instant at) {
        try (TokenVerifier verifier =
                new TokenVerifier(
                        new TokenVerifier.Settings(
                                "ashar-development",
                                data.resolve("keys/jwks.json").toUri(),
                                "s".repeat(32)),
                        Clock.fixed(at, ZoneOffset.UTC))) {
            return verifier.verify(out.toString(UTF_8).strip());
        }
    }
}
