package org.ashar.embedded.sorted;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing array of bytes; numbers are written with the most significant byte first. */
public final class Bytes {
    private byte[] array;
    private int size;

    public Bytes(int capacity) {
        array = new byte[capacity];
    }

    public int size() {
        return size;
    }

    /** Forgets everything from {@code newSize} on. */
    public void cut(int newSize) {
        size = newSize;
    }

    public byte[] array() {
        return array;
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    public Bytes put(int oneByte) {
        room(1);
        array[size++] = (byte) oneByte;
        return this;
    }

    public Bytes put(byte[] source) {
        return put(source, 0, source.length);
    }

    public Bytes put(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, array, size, length);
        size += length;
        return this;
    }

    public Bytes putInt(int value) {
        return put(value >>> 24).put(value >>> 16).put(value >>> 8).put(value);
    }

    public Bytes putLong(long value) {
        return putInt((int) (value >>> 32)).putInt((int) value);
    }

    /** Seven bits a byte, the lowest first; the value is not negative. */
    public Bytes putVarInt(int value) {
        int rest = value;
        while (rest >= 0x80) {
            put(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return put(rest);
    }

    /** Turns every byte from {@code from} on into its complement, which reverses their order. */
    public void complement(int from) {
        for (int at = from; at < size; at++) {
            array[at] = (byte) ~array[at];
        }
    }

    private void room(int more) {
        if (size + more > array.length) {
            array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
        }
    }

    /**
     * The least key greater than every key that begins with {@code prefix}; null where there is
     * none.
     */
    public static byte @Nullable [] afterPrefix(byte[] prefix) {
        for (int at = prefix.length - 1; at >= 0; at--) {
            if (prefix[at] != (byte) 0xff) {
                byte[] after = Arrays.copyOf(prefix, at + 1);
                after[at]++;
                return after;
            }
        }
        return null;
    }
}
