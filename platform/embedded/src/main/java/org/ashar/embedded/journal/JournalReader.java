package org.ashar.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays the journal at start. The end of the last segment may be torn (power or process went away
 * in the middle of a flush that nobody was told of): it is cut. Anything else that is not as
 * written, a frame missing, a segment missing, the newest too, a bad checksum with a whole frame
 * behind it, stops the start.
 */
final class JournalReader {
    private static final Logger log = LoggerFactory.getLogger(JournalReader.class);

    private final Path directory;
    private final Consumer<ByteBuffer> records;
    private long nextFrame;

    private JournalReader(Path directory, long nextFrame, Consumer<ByteBuffer> records) {
        this.directory = directory;
        this.nextFrame = nextFrame;
        this.records = records;
    }

    /**
     * Hands every record from {@code mark} on to {@code records}; returns where to go on writing.
     */
    static JournalMark replay(Path directory, JournalMark mark, Consumer<ByteBuffer> records)
            throws IOException {
        SortedMap<Long, Path> segments = Segment.list(directory);
        long newest = Segment.newest(directory);
        for (Map.Entry<Long, Path> old : segments.headMap(mark.segment()).entrySet()) {
            Files.delete(old.getValue());
        }
        SortedMap<Long, Path> live = segments.tailMap(mark.segment());
        JournalReader reader = new JournalReader(directory, mark.frame(), records);
        long expected = mark.segment();
        for (Map.Entry<Long, Path> segment : live.entrySet()) {
            if (segment.getKey() != expected) {
                throw missing(directory, expected);
            }
            boolean last = segment.getKey().equals(live.lastKey());
            if (reader.readSegment(expected, segment.getValue(), last, expected <= newest)) {
                expected++;
            }
        }
        if (expected <= newest) {
            throw missing(directory, expected);
        }
        return new JournalMark(expected, reader.nextFrame);
    }

    private static DamagedStoreException missing(Path directory, long segment) {
        return new DamagedStoreException(
                "journal segment " + Segment.path(directory, segment) + " is missing");
    }

    /** Returns false where the segment never came to be and its number is free again. */
    private boolean readSegment(long number, Path file, boolean last, boolean begun)
            throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] header = Segment.header(number, nextFrame).array();
        if (!Arrays.equals(
                bytes, 0, Math.min(bytes.length, Segment.HEADER), header, 0, header.length)) {
            refuseUnlessTorn(file, bytes, 0, last && !begun);
            Files.delete(file);
            Disk.force(directory);
            return false;
        }
        int offset = Segment.HEADER;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (Frame.isWholeAt(bytes, offset) && buffer.getLong(offset + 8) == nextFrame) {
            int end = offset + Frame.HEADER + buffer.getInt(offset + 4);
            deliver(buffer, offset + Frame.HEADER, end);
            nextFrame++;
            offset = end;
        }
        if (offset < bytes.length) {
            refuseUnlessTorn(file, bytes, offset, last);
            log.warn("cut {} torn bytes off {}", bytes.length - offset, file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(offset);
                channel.force(true);
            }
        }
        return true;
    }

    private void deliver(ByteBuffer buffer, int start, int end) {
        int at = start;
        while (at < end) {
            int length = buffer.getInt(at);
            records.accept(buffer.slice(at + Integer.BYTES, length));
            at += Integer.BYTES + length;
        }
    }

    private static void refuseUnlessTorn(Path file, byte[] bytes, int offset, boolean end)
            throws DamagedStoreException {
        if (!end) {
            throw new DamagedStoreException(
                    "journal " + file + " is damaged at byte " + offset + ", which was on disk");
        }
        for (int at = offset; at <= bytes.length - Frame.HEADER; at++) {
            if (Frame.isWholeAt(bytes, at)) {
                throw new DamagedStoreException(
                        "journal "
                                + file
                                + " is damaged at byte "
                                + offset
                                + ": a whole frame follows at "
                                + at);
            }
        }
    }
}
