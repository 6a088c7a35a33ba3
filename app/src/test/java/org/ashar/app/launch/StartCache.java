package org.ashar.app.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.ashar.app.Main;

/**
 * What a rehearsed start keeps for later ones, made once for a class path, its flags and its JVM.
 * Such a cache knows jars alone, so the folders of the class path are packed into jars beside it.
 *
 * @param file the cache
 * @param classPath the jars that it was made with
 */
record StartCache(Path file, String classPath) {
    private static final int REHEARSAL_LIMIT_SECONDS = 400;

    /** The one in {@code folder} where it fits, else a new one, which replaces any other. */
    static StartCache of(String java, List<String> flags, String classPath, Path folder)
            throws IOException, InterruptedException {
        List<Path> entries =
                Stream.of(classPath.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath())
                        .filter(Files::exists)
                        .toList();
        Path mine = folder.toAbsolutePath().resolve(key(flags, entries));
        Path file = mine.resolve("start.aot");
        String jars = String.join(File.pathSeparator, jars(entries, mine));
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        // Tests of several processes want it at the same time: the first one makes it.
        try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE);
                FileLock _ = channel.lock()) {
            if (!Files.exists(file)) {
                delete(folder);
                Files.createDirectories(mine);
                pack(entries, mine);
                rehearse(java, flags, jars, mine, file);
            }
        }
        return new StartCache(file, jars);
    }

    /** Names and times of everything on the class path: whatever changes gives another key. */
    private static String key(List<String> flags, List<Path> entries) throws IOException {
        StringBuilder known =
                new StringBuilder(Runtime.version().toString()).append(String.join(" ", flags));
        for (Path entry : entries) {
            for (Path file : walked(entry, Files::isRegularFile)) {
                known.append('\n')
                        .append(file)
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis());
            }
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(known.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static List<Path> walked(Path entry, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> walk = Files.walk(entry)) {
            return walk.filter(wanted).sorted().toList();
        }
    }

    private static List<String> jars(List<Path> entries, Path folder) {
        List<String> jars = new ArrayList<>();
        for (int index = 0; index < entries.size(); index++) {
            Path entry = entries.get(index);
            jars.add((Files.isDirectory(entry) ? jar(folder, index) : entry).toString());
        }
        return jars;
    }

    private static Path jar(Path folder, int index) {
        return folder.resolve("folder-" + index + ".jar");
    }

    private static void pack(List<Path> entries, Path folder) throws IOException {
        for (int index = 0; index < entries.size(); index++) {
            Path entry = entries.get(index);
            if (!Files.isDirectory(entry)) {
                continue;
            }
            try (OutputStream out = Files.newOutputStream(jar(folder, index));
                    JarOutputStream jar = new JarOutputStream(out)) {
                // Folders too: without them, services do not find their own classes in a jar.
                for (Path path : walked(entry, path -> !path.equals(entry))) {
                    String name =
                            entry.relativize(path).toString().replace(File.separatorChar, '/');
                    boolean isFolder = Files.isDirectory(path);
                    jar.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                    if (!isFolder) {
                        Files.copy(path, jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    private static void rehearse(
            String java, List<String> flags, String jars, Path folder, Path file)
            throws IOException, InterruptedException {
        Path made = folder.resolve("made.aot");
        Path said = folder.resolve("rehearsal.log");
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(flags);
        command.addAll(List.of("-XX:AOTCacheOutput=" + made, "-cp", jars, Main.class.getName()));
        command.addAll(List.of("rehearse", "--data", folder.resolve("data").toString()));
        Process rehearsal =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .redirectInput(new File("/dev/null"))
                        .start();
        boolean ended = rehearsal.waitFor(REHEARSAL_LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended || !Files.exists(made)) {
            rehearsal.descendants().forEach(ProcessHandle::destroyForcibly);
            rehearsal.destroyForcibly();
            throw new IOException("the rehearsed start kept nothing:\n" + Files.readString(said));
        }
        delete(folder.resolve("data"));
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
