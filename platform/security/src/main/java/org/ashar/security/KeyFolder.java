package org.ashar.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of secrets that only its owner can enter. Files appear whole or not at all, and have
 * reached the disk when they appear. On file systems without POSIX permissions those of the folder
 * that holds it apply.
 */
record KeyFolder(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFolder.class);
    private static final int MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER =
            PosixFilePermissions.fromString("rwx------");

    static KeyFolder open(Path path) throws IOException {
        KeyFolder folder = new KeyFolder(path);
        if (!Files.isDirectory(path)) {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent, folder.attributes(OWNER_FOLDER));
            }
            try {
                Files.createDirectory(path, folder.attributes(OWNER_FOLDER));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
        folder.restrict(path, OWNER_FOLDER);
        return folder;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    String read(String name) throws IOException {
        Path file = file(name);
        restrict(file, OWNER_FILE);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        return Files.readString(file, UTF_8);
    }

    /** Writes the file unless there is one: of several writers at once, the first one's stays. */
    void create(String name, String content) throws IOException {
        Path written = write(content);
        try {
            Files.createLink(file(name), written);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was made by someone else in the meantime", file(name));
        } finally {
            Files.delete(written);
        }
    }

    /** Writes the file in the place of the one there is. */
    void replace(String name, String content) throws IOException {
        Files.move(write(content), file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path write(String content) throws IOException {
        Path temporary = path.resolve(".new-" + UUID.randomUUID());
        try (FileChannel channel =
                FileChannel.open(
                        temporary, EnumSet.of(CREATE_NEW, WRITE), attributes(OWNER_FILE))) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return temporary;
    }

    private void restrict(Path what, Set<PosixFilePermission> allowed) throws IOException {
        if (posix() && !allowed.containsAll(Files.getPosixFilePermissions(what))) {
            LOG.warn("{} was open to others than its owner; now it is not", what);
            Files.setPosixFilePermissions(what, allowed);
        }
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
