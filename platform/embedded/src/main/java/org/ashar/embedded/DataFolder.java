package org.ashar.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;
import org.ashar.embedded.journal.Disk;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one process at a time may have open, and whose format is known. The lock goes with
 * the process, however it ends. A folder of an unknown format, or one that holds something else, is
 * refused and left as it is.
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String FORMAT = "format";
    private static final Set<String> UNFINISHED = Set.of(LOCK, FORMAT + Disk.NEXT);

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens a folder for this process alone.
     *
     * @param format what the format file says: kind and number
     */
    static DataFolder claim(Path path, String format) throws IOException {
        Files.createDirectories(path);
        checkFormat(path, format);
        FileChannel lockFile =
                FileChannel.open(
                        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!lock(lockFile)) {
                throw new FolderInUseException(path + " is in use by another process");
            }
            DataFolder folder = new DataFolder(path, lockFile);
            if (!Files.exists(path.resolve(FORMAT))) {
                folder.write(FORMAT, format);
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void checkFormat(Path path, String format) throws IOException {
        Path file = path.resolve(FORMAT);
        if (Files.exists(file)) {
            String found = Files.readString(file).strip();
            if (!found.equals(format)) {
                throw new IOException(
                        path
                                + " is of format '"
                                + found
                                + "', this version knows '"
                                + format
                                + "'");
            }
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(other -> !UNFINISHED.contains(other.getFileName().toString()))) {
                throw new IOException(path + " holds something that is not ours");
            }
        }
    }

    Path path() {
        return path;
    }

    /** A number kept under a name, or null where there is none or it makes no sense. */
    @Nullable Integer number(String name) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            int number = Integer.parseInt(Files.readString(file).strip());
            return number > 0 && number < 65536 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Keeps a text under a name; whatever happens there is the old one or the new one. */
    void write(String name, String text) throws IOException {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        Disk.replace(path, name, ByteBuffer.wrap(line));
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
