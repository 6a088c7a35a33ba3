package org.ashar.embedded.sorted;

import java.util.Arrays;

/** Walks the entries of one block. */
final class BlockCursor {
    private static final int CHECKSUM = Integer.BYTES;

    private final byte[] block;
    private final int end;
    private int at;
    private byte[] key = new byte[64];
    private int keyLength;
    private int valueStart;
    private int valueLength;

    /** No entries. */
    static BlockCursor none() {
        return new BlockCursor(new byte[CHECKSUM], CHECKSUM);
    }

    /** Walks the first {@code length} bytes, which end with their checksum. */
    BlockCursor(byte[] block, int length) {
        this.block = block;
        this.end = length - CHECKSUM;
    }

    boolean next() {
        if (at >= end) {
            return false;
        }
        int shared = varInt();
        int further = varInt();
        valueLength = varInt();
        keyLength = shared + further;
        if (keyLength > key.length) {
            key = Arrays.copyOf(key, Math.max(keyLength, key.length * 2));
        }
        System.arraycopy(block, at, key, shared, further);
        valueStart = at + further;
        at = valueStart + valueLength;
        return true;
    }

    int compareKey(byte[] other) {
        return Arrays.compareUnsigned(key, 0, keyLength, other, 0, other.length);
    }

    byte[] key() {
        return Arrays.copyOf(key, keyLength);
    }

    byte[] value() {
        return Arrays.copyOfRange(block, valueStart, valueStart + valueLength);
    }

    private int varInt() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = block[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
