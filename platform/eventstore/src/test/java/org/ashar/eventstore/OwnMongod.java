package org.ashar.eventstore;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** MongoDB itself, where there is one. */
final class OwnMongod {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OwnMongod() {}

    /** The server that the environment names. */
    static Optional<Fixture.Server> named() {
        return Optional.ofNullable(System.getenv("ASHAR_MONGODB_URI"))
                .map(uri -> Fixture.Server.at(uri, () -> {}));
    }

    /** One of our own, of the {@code mongod} on the PATH. */
    static Optional<Fixture.Server> started() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mongod"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(OwnMongod::start);
    }

    private static Fixture.Server start(Path mongod) {
        try {
            Path data = Files.createTempDirectory("ashar-mongod");
            int port = freePort();
            Process process =
                    new ProcessBuilder(
                                    mongod.toString(),
                                    "--dbpath",
                                    data.toString(),
                                    "--port",
                                    Integer.toString(port),
                                    "--bind_ip",
                                    "127.0.0.1")
                            .redirectErrorStream(true)
                            .redirectOutput(data.resolve("mongod.log").toFile())
                            .start();
            await().atMost(PATIENCE).until(() -> answers(port));
            return Fixture.Server.at(
                    "mongodb://127.0.0.1:" + port + "/?retryWrites=false",
                    () -> stop(process, data));
        } catch (IOException e) {
            throw new IllegalStateException("mongod did not start", e);
        }
    }

    private static void stop(Process process, Path data) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException("mongod did not stop cleanly", e);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
