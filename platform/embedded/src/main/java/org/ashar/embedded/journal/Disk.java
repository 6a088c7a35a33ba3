package org.ashar.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What every file of the store needs to be written for good. */
public final class Disk {
    /** What the name of a file ends with while {@link #replace} writes it. */
    public static final String NEXT = ".next";

    private Disk() {}

    /** Writes all that remains in the buffer, at the channel's end; forces nothing. */
    public static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Writes a whole file; whatever happens, there is the one of before or this one. */
    public static void replace(Path directory, String name, ByteBuffer content) throws IOException {
        Path next = directory.resolve(name + NEXT);
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(channel, content);
            channel.force(true);
        }
        Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(directory);
    }

    /** Makes created, renamed and deleted names of a directory durable. */
    public static void force(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }
}
