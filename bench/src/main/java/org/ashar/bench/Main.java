package org.ashar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./ashar bench [--quick]}: measures an instance of its own in a temporary folder, never the
 * user's data, beside floors of the same run. Exit status 0 when everything was measured, 2 when it
 * was not understood.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (!given.isEmpty() && !given.equals(List.of("--quick"))) {
            System.err.println("ashar bench: it knows --quick and nothing else");
            System.exit(2);
        }
        Path home = Path.of(System.getProperty("ashar.home", "")).toAbsolutePath();
        Path folder = Files.createTempDirectory("ashar-bench");
        PrintStream out = System.out;
        try {
            Sizes sizes = given.isEmpty() ? Sizes.WHOLE : Sizes.QUICK;
            out.println(
                    "Measuring in "
                            + folder
                            + "; nothing else should run on this machine meanwhile.");
            Table table = new Table();
            new Bench(home, folder, freePort(), sizes, table, out).run();
            out.println();
            out.print(table.print());
        } finally {
            delete(folder);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
