package org.ashar.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ashar.standalone.Format.BrokerKind;
import org.ashar.standalone.Format.StoreKind;

/** Another process that opens a data folder and keeps it until it is told to end. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final String first;

    private OtherProcess(Process process, String first) {
        this.process = process;
        this.first = first;
    }

    static OtherProcess holding(Path folder) throws IOException {
        return started(OtherProcess.class, folder.toString());
    }

    /** Starts a main class of the tests and waits for its first line. */
    static OtherProcess started(Class<?> main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                classPath(),
                                main.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        return new OtherProcess(process, Objects.requireNonNullElse(output.readLine(), ""));
    }

    static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    long pid() {
        return process.pid();
    }

    String firstLine() {
        return first;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        DataFolder folder =
                DataFolder.open(
                        Path.of(arguments[0]),
                        () ->
                                new Format(
                                        "elsewhere",
                                        StoreKind.EMBEDDED,
                                        BrokerKind.EMBEDDED,
                                        LocalDate.EPOCH));
        folder.announce(
                Run.ofThisProcess("http://127.0.0.1:8123")
                        .with(Run.State.READY, Map.of("portal", 8123)));
        System.out.println("holding");
        if (System.in.read() < 0) {
            folder.close();
        }
    }
}
