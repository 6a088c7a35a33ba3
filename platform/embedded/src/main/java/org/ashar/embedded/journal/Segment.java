package org.ashar.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * One journal file. It begins with a checked header naming itself and its first frame, so that a
 * missing, foreign or reordered file is seen.
 */
final class Segment implements AutoCloseable {
    private static final long MAGIC = 0x41534841524a4e4cL;
    private static final int FORMAT = 1;
    static final int HEADER = 32;
    private static final String PREFIX = "journal-";
    private static final String SUFFIX = ".log";

    private final FileChannel channel;

    private Segment(FileChannel channel) {
        this.channel = channel;
    }

    static Path path(Path directory, long number) {
        return directory.resolve(PREFIX + String.format(Locale.ROOT, "%012d", number) + SUFFIX);
    }

    static SortedMap<Long, Path> list(Path directory) throws IOException {
        SortedMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                    String digits =
                            name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                    try {
                        found.put(Long.parseLong(digits), file);
                    } catch (NumberFormatException e) {
                        throw new DamagedStoreException("not a journal file of ours: " + file);
                    }
                }
            }
        }
        return found;
    }

    static Segment create(Path directory, long number, long firstFrame) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path(directory, number),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        Segment segment = new Segment(channel);
        segment.write(header(number, firstFrame));
        Disk.force(directory);
        return segment;
    }

    /** Appends and returns when the bytes are on disk. */
    void write(ByteBuffer bytes) throws IOException {
        Disk.write(channel, bytes);
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static ByteBuffer header(long number, long firstFrame) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putInt(FORMAT).putLong(number).putLong(firstFrame);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, HEADER - Integer.BYTES);
        return header.putInt((int) crc.getValue()).flip();
    }
}
