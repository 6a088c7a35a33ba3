package org.ashar.embedded.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What one disk flush writes: a header and the records that were waiting. A frame is written only
 * after the one before it reached the disk, so a frame followed by a later one must be whole.
 *
 * <pre>
 * int magic · int payload length · long frame number · int CRC32C of the two before and the payload
 * payload: records, each an int length and its bytes
 * </pre>
 */
final class Frame {
    static final int MAGIC = 0x41534846;
    static final int HEADER = 20;
    private static final int KEPT_CAPACITY = 1 << 20;

    private byte[] bytes = new byte[64 << 10];
    private int size = HEADER;
    private long segment;
    private long lastRecord;

    boolean isEmpty() {
        return size == HEADER;
    }

    int size() {
        return size;
    }

    long segment() {
        return segment;
    }

    long lastRecord() {
        return lastRecord;
    }

    void add(byte[] record, long position) {
        int needed = size + Integer.BYTES + record.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        ByteBuffer.wrap(bytes).putInt(size, record.length);
        System.arraycopy(record, 0, bytes, size + Integer.BYTES, record.length);
        size = needed;
        lastRecord = position;
    }

    /** Fixes the header; nothing may be added afterwards. */
    ByteBuffer seal(long ofSegment, long number) {
        segment = ofSegment;
        int length = size - HEADER;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, size);
        buffer.putInt(0, MAGIC).putInt(4, length).putLong(8, number);
        buffer.putInt(16, checksum(bytes, 0, length));
        return buffer;
    }

    ByteBuffer sealed() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    void clear() {
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[64 << 10];
        }
        size = HEADER;
    }

    static int checksum(byte[] bytes, int frameStart, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, frameStart + 4, 12);
        crc.update(bytes, frameStart + HEADER, length);
        return (int) crc.getValue();
    }

    /** Whether a whole, unharmed frame begins at {@code start}. */
    static boolean isWholeAt(byte[] bytes, int start) {
        if (bytes.length - start < HEADER) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt(start + 4);
        return buffer.getInt(start) == MAGIC
                && length >= 0
                && length <= bytes.length - start - HEADER
                && buffer.getInt(start + 16) == checksum(bytes, start, length);
    }
}
