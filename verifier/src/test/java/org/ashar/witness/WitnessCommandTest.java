package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program: what it takes, and that no kill makes it contradict itself. */
class WitnessCommandTest {

    private static final GrowingLog LOG = new GrowingLog("log.example.org/ledger", "honest", 3_000);
    private static final String VKEY = LOG.signer.key().vkey();
    private static final Pattern ADDRESS = Pattern.compile("  address  (http://\\S+/)");
    private static final Pattern KEY = Pattern.compile("  key      (\\S+)");

    @TempDir Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--name w",
                "--log",
                "--log rubbish",
                "--log VKEY --loud",
                "--log VKEY --name a --name b",
                "--log VKEY --listen nowhere",
                "--log VKEY --listen 127.0.0.1:99999",
                "--log VKEY --listen :80",
                "--log witness.example.org/w1+6d7ef907+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
            })
    void what_is_not_understood_is_said_with_what_is(String line) {
        String arguments = line.replace("VKEY", VKEY);
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("witness: ").contains("usage: witness --log");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void what_keeps_it_from_running_is_said() throws Exception {
        Path data = home.resolve("witness");
        assertThat(run("--log", VKEY, "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("needs a --name");
        assertThat(run("--log", VKEY, "--data", data.toString(), "--name", "bad name"))
                .isEqualTo(1);
        assertThat(data).as("nothing is left behind").doesNotExist();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            assertThat(
                            run(
                                    "--log",
                                    VKEY,
                                    "--name",
                                    "w",
                                    "--data",
                                    data.toString(),
                                    "--listen",
                                    listen))
                    .isEqualTo(1);
            assertThat(err.toString(UTF_8)).contains("cannot listen at").contains(listen);
        }
        Files.writeString(data.resolve("memory.json"), "{");
        assertThat(run("--log", VKEY, "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("memory.json is damaged");
    }

    @Test
    void killed_at_any_moment_it_remembers_all_that_it_cosigned() throws Exception {
        Random random = new Random(11);
        int answered = 0;
        NoteKey key = null;
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            for (int life = 0; life < 4; life++) {
                Running running = Running.start(home.resolve("witness"));
                assertThat(key == null || key.equals(running.key)).as("the same key").isTrue();
                key = running.key;
                int known = sizeOf(client, running);
                assertThat(known).isGreaterThanOrEqualTo(answered);
                Thread killer =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            LockSupport.parkNanos(
                                                    200_000_000L + random.nextInt(300_000_000));
                                            running.process.destroyForcibly();
                                        });
                answered = cosignUntilKilled(client, running, known);
                killer.join();
                assertThat(running.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(answered).isPositive();
    }

    @Test
    void asked_to_stop_it_stops_and_gives_its_folder_back() throws Exception {
        Running running = Running.start(home.resolve("witness"));
        running.process.destroy();
        assertThat(running.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Running again = Running.start(home.resolve("witness"));
        assertThat(again.key).isEqualTo(running.key);
        again.process.destroyForcibly();
        assertThat(again.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** What the witness says to have cosigned last. */
    private static int sizeOf(HttpClient client, Running running) throws Exception {
        HttpResponse<String> answer = post(client, running, LOG.asked(2_999, 3_000));
        assertThat(answer.statusCode()).isEqualTo(409);
        return Integer.parseInt(answer.body().strip());
    }

    /** Goes on from a size, one entry a time; the size that was answered last. */
    private static int cosignUntilKilled(HttpClient client, Running running, int from)
            throws Exception {
        int size = from;
        while (true) {
            HttpResponse<String> answer;
            try {
                answer = post(client, running, LOG.asked(size, size + 1));
            } catch (IOException e) {
                return size; // killed
            }
            assertThat(answer.statusCode()).isEqualTo(200);
            size++;
            NoteSignature cosignature =
                    LOG.checkpoint(size)
                            .cosignature(answer.body().getBytes(UTF_8), running.key)
                            .orThrow();
            assertThat(cosignature.isBy(running.key)).isTrue();
        }
    }

    private static HttpResponse<String> post(HttpClient client, Running running, byte[] body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(running.address.resolve("add-checkpoint"))
                        .timeout(Duration.ofSeconds(20))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private int run(String... arguments) {
        return WitnessCommand.run(
                List.of(arguments),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                Clock.systemUTC());
    }

    /** A witness in a process of its own. */
    private record Running(Process process, NoteKey key, URI address) {

        static Running start(Path data) throws IOException {
            Process process =
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElse("java"),
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    WitnessCommand.class.getName(),
                                    "--log",
                                    VKEY,
                                    "--name",
                                    "witness.example.org",
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--data",
                                    data.toString())
                            .redirectErrorStream(true)
                            .start();
            BufferedReader said = process.inputReader(UTF_8);
            StringBuilder all = new StringBuilder();
            String line = said.readLine();
            while (line != null && !line.startsWith("  log ")) {
                all.append(line).append('\n');
                line = said.readLine();
            }
            assertThat(line).as("%s", all).isNotNull();
            return new Running(
                    process,
                    NoteKey.parse(found(KEY, all)).orThrow(),
                    URI.create(found(ADDRESS, all)));
        }

        private static String found(Pattern pattern, CharSequence text) {
            Matcher matcher = pattern.matcher(text);
            assertThat(matcher.find()).as("%s", text).isTrue();
            return matcher.group(1);
        }
    }
}
