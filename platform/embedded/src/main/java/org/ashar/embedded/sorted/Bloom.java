package org.ashar.embedded.sorted;

import java.nio.ByteBuffer;

/** Says of most keys that a file does not hold, that it does not hold them: ten bits a key. */
final class Bloom {
    private static final int BITS_PER_KEY = 10;
    private static final int HASHES = 7;

    private final long[] words;

    private Bloom(long[] words) {
        this.words = words;
    }

    static Bloom forEntries(long entries) {
        long bits = Math.max(64, entries * BITS_PER_KEY);
        return new Bloom(new long[Math.toIntExact(Math.min(1 << 27, (bits + 63) >>> 6))]);
    }

    static Bloom read(ByteBuffer bytes) {
        long[] words = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(words);
        return new Bloom(words);
    }

    byte[] toArray() {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    void add(byte[] key) {
        long hash = hash(key);
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(hash, i);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayHold(byte[] key) {
        long hash = hash(key);
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(hash, i);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private long bit(long hash, int i) {
        long mixed = hash + i * ((hash >>> 32) | 1) * 0x9e3779b97f4a7c15L;
        return Long.remainderUnsigned(mixed, (long) words.length << 6);
    }

    private static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : key) {
            hash = (hash ^ one) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
