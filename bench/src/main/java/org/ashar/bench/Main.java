package org.ashar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ashar.standalone.Logs;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./ashar bench [--quick] [--only PART | --url URL [--data DIR]]}: measures instances of its
 * own in a temporary folder, never the user's data, beside floors of the same run; with {@code
 * --only} one part of it all. With {@code --url} it gives its commands to a running one, signed
 * with the key of that one's data folder, and leaves out what only an instance of its own can show.
 * Exit status 0 when everything was measured, 1 when it was not, 2 when it was not understood.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Logs.errorsAlone();
        Path home = Path.of(System.getProperty("ashar.home", "")).toAbsolutePath();
        Wish wish;
        try {
            wish = Wish.of(List.of(arguments), home.resolve("data"));
        } catch (IllegalArgumentException e) {
            System.err.println("ashar bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory("ashar-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clearUp(folder)));
        PrintStream out = System.out;
        out.println(
                "Measuring in " + folder + "; nothing else should run on this machine meanwhile.");
        Table table = new Table();
        try {
            Bench bench = new Bench(home, folder, freePort(), wish.sizes(), table, out);
            if (wish.running() == null) {
                bench.run(wish.parts());
            } else {
                bench.run(wish.running());
            }
        } finally {
            out.println();
            out.print(table.print());
        }
    }

    /**
     * What was asked for.
     *
     * @param parts to measure on instances of its own
     * @param running the running instance to measure instead; null where there is none
     */
    private record Wish(Sizes sizes, Set<Part> parts, @Nullable Running running) {

        static Wish of(List<String> arguments, Path usualData) {
            Sizes sizes = Sizes.WHOLE;
            Set<Part> parts = EnumSet.noneOf(Part.class);
            URI url = null;
            Path data = null;
            Iterator<String> words = arguments.iterator();
            while (words.hasNext()) {
                String word = words.next();
                switch (word) {
                    case "--quick" -> sizes = Sizes.QUICK;
                    case "--only" -> parts.add(Part.of(value(words, word)));
                    case "--url" -> url = address(value(words, word));
                    case "--data" -> data = Path.of(value(words, word));
                    default -> throw new IllegalArgumentException("it knows no " + word);
                }
            }
            if (url == null && data != null) {
                throw new IllegalArgumentException("--data goes with --url");
            }
            if (url != null && !parts.isEmpty()) {
                throw new IllegalArgumentException("--only does not go with --url");
            }
            return new Wish(
                    sizes,
                    parts.isEmpty() ? EnumSet.allOf(Part.class) : parts,
                    url == null ? null : new Running(url, data == null ? usualData : data));
        }

        private static String value(Iterator<String> words, String option) {
            if (!words.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return words.next();
        }

        private static URI address(String text) {
            URI address = URI.create(text);
            if (!"http".equals(address.getScheme())
                    || address.getHost() == null
                    || address.getPort() < 0) {
                throw new IllegalArgumentException("--url is like http://127.0.0.1:8080");
            }
            return address;
        }
    }

    /** Also when it is told to stop half-way: what it started ends, what it wrote goes. */
    private static void clearUp(Path folder) {
        Processes.endAll();
        try {
            delete(folder);
        } catch (IOException e) {
            System.err.println("ashar bench: " + folder + " stays behind: " + e.getMessage());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
