package org.ashar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.ashar.bench.floor.Floor;
import org.ashar.bench.load.Load;
import org.ashar.standalone.Run;

/**
 * The processes that are measured: an Ashar of its own, and the floor, both in a temporary folder.
 */
final class Processes {

    private static final Duration READY = Duration.ofMinutes(3);
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    private Processes() {}

    /**
     * An Ashar started by {@code ./ashar up}, exactly as a user starts it.
     *
     * @param folder its data folder
     * @param ready how long it took from the start of the process to the answer of its public door
     */
    record Instance(Process process, Path folder, Run run, Duration ready)
            implements AutoCloseable {

        static Instance start(Path home, Path folder, int port, String... more) throws IOException {
            long from = System.nanoTime();
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    home.resolve("ashar").toString(),
                                    "up",
                                    "--data",
                                    folder.toString(),
                                    "--port",
                                    Integer.toString(port)));
            command.addAll(List.of(more));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    folder.resolveSibling(folder.getFileName() + ".log").toFile())
                            .start();
            STARTED.add(process);
            process.getOutputStream().close();
            await("Ashar is ready", () -> isReady(process, folder));
            Duration ready = Duration.ofNanos(System.nanoTime() - from);
            if (more.length > 0) {
                Path log = folder.resolveSibling(folder.getFileName() + ".log");
                await("it is loaded", () -> contains(log, "Three things to try"));
            }
            return new Instance(process, folder, Run.in(folder).orElseThrow(), ready);
        }

        /** The resident set in MiB, as the kernel counts it. */
        double residentMebibytes() throws IOException {
            for (String line :
                    Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
            throw new IOException("the kernel tells no VmRSS");
        }

        /** Where a service listens, behind the public door. */
        URI service(String name) {
            Integer servicePort = run.ports().get(name);
            if (servicePort == null) {
                throw new IllegalStateException("no service " + name);
            }
            return URI.create("http://127.0.0.1:" + servicePort);
        }

        private static boolean isReady(Process process, Path folder) {
            if (!process.isAlive()) {
                throw new IllegalStateException("Ashar ended before it was ready");
            }
            return Run.in(folder)
                    .filter(run -> run.state() == Run.State.READY && run.process().isPresent())
                    .isPresent();
        }

        private static boolean contains(Path file, String text) {
            try {
                return Files.readString(file).contains(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        long pid() {
            return run.pid();
        }

        /** Its JVM and that one's flags, for the floor to have the same. */
        List<String> jvmFlags() throws IOException {
            return Processes.jvmFlags(pid());
        }

        @Override
        public void close() {
            end(process);
        }
    }

    /** The floor: HTTP server and store in one JVM. */
    record FloorServer(Process process, URI address, String store) implements AutoCloseable {

        private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
        private static final byte[] BODY = Village.draft("Clean water");

        /** {@code count} requests that are read and answered. */
        Load.Seen empty(int count) {
            return post("/empty", count);
        }

        /** {@code count} requests that are stored durably, then answered. */
        Load.Seen insert(int count) {
            return post("/insert", count);
        }

        private Load.Seen post(String path, int count) {
            return Load.closed(
                    address,
                    Commands.CONNECTIONS,
                    count,
                    (wire, n) -> wire.exchange("POST", path, JSON, BODY));
        }

        static FloorServer start(List<String> javaAndFlags, Path folder) throws IOException {
            Files.createDirectories(folder);
            List<String> command = new ArrayList<>(javaAndFlags);
            command.addAll(
                    List.of(
                            "-cp",
                            System.getProperty("java.class.path"),
                            Floor.class.getName(),
                            folder.toString()));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
            STARTED.add(process);
            Path file = folder.resolve("floor.properties");
            await("the floor is ready", () -> process.isAlive() && Files.exists(file));
            Properties properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            return new FloorServer(
                    process,
                    URI.create("http://127.0.0.1:" + properties.getProperty("port")),
                    properties.getProperty("store"));
        }

        @Override
        public void close() {
            end(process);
        }
    }

    /** This JVM and its flags. */
    static List<String> ownJvmFlags() throws IOException {
        return jvmFlags(ProcessHandle.current().pid());
    }

    private static List<String> jvmFlags(long pid) throws IOException {
        String[] words =
                Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).split("\0", -1);
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < words.length && !words[i].equals("-cp"); i++) {
            flags.add(words[i]);
        }
        return flags;
    }

    /** Ends what was started and still runs. */
    static void endAll() {
        STARTED.forEach(Processes::end);
    }

    /**
     * Waits until {@code condition} holds; throws {@link IllegalStateException} when it does not in
     * time.
     */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "waited " + READY.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void end(Process process) {
        STARTED.remove(process);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            process.getInputStream().close();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
