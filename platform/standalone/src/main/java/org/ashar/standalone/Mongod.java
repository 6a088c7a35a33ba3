package org.ashar.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code mongod} that runs on the data folder for as long as this process does. One that outlived
 * a killed process is ended before the next one starts on the same files.
 */
final class Mongod {
    private static final Logger LOG = LoggerFactory.getLogger(Mongod.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RUNNING = "ashar-mongod.json";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path program;
    private final Path folder;
    private final Process process;
    private final int port;

    private Mongod(Path program, Path folder, Process process, int port) {
        this.program = program;
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    static Mongod start(Path program, Path folder, int port) {
        try {
            Files.createDirectories(folder);
            endLeftOver(folder);
            Process process =
                    new ProcessBuilder(
                                    program.toString(),
                                    "--dbpath",
                                    folder.toString(),
                                    "--bind_ip",
                                    "127.0.0.1",
                                    "--port",
                                    Integer.toString(port),
                                    "--nounixsocket")
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            Thread.ofVirtual().name("mongod-log").start(() -> log(process));
            Mongod mongod = new Mongod(program, folder, process, port);
            DurableFile.write(
                    folder.resolve(RUNNING),
                    JSON.writeValueAsString(ProcessIdentity.of(process.toHandle())));
            mongod.awaitConnection();
            return mongod;
        } catch (IOException e) {
            throw new StandaloneException(program + " cannot be run: " + e.getMessage(), e);
        }
    }

    Path program() {
        return program;
    }

    String uri() {
        return "mongodb://127.0.0.1:" + port + "/";
    }

    void stop() {
        end(process.toHandle());
        try {
            Files.deleteIfExists(folder.resolve(RUNNING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitConnection() {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new StandaloneException(
                        String.format(
                                Locale.ROOT,
                                "%s ended at once with status %d; the log says why",
                                program,
                                process.exitValue()));
            }
            if (System.nanoTime() - limit > 0) {
                end(process.toHandle());
                throw new StandaloneException(
                        String.format(
                                Locale.ROOT,
                                "%s did not answer within %d s",
                                program,
                                START_LIMIT.toSeconds()));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static void endLeftOver(Path folder) throws IOException {
        Path file = folder.resolve(RUNNING);
        if (!Files.exists(file)) {
            return;
        }
        try {
            JSON.readValue(Files.readString(file), ProcessIdentity.class)
                    .find()
                    .ifPresent(
                            process -> {
                                LOG.info("ending mongod {}, which outlived Ashar", process.pid());
                                end(process);
                            });
        } catch (JacksonException e) {
            throw new StandaloneException(
                    file
                            + " is damaged: make sure that no mongod runs on this folder, then delete that file",
                    e);
        }
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "mongod {} did not end in time and is killed; its journal keeps the data",
                    process.pid());
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new StandaloneException("mongod cannot be watched", e);
        }
    }

    private static void log(Process process) {
        Logger log = LoggerFactory.getLogger("mongod");
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.info("{}", line);
            }
        } catch (IOException e) {
            log.info("its output ended: {}", e.getMessage());
        }
    }
}
