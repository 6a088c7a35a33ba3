package org.ashar.embedded.document;

import java.util.Arrays;
import org.ashar.embedded.sorted.Bytes;

/**
 * One entry of an index in the store: the index's number, the encoded values, the document's id;
 * the value tells how long the id is.
 */
final class IndexEntry {
    private IndexEntry() {}

    static byte[] prefix(int index, byte[] values) {
        return new Bytes(Integer.BYTES + values.length).putInt(index).put(values).toArray();
    }

    static byte[] key(int index, byte[] values, DocKey document) {
        return new Bytes(Integer.BYTES + values.length + document.bytes().length)
                .putInt(index)
                .put(values)
                .put(document.bytes())
                .toArray();
    }

    static byte[] value(DocKey document) {
        return new Bytes(2).putVarInt(document.bytes().length).toArray();
    }

    static byte[] documentOf(byte[] key, byte[] value) {
        int length = 0;
        for (int i = 0; i < value.length; i++) {
            length |= (value[i] & 0x7f) << 7 * i;
        }
        return Arrays.copyOfRange(key, key.length - length, key.length);
    }
}
