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
 * missing, foreign or reordered file is seen. A file beside it holds the header of the newest one:
 * it is put there when that one is on disk and before any frame is written to it, so that the
 * newest one is missed too, and one that never came to be is not. A folder of a version that did
 * not do so has no such file until its next segment.
 */
final class Segment implements AutoCloseable {
    private static final long MAGIC = 0x41534841524a4e4cL;
    private static final int FORMAT = 1;
    static final int HEADER = 32;
    private static final int NUMBER_AT = 12;
    private static final String PREFIX = "journal-";
    private static final String SUFFIX = ".log";
    private static final String NEWEST = "journal-newest";

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
        Disk.replace(directory, NEWEST, header(number, firstFrame));
        return segment;
    }

    /** The number of the newest segment that was ever begun; 0 where none is known. */
    static long newest(Path directory) throws IOException {
        Path file = directory.resolve(NEWEST);
        if (!Files.exists(file)) {
            return 0;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == HEADER) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            long number = in.getLong(NUMBER_AT);
            if (in.equals(header(number, in.getLong(NUMBER_AT + Long.BYTES)))) {
                return number;
            }
        }
        throw new DamagedStoreException(file + " is damaged");
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
