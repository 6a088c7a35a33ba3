package org.ashar.embedded.sorted;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Says of most keys that a file does not hold, that it does not hold them: ten to twenty bits a
 * key. Its size is a power of two, so that one made for too many keys can be folded.
 */
final class Bloom {
    private static final int BITS_PER_KEY = 10;
    private static final int HASHES = 7;
    private static final long MOST_BITS = 1L << 33;

    private long[] words;

    private Bloom(long[] words) {
        this.words = words;
    }

    static Bloom forEntries(long entries) {
        return new Bloom(new long[(int) (bits(entries) / Long.SIZE)]);
    }

    private static long bits(long entries) {
        long wanted = Math.clamp(entries * BITS_PER_KEY, Long.SIZE, MOST_BITS);
        return Long.highestOneBit(wanted - 1) << 1;
    }

    static Bloom read(ByteBuffer bytes) {
        long[] words = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(words);
        return new Bloom(words);
    }

    /** The filter as bytes, folded to what so many keys need. */
    byte[] toArray(long entries) {
        while ((long) words.length * Long.SIZE > bits(entries)) {
            long[] folded = Arrays.copyOf(words, words.length / 2);
            for (int i = 0; i < folded.length; i++) {
                folded[i] |= words[i + folded.length];
            }
            words = folded;
        }
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    void add(byte[] key) {
        long hash = hash(key);
        long step = step(hash);
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(hash + i * step);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayHold(long hash) {
        long step = step(hash);
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(hash + i * step);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static long step(long hash) {
        return (hash >>> 32 | 1) * 0x9e3779b97f4a7c15L;
    }

    private long bit(long hash) {
        return hash & ((long) words.length << 6) - 1;
    }

    static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : key) {
            hash = (hash ^ one) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
