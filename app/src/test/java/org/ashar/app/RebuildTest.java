package org.ashar.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ashar.app.launch.Launch;
import org.ashar.standalone.StandaloneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What {@code rebuild} tells, of a service that says what the test lets it say. */
class RebuildTest {
    private static final String NOT_BEGUN = "{\"active\":2,\"rebuild\":null,\"trouble\":null}";
    private static final String BUILDING =
            "{\"active\":2,\"rebuild\":{\"generation\":3,\"applied\":10,\"target\":100}}";
    private static final String CATCHING_UP =
            "{\"active\":2,\"rebuild\":{\"generation\":3,\"applied\":100,\"target\":100}}";
    private static final String SWITCHED = "{\"active\":3,\"rebuild\":null}";
    private static final String STUCK =
            "{\"active\":2,\"rebuild\":{\"applied\":10,\"target\":100},\"trouble\":\"no store\"}";
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir Path home;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(out, true, UTF_8),
                    new BufferedReader(new StringReader("")));
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private List<String> statuses = List.of(NOT_BEGUN);
    private HttpServer service;

    @BeforeEach
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/internal/views/record", this::answer);
        service.start();
        ProcessHandle self = ProcessHandle.current();
        assertThat(run("token", "--role", "operator")).isZero();
        Files.writeString(
                home.resolve("data/run.json"),
                """
                {"pid":%d,"started":"%s","state":"READY","address":"http://127.0.0.1:8080","ports":{"progress-reports":%d}}
                """
                        .formatted(
                                self.pid(),
                                self.info().startInstant().orElseThrow(),
                                service.getAddress().getPort()));
        out.reset();
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    @Test
    void tells_how_far_it_is_and_ends_when_the_new_generation_is_read() {
        statuses = List.of(NOT_BEGUN, BUILDING, CATCHING_UP, SWITCHED);

        assertThat(run("rebuild", "record")).isZero();

        assertThat(out.toString(UTF_8))
                .containsSubsequence(
                        "Rebuilding record as generation 3",
                        "  10 of 100 events",
                        "record is read from generation 3 now");
    }

    @Test
    void begins_and_returns_at_once_when_told_so() {
        assertThat(run("rebuild", "record", "--no-wait")).isZero();

        assertThat(out.toString(UTF_8)).contains("Rebuilding record as generation 3");
        assertThat(asked).containsExactly("POST /internal/views/record/rebuild");
    }

    @Test
    void does_not_wait_for_ever_for_what_stands_still() {
        RebuildWatch watch =
                new RebuildWatch(terminal, Duration.ofMillis(300), "./ashar rebuild record");

        assertThatThrownBy(
                        () -> watch.await("record", 3, () -> JsonMapper.shared().readTree(STUCK)))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("has not moved")
                .hasMessageContaining("(no store)")
                .hasMessageContaining("./ashar rebuild record tells how far it is");
        assertThat(out.toString(UTF_8)).containsOnlyOnce("10 of 100 events (no store)");
    }

    @Test
    void says_that_it_goes_on_when_nobody_watches_any_more() throws Exception {
        statuses = List.of(BUILDING);
        String data = home.resolve("data").toString();
        Process watching =
                new ProcessBuilder(Launch.tool(List.of("rebuild", "record", "--data", data)))
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader lines = watching.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("10 of 100 events")) {
                line = lines.readLine();
            }

            watching.toHandle().destroy(); // which, unlike the process, leaves its output open

            assertThat(lines.readAllLines())
                    .singleElement()
                    .isEqualTo(
                            "The rebuild goes on: ./ashar rebuild record --data "
                                    + data
                                    + " tells how far it is.");
            assertThat(watching.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(watching.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        } finally {
            watching.destroyForcibly();
        }
    }

    private int run(String... arguments) {
        return new Main(terminal, Map.of(), home, Clock.systemUTC()).run(List.of(arguments));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        long looks = asked.stream().filter(before -> before.startsWith("GET")).count();
        asked.add(request);
        String body =
                request.startsWith("POST")
                        ? "{\"view\":\"record\",\"generation\":3}"
                        : statuses.get((int) Math.min(looks, statuses.size() - 1));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
