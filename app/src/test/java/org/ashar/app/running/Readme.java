package org.ashar.app.running;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ashar.app.launch.Launch;

/** The commands that the README tells a newcomer to paste, run as they stand there. */
final class Readme {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Try it\n(.*?)\n## ");
    private static final Pattern COMMANDS = Pattern.compile("(?s)\n```\n(.*?)\n```");
    private static final String USUAL_ADDRESS = "http://localhost:8080";

    private Readme() {}

    /** What the machine needs for them. */
    static boolean canRun() throws IOException, InterruptedException {
        Process asked =
                new ProcessBuilder("bash", "-c", "command -v curl")
                        .redirectErrorStream(true)
                        .start();
        return asked.waitFor(10, TimeUnit.SECONDS) && asked.exitValue() == 0;
    }

    /**
     * Runs them in {@code folder}, where an {@code ./ashar} is put that runs on {@code data},
     * against what listens at {@code address}; answers what they printed.
     */
    static String run(Path folder, Path data, String address) throws Exception {
        String text = Files.readString(README);
        String section = SECTION.matcher(text).results().findFirst().orElseThrow().group(1);
        List<MatchResult> blocks = COMMANDS.matcher("\n" + section).results().toList();
        String commands = blocks.stream().map(block -> block.group(1)).collect(joining("\n"));
        if (!commands.contains("ASHAR=" + USUAL_ADDRESS + "\n")) {
            throw new AssertionError("the README does not say where Ashar listens: " + commands);
        }
        script(
                folder.resolve("ashar"),
                Launch.tool(List.of()).stream().map(word -> "'" + word + "'").collect(joining(" "))
                        + " \"$@\" --data '"
                        + data
                        + "'");
        Path pasted = folder.resolve("pasted");
        script(pasted, "set -euo pipefail\n" + commands.replace(USUAL_ADDRESS, address));
        File printed = folder.resolve("printed").toFile();
        Process process =
                new ProcessBuilder(pasted.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(printed)
                        .start();
        process.getOutputStream().close();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("it failed: " + Files.readString(printed.toPath()));
        }
        return Files.readString(printed.toPath());
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + commands + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }
}
