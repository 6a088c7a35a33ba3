package org.ashar.app.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ashar.app.Main;
import org.ashar.app.Services;
import org.ashar.standalone.Standalone;
import org.ashar.standalone.StandaloneSettings;
import org.jspecify.annotations.Nullable;

/**
 * The command lines that {@code ./ashar} would run: Java with the flags that the script has for a
 * server or for a tool, and a server with the cache of a rehearsed start.
 */
public final class Launch {
    private static final Path SCRIPT = Path.of("..", "ashar").toAbsolutePath().normalize();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static @Nullable StartCache cache;

    private Launch() {}

    /**
     * Runs {@code main} as {@code ./ashar up} runs its own, but that it is not compiled for a long
     * life, save in a soak: processes of tests are killed before that pays.
     */
    public static List<String> server(Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> flags = flags("SERVER_FLAGS");
        StartCache kept = cache(flags);
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(flags);
        command.add("-XX:AOTCache=" + kept.file());
        if (!Boolean.getBoolean("ashar.soak")) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-cp", kept.classPath(), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Runs one of the commands that look at what runs. */
    public static List<String> tool(List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(flags("TOOL_FLAGS"));
        command.addAll(List.of("-cp", ownClassPath(), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Starts everything in this process, on any free port and without anyone's settings. */
    public static Standalone inside(Path data) {
        return inside(data, Map.of());
    }

    /** The same with settings of an environment. */
    public static Standalone inside(Path data, Map<String, String> environment) {
        return Standalone.start(
                new StandaloneSettings(
                        data,
                        "127.0.0.1",
                        0,
                        Clock.systemUTC(),
                        environment,
                        Services.FRONT,
                        Services.BEHIND),
                step -> {});
    }

    private static synchronized StartCache cache(List<String> flags)
            throws IOException, InterruptedException {
        StartCache kept = cache;
        if (kept == null) {
            kept = StartCache.of(JAVA, flags, ownClassPath(), Path.of("target", "start-cache"));
            cache = kept;
        }
        return kept;
    }

    private static String ownClassPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static List<String> flags(String more) throws IOException, InterruptedException {
        Process script =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "source \"$1\"; printf '%s\\n' \"${COMMON_FLAGS[@]}\" \"${"
                                        + more
                                        + "[@]}\"",
                                "flags",
                                SCRIPT.toString())
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String printed = new String(script.getInputStream().readAllBytes(), UTF_8);
        if (!script.waitFor(30, TimeUnit.SECONDS) || script.exitValue() != 0) {
            script.destroyForcibly();
            throw new IOException(SCRIPT + " does not tell its flags: " + printed);
        }
        return Arrays.asList(printed.split("\n"));
    }
}
