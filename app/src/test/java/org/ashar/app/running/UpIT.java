package org.ashar.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.ashar.standalone.DataFolder;
import org.ashar.standalone.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, look, be in each other's way, stop, be killed, go on. */
class UpIT {
    /** What shells call the end by SIGINT. */
    private static final int INTERRUPTED = 130;

    @TempDir Path temporary;

    @Test
    void starts_says_where_it_is_and_stops_when_told() throws Exception {
        Path data = temporary.resolve("data");
        try (Instance up = Instance.up(data);
                HttpClient client = HttpClient.newHttpClient()) {
            String address = up.address();
            assertThat(Instance.get(client, address + "/").statusCode()).isEqualTo(200);
            assertThat(Instance.get(client, address + "/api/commitments").statusCode())
                    .isEqualTo(200);
            assertThat(Instance.get(client, address + "/internal/relay").statusCode())
                    .as("operators' addresses are not behind the public door")
                    .isEqualTo(404);
            up.await(Pattern.compile("Three things to try"));
            assertThat(up.output())
                    .containsPattern("store +embedded, on this disk")
                    .contains("with --demo there would be much to read")
                    .contains("./ashar token --role");

            try (Instance status = Instance.command(data, "status")) {
                assertThat(status.status()).isZero();
                assertThat(status.output())
                        .contains("Ashar is ready", address, Long.toString(up.pid()))
                        .containsPattern("budget-commitments +ready")
                        .containsPattern("progress-reports +ready");
            }
            try (Instance second = Instance.up(data)) {
                assertThat(second.status()).isEqualTo(1);
                assertThat(second.output()).contains("in use by process " + up.pid(), address);
            }
            try (Instance fresh = Instance.up(data, "--fresh", "--yes")) {
                assertThat(fresh.status()).isEqualTo(1);
                assertThat(fresh.output()).contains("in use by process " + up.pid());
            }
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            try (Instance taken =
                    Instance.up(temporary.resolve("other"), "--port", Integer.toString(port))) {
                assertThat(taken.status()).isEqualTo(1);
                assertThat(taken.output()).contains("port " + port + " of 127.0.0.1 is taken");
                assertThat(temporary.resolve("other")).doesNotExist();
            }
            try (Instance parked = Instance.command(data, "parked")) {
                assertThat(parked.status()).as(parked.output()).isZero();
                assertThat(parked.output()).contains("Nothing is parked.");
            }
            try (Instance rebuild = Instance.command(data, "rebuild", "record")) {
                assertThat(rebuild.status()).as(rebuild.output()).isZero();
                assertThat(rebuild.output())
                        .contains("Rebuilding record as generation 2")
                        .contains("record is read from generation 2 now");
            }
            try (Instance unknown = Instance.command(data, "parked", "replay", "nothing:0:0")) {
                assertThat(unknown.status()).isEqualTo(1);
                assertThat(unknown.output()).contains("parked.unknown");
            }

            try (Instance stop = Instance.command(data, "stop")) {
                assertThat(stop.status()).as(stop.output()).isZero();
                assertThat(stop.output()).contains("Stopped.");
            }
            up.status();
            assertThat(up.output()).contains("Stopping …", "Stopped.");
        }
        assertThat(Run.in(data)).isEmpty();
        try (Instance status = Instance.command(data, "status")) {
            assertThat(status.status()).isEqualTo(3);
        }
    }

    @Test
    void goes_on_after_a_kill_and_stops_cleanly_on_ctrl_c() throws Exception {
        Path data = temporary.resolve("data");
        boolean canPaste = Readme.canRun();
        try (Instance up = Instance.up(data);
                HttpClient client = HttpClient.newHttpClient()) {
            String address = up.address();
            if (canPaste) {
                pasteTheReadme(data, address, client);
            }
            up.kill();
        }
        try (Instance status = Instance.command(data, "status")) {
            assertThat(status.status()).isEqualTo(3);
            assertThat(status.output()).contains("ended without saying so");
        }
        try (Instance up = Instance.up(data);
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(Instance.get(client, up.address() + "/").statusCode()).isEqualTo(200);
            up.await(Pattern.compile("Ctrl-C stops it"));
            assertThat(up.output().contains("with --demo there would be much to read"))
                    .as("said where the record is empty")
                    .isNotEqualTo(canPaste);
            Run run = Run.in(data).orElseThrow();
            assumeTrue(
                    up.hearsInterrupts(),
                    "run in the background of a shell, which lets nothing of it hear Ctrl-C");

            up.interrupt();
            assertThat(up.status()).as(up.output()).isEqualTo(INTERRUPTED);
            assertThat(up.output()).contains("Stopping …", "Stopped.");
            assertThat(run.process()).isEmpty();
            assertThat(run.ports().values()).hasSize(4).noneMatch(UpIT::isListenedOn);
        }
        assertThat(Run.in(data)).isEmpty();
        assertThat(DataFolder.delete(data)).as("a folder in use is not deleted").isTrue();
        assumeTrue(canPaste, "no bash and curl 7.71 here: the README's commands were not run");
    }

    /** Pasted again, it has no second effect and gets the first answers. */
    private void pasteTheReadme(Path data, String address, HttpClient client) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("checkout"));
        String printed = Readme.run(folder, data, address);
        String page =
                printed.lines()
                        .filter(line -> line.startsWith(address + "/commitments/"))
                        .findFirst()
                        .orElseThrow();
        String record = page.replace("/commitments/", "/api/record/commitments/");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(Instance.get(client, record).body())
                                        .contains("A bridge to the school")
                                        .contains("250000.00", "80000.00")
                                        .contains("The piers stand"));
        assertThat(Instance.get(client, page).body()).contains("A bridge to the school");
        assertThat(Readme.run(folder, data, address))
                .startsWith(printed.substring(0, printed.indexOf(page)));
    }

    private static boolean isListenedOn(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
