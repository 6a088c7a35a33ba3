package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.tlog.AddCheckpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness over HTTP answers as the protocol says, whoever asks. */
class WitnessServerTest {

    private static final GrowingLog LOG = new GrowingLog("log.example.org/ledger", "honest", 9);
    private static final GrowingLog FORK = new GrowingLog("log.example.org/ledger", "forged", 9);

    @TempDir Path data;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private WitnessFolder folder;
    private WitnessServer server;

    @BeforeEach
    void start() throws Exception {
        folder = WitnessFolder.open(data, Optional.of("witness.example.org"));
        server =
                new WitnessServer(
                        new Witness(
                                folder,
                                Map.of(LOG.signer.key().name(), List.of(LOG.signer.key())),
                                Clock.systemUTC()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        new Heartbeat(new PrintStream(said, true, UTF_8), clock),
                        new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
        folder.close();
        client.close();
    }

    @Test
    void it_cosigns_over_http() throws Exception {
        HttpResponse<String> answer = post(LOG.asked(0, 5));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(
                        LOG.checkpoint(5)
                                .cosignature(answer.body().getBytes(UTF_8), folder.signer().key())
                                .orThrow()
                                .line())
                .isEqualTo(answer.body());
        assertThat(log.toString(UTF_8)).isEmpty();
    }

    @Test
    void it_says_that_it_works_once_an_hour_and_to_whoever_asks() throws Exception {
        String key = folder.signer().key().vkey();
        assertThat(send(HttpRequest.newBuilder(at("/"))).body())
                .contains("Witness witness.example.org", key)
                .contains("log.example.org/ledger, nothing cosigned yet");
        post(LOG.asked(0, 5));
        post(LOG.asked(5, 7));
        assertThat(said.toString(UTF_8))
                .isEqualTo("2026-03-01T08:00:00Z cosigned log.example.org/ledger up to 5\n");
        assertThat(send(HttpRequest.newBuilder(at("/"))).body())
                .contains("log.example.org/ledger, cosigned up to 7");
    }

    @Test
    void each_way_to_be_wrong_has_its_status() throws Exception {
        GrowingLog unknown = new GrowingLog("unknown.example.org/ledger", "honest", 2);
        post(LOG.asked(0, 5));
        HttpResponse<String> conflict = post(LOG.asked(0, 7));
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body()).isEqualTo("5\n");
        assertThat(conflict.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
        assertThat(post(FORK.asked(5, 7)).statusCode()).isEqualTo(422);
        assertThat(log.toString(UTF_8))
                .as("what shows that the log lied is kept")
                .contains(FORK.checkpoint(7).written());
        assertThat(post(FORK.asked(5, 5)).statusCode()).isEqualTo(422);
        assertThat(log.toString(UTF_8))
                .as("but strangers cannot fill the disk with it")
                .doesNotContain(FORK.checkpoint(5).written());
        assertThat(post(unknown.asked(0, 2)).statusCode()).isEqualTo(404);
        assertThat(
                        post(new AddCheckpoint(
                                                0,
                                                List.of(),
                                                unknown.checkpoint(2)
                                                        .with(
                                                                LOG.checkpoint(5)
                                                                        .signatures()
                                                                        .getFirst()))
                                        .written())
                                .statusCode())
                .isEqualTo(404);
        assertThat(
                        post(new String(LOG.asked(5, 7), UTF_8)
                                        .replace("\n7\n", "\n8\n")
                                        .getBytes(UTF_8))
                                .statusCode())
                .isEqualTo(403);
        assertThat(post(new AddCheckpoint(9, List.of(), LOG.checkpoint(7)).written()).statusCode())
                .isEqualTo(400);
        assertThat(post("rubbish".getBytes(UTF_8)).statusCode()).isEqualTo(400);
        assertThat(post(new byte[0]).statusCode()).isEqualTo(400);
    }

    @Test
    void other_addresses_and_methods_are_refused() throws Exception {
        assertThat(send(HttpRequest.newBuilder(at("/add-checkpoint"))).statusCode()).isEqualTo(405);
        for (String path : List.of("/", "/add-checkpoint/", "/add-checkpoints", "/memory.json")) {
            assertThat(
                            send(HttpRequest.newBuilder(at(path))
                                            .POST(BodyPublishers.ofByteArray(LOG.asked(0, 5))))
                                    .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(folder.last(LOG.signer.key().name())).isEmpty();
    }

    @Test
    void a_body_without_end_is_not_read_to_its_end() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 9999999999\r\n\r\n"
                            .getBytes(UTF_8));
            out.write(new byte[AddCheckpoint.LARGEST + 1]);
            out.flush();
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void clients_that_send_nothing_keep_nobody_waiting() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
                socket.getOutputStream()
                        .write(
                                "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 9\r\n\r\n"
                                        .getBytes(UTF_8));
                idle.add(socket);
            }
            assertThat(post(LOG.asked(0, 5)).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void a_disk_that_takes_no_more_is_said_and_nothing_is_cosigned() throws Exception {
        Files.createDirectories(data.resolve(".memory.json.new/x"));
        HttpResponse<String> answer = post(LOG.asked(0, 5));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("—");
        assertThat(log.toString(UTF_8)).contains("cannot be kept");
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        return send(
                HttpRequest.newBuilder(at("/add-checkpoint"))
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(
                request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
