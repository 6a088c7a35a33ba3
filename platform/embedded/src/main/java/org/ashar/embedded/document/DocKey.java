package org.ashar.embedded.document;

import java.util.Arrays;

/** Where a document is: its {@code _id}, in the encoding of {@link ValueCodec}. */
final class DocKey {
    private final byte[] bytes;

    DocKey(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
