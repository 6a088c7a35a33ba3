package org.ashar.embedded.document;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ashar.embedded.sorted.Bytes;

/**
 * One entry of an index in the store. In a unique index: number and values → the document's id, so
 * that asking whether values are taken is one lookup. In others: number, values and id → how long
 * the id is.
 */
final class IndexEntry {
    /** Most entries share their value with many others, in memory too. */
    private static final byte[][] LENGTHS =
            IntStream.range(0, 128).mapToObj(IndexEntry::varInt).toArray(byte[][]::new);

    private IndexEntry() {}

    static byte[] key(IndexSpec index, byte[] values, DocKey document) {
        Bytes key = new Bytes(Integer.BYTES + values.length + document.bytes().length);
        key.putInt(index.id()).put(values);
        return (index.unique() ? key : key.put(document.bytes())).toArray();
    }

    static byte[] value(IndexSpec index, DocKey document) {
        if (index.unique()) {
            return document.bytes();
        }
        int length = document.bytes().length;
        return length < LENGTHS.length ? LENGTHS[length] : varInt(length);
    }

    private static byte[] varInt(int value) {
        return new Bytes(2).putVarInt(value).toArray();
    }

    static byte[] documentOf(IndexSpec index, byte[] key, byte[] value) {
        if (index.unique()) {
            return value;
        }
        int length = 0;
        for (int i = 0; i < value.length; i++) {
            length |= (value[i] & 0x7f) << 7 * i;
        }
        return Arrays.copyOfRange(key, key.length - length, key.length);
    }
}
