package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.ashar.witness.OwnFile;

/**
 * What an auditor remembers of a log: its key and the last checkpoint that was verified. A file of
 * two parts, the key's line and the note, so that other tools can read it.
 */
record Memory(NoteKey key, SignedCheckpoint log) {

    private static final long LARGEST = 1 << 20;
    private static final int LOCK_ATTEMPTS = 100;
    private static final long LOCK_PAUSE_NANOS = 50_000_000;

    /** Empty where there is no file; throws where it is no memory of a log. */
    static Optional<Memory> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large");
        }
        String[] parts = Files.readString(file, UTF_8).split("\n", 2);
        if (parts.length == 2
                && NoteKey.parse(parts[0]) instanceof Checked.Valid<NoteKey>(NoteKey key)
                && key.kind() == NoteKey.Kind.ED25519
                && SignedCheckpoint.read(parts[1].getBytes(UTF_8), key)
                        instanceof Checked.Valid<SignedCheckpoint>(SignedCheckpoint log)) {
            return Optional.of(new Memory(key, log));
        }
        throw new IOException(file + " is not what an earlier run wrote");
    }

    /** Throws where a file could not be written there; leaves what is there as it is. */
    static void demandRoom(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new IOException("the state file " + file + " is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "the state file " + file + " cannot be written: no folder " + folder);
        }
        try (FileChannel _ = lockFile(file)) {
            Files.delete(Files.createTempFile(folder, "." + file.getFileName(), ".try"));
        } catch (IOException e) {
            throw new IOException(
                    "the state file " + file + " cannot be written: " + InWords.of(e), e);
        }
    }

    /**
     * Keeps it, on the disk, unless the file already remembers more of the same log: runs may end
     * in another order than they began. The file is the old one or this one, whatever happens.
     */
    void write(Path file) throws IOException {
        try (FileChannel channel = lockFile(file);
                FileLock _ = lock(channel, file)) {
            Optional<Memory> there = read(file);
            if (there.isEmpty()
                    || !there.get().key.equals(key)
                    || there.get().log.size() < log.size()) {
                OwnFile.write(file, key.vkey() + "\n" + log.note().written());
            }
        }
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(
                file.resolveSibling("." + file.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(LOCK_PAUSE_NANOS);
        }
        throw new IOException("another run does not let go of " + file);
    }
}
