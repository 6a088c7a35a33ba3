package org.ashar.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that this process alone uses.
 *
 * <p>Guarantee: while it is open, no other process opens or deletes it. A folder that holds
 * anything Ashar did not make, or that a later version made, is refused and nothing in it is
 * changed. Every refusal is a {@link StandaloneException} for the person at the terminal.
 */
public final class DataFolder implements AutoCloseable {
    static final String FORMAT = "format";
    static final String LOCK = "lock";
    static final String RUN = "run.json";
    private static final String SECRET = "installation-secret";
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");
    private static final String LEDGER_SEED = "ledger-seed";
    private static final Set<String> FOLDERS = Set.of("store", "kafka", "keys", "logs");
    private static final long MAX_FORMAT_BYTES = 4096;
    private static final HexFormat HEX = HexFormat.of();

    private final Path path;
    private final FileChannel lockChannel;
    private final Format format;

    private DataFolder(Path path, FileChannel lockChannel, Format format) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.format = format;
    }

    /**
     * Opens {@code folder}, which is made where there is none, for its owner alone: drafts are in
     * it and the port of a store that asks nobody who they are; {@code founding} says what a new
     * one is fixed to, and is not asked for one that is there already.
     */
    public static DataFolder open(Path folder, Supplier<Format> founding) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Optional<Format> before = read(path);
            Format wanted = before.isPresent() ? null : founding.get();
            DurableFile.createSecretFolder(path);
            FileChannel channel = locked(path);
            try {
                Optional<Format> format = read(path);
                if (format.isEmpty() && wanted != null) {
                    DurableFile.write(path.resolve(FORMAT), wanted.written());
                    format = Optional.of(wanted);
                }
                DurableFile.createSecretFolder(path.resolve("keys"));
                Files.deleteIfExists(path.resolve(RUN));
                return new DataFolder(
                        path,
                        channel,
                        format.orElseThrow(
                                () ->
                                        new StandaloneException(
                                                path
                                                        + " has just been deleted by another process")));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StandaloneException(path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * What a folder is fixed to; empty where there is none yet or it is empty. Changes nothing.
     * Throws {@link StandaloneException} on a folder that Ashar did not make or does not know.
     */
    public static Optional<Format> formatOf(Path folder) {
        try {
            return read(folder);
        } catch (IOException e) {
            throw new StandaloneException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The folder of keys, for who only wants a token: the data folder is founded where there is
     * none yet, and may be in use.
     */
    public static Path keysOf(Path folder, Map<String, String> environment, Clock clock) {
        Optional<Format> fixed = formatOf(folder);
        if (fixed.isEmpty()) {
            Format founding = Choice.of(environment, fixed, clock).format();
            open(folder, () -> founding).close();
        }
        return folder.resolve("keys");
    }

    private static Optional<Format> read(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(folder)) {
            throw new StandaloneException(folder + " is a file, not a folder");
        }
        Path file = folder.resolve(FORMAT);
        if (Files.isRegularFile(file)) {
            if (Files.size(file) > MAX_FORMAT_BYTES) {
                throw new StandaloneException(file + " is no file of Ashar's: nothing was changed");
            }
            return Optional.of(Format.parse(Files.readString(file), folder.toString()));
        }
        Set<String> others = namesIn(folder);
        // What a first start leaves that was interrupted before the format was fixed.
        others.removeAll(List.of(LOCK, "." + FORMAT + DurableFile.UNFINISHED));
        if (!others.isEmpty()) {
            throw new StandaloneException(
                    String.format(
                            Locale.ROOT,
                            "%s was not made by Ashar (it holds %s): nothing was changed. Name an empty or new folder with --data.",
                            folder,
                            some(others)));
        }
        return Optional.empty();
    }

    /**
     * Deletes a folder that Ashar made and nobody uses, and everything in it. Answers false where
     * there is none.
     */
    public static boolean delete(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            if (!mayDelete(path)) {
                return false;
            }
            FileChannel channel = locked(path);
            try {
                // From here on the folder is of no use, also if this is interrupted.
                DurableFile.write(path.resolve(FORMAT), Format.DELETING);
                for (String name : namesIn(path)) {
                    if (!name.equals(FORMAT) && !name.equals(LOCK)) {
                        deleteTree(path.resolve(name));
                    }
                }
                Files.delete(path.resolve(FORMAT));
                Files.delete(path.resolve(LOCK));
            } finally {
                channel.close();
            }
            return true;
        } catch (IOException e) {
            throw new StandaloneException(path + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** Whether there is something to delete. Throws where it is not Ashar's to delete. */
    public static boolean mayDelete(Path folder) {
        try {
            if (!Files.exists(folder) || namesIn(folder).isEmpty()) {
                return false;
            }
            Path file = folder.resolve(FORMAT);
            boolean ours =
                    Files.isRegularFile(file)
                            && Files.size(file) <= MAX_FORMAT_BYTES
                            && Files.readString(file).startsWith(Format.MARK + " ");
            Set<String> foreign = namesIn(folder);
            foreign.removeAll(FOLDERS);
            foreign.removeAll(List.of(FORMAT, LOCK, RUN));
            foreign.removeIf(name -> name.startsWith(".") && name.endsWith(DurableFile.UNFINISHED));
            if (!ours || !foreign.isEmpty()) {
                throw new StandaloneException(
                        String.format(
                                Locale.ROOT,
                                "%s is not deleted: %s.",
                                folder,
                                ours
                                        ? "it holds what Ashar did not make (" + some(foreign) + ")"
                                        : "it was not made by Ashar"));
            }
            return true;
        } catch (IOException e) {
            throw new StandaloneException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** What this folder was fixed to at its first start. */
    public Format format() {
        return format;
    }

    public Path store() {
        return path.resolve("store");
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** Open to its owner alone. */
    public Path keys() {
        return path.resolve("keys");
    }

    /**
     * The installation's secret, made at the first call: 256 random bits in hex. It turns people
     * into pseudonyms; without it nobody can tell again who gave a command.
     */
    public String secret() {
        return secret(SECRET, "with another secret, people would get other pseudonyms");
    }

    /**
     * The seed of the ledger's key, made at the first call: 256 random bits in hex. Whoever has it
     * can sign in the ledger's name.
     */
    public String ledgerSeed() {
        return secret(LEDGER_SEED, "with another key, this would be another ledger");
    }

    private String secret(String name, String loss) {
        Path file = keys().resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                DurableFile.writeSecret(file, HEX.formatHex(random) + "\n");
            }
            String secret = Files.readString(file, ISO_8859_1).strip();
            if (!secret.matches("[0-9a-f]{64}")) {
                throw new StandaloneException(
                        file + " is damaged; bring it back from a backup: " + loss);
            }
            if (isOpenToOthers(file)) {
                throw new StandaloneException(
                        file + " is open to others than its owner: chmod 600 " + file);
            }
            return secret;
        } catch (IOException e) {
            throw new StandaloneException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)
                && !OWNER.containsAll(Files.getPosixFilePermissions(file));
    }

    /** Says in {@code run.json} what runs here. */
    void announce(Run run) {
        try {
            run.write(path);
        } catch (IOException e) {
            throw new StandaloneException(
                    path.resolve(RUN) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Leaves the folder to others. */
    @Override
    public void close() {
        try (lockChannel) {
            Files.deleteIfExists(path.resolve(RUN));
        } catch (IOException e) {
            throw new StandaloneException(
                    path + " cannot be left as it should: " + e.getMessage(), e);
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), CREATE, WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new StandaloneException(path + " is in use by " + user(path));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process, which is as good as by another one
        }
    }

    private static String user(Path path) {
        return Run.in(path)
                .map(
                        run ->
                                String.format(
                                        Locale.ROOT,
                                        "process %d at %s. Use that one, stop it with ./ashar stop, or name another folder with --data.",
                                        run.pid(),
                                        run.address()))
                .orElse(
                        "another process that is just starting or stopping; try again in a moment.");
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String some(Set<String> names) {
        return names.stream().limit(3).collect(Collectors.joining(", "))
                + (names.size() > 3 ? ", …" : "");
    }

    private static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException problem) throws IOException {
                        if (problem != null) {
                            throw problem;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
