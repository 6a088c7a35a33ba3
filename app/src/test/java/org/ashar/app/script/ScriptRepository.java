package org.ashar.app.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that looks like this repository to {@code ./ashar}, with a JDK and a Maven that only say
 * what they were asked. The PATH holds the tools the script may use and nothing else.
 */
final class ScriptRepository {
    private static final Path SCRIPT = Path.of("..", "ashar").toAbsolutePath().normalize();
    private static final String BASH = "/usr/bin/env bash";
    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "cat",
                    "cp",
                    "mv",
                    "rm",
                    "ln",
                    "ls",
                    "mkdir",
                    "dirname",
                    "readlink",
                    "sed",
                    "awk",
                    "grep",
                    "find",
                    "sort",
                    "tr",
                    "xargs",
                    "cut",
                    "head",
                    "tail",
                    "sleep",
                    "mktemp");

    /** What a run of the script printed, and its exit status. */
    record Result(int status, String out) {
        String lastLine() {
            List<String> lines = out.lines().toList();
            return lines.isEmpty() ? "" : lines.getLast();
        }
    }

    final Path root;
    private final Path tools;

    ScriptRepository(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("repository of mine"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Files.copy(SCRIPT, root.resolve("ashar"));
        for (String tool : TOOLS) {
            tool(tool);
        }
        tool(onPath("sha256sum") == null ? "shasum" : "sha256sum");
        write("pom.xml", "<project/>");
        write("app/pom.xml", "<project/>");
        write("platform/kernel/src/main/java/Kernel.java", "class Kernel {}");
        jdk("jdk", "25.0.1");
    }

    void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** A folder that passes for a JDK of {@code version}. */
    Path jdk(String name, String version) throws IOException {
        return jdk(name, version, "");
    }

    /** The same; {@code also} is what its {@code java} does besides. */
    Path jdk(String name, String version, String also) throws IOException {
        Path home = root.resolveSibling(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/java"), BASH, "echo \"java of $0 runs: $*\"\n" + also);
        executable(home.resolve("bin/javac"), BASH, "echo javac " + version);
        return home;
    }

    /**
     * Puts a {@code mvn} of {@code version} on the PATH; {@code build} is what it does when it
     * builds.
     */
    void maven(String version, String build) throws IOException {
        executable(
                tools.resolve("mvn"),
                BASH,
                """
                if [ "$1" = -v ]; then echo 'Apache Maven %s (abc)'; exit 0; fi
                echo "$*" >> '%s'
                %s
                """
                        .formatted(version, calls(), build));
    }

    /** Builds as the real one would, as far as the script can see. */
    static String goodBuild() {
        return """
        echo '[INFO] Building Ashar kernel 0.1.0-SNAPSHOT                           [2/16]'
        mkdir -p app/target/lib && echo jar > app/target/lib/ashar-app.jar
        """;
    }

    /** The arguments of every run of {@code mvn}, but for those that asked its version. */
    List<String> mavenRuns() throws IOException {
        return Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
    }

    Result run(String... arguments) throws Exception {
        return await(start(Map.of("JAVA_HOME", root.resolveSibling("jdk").toString()), arguments));
    }

    Process start(Map<String, String> environment, String... arguments) throws IOException {
        return bash(
                environment,
                Stream.concat(Stream.of("./ashar"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Runs bash commands that have the script's functions at hand. */
    Result sourced(Map<String, String> environment, String commands) throws Exception {
        return await(bash(environment, "-c", "source ./ashar; " + commands));
    }

    Result await(Process process) throws IOException, InterruptedException, ExecutionException {
        CompletableFuture<String> output =
                CompletableFuture.supplyAsync(
                        () -> {
                            try (var reader = process.inputReader()) {
                                return reader.readAllAsString();
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        try {
            String text = output.get(60, TimeUnit.SECONDS);
            return new Result(process.waitFor(), text);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("the script did not end within a minute", e);
        }
    }

    private Process bash(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(tools.resolve("bash").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(root.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", root.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private Path calls() {
        return root.resolveSibling("maven-runs");
    }

    private void tool(String tool) throws IOException {
        Path real = onPath(tool);
        if (real == null) {
            throw new IllegalStateException("no " + tool + " on the PATH");
        }
        executable(tools.resolve(tool), "/bin/sh", "exec '" + real + "' \"$@\"");
    }

    private static @Nullable Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static void executable(Path file, String shell, String script) throws IOException {
        Files.writeString(file, "#!" + shell + "\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
