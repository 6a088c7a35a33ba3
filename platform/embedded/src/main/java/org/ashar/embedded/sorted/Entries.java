package org.ashar.embedded.sorted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entries that exist, in the order of their keys; begins before the first one. */
public final class Entries {
    private final EntryCursor cursor;
    private final byte @Nullable [] to;

    Entries(EntryCursor cursor, byte @Nullable [] to) {
        this.cursor = cursor;
        this.to = to;
    }

    /** Goes to the next entry; false at the end. */
    public boolean next() {
        try {
            while (cursor.advance()) {
                if (to != null && Arrays.compareUnsigned(cursor.key(), to) >= 0) {
                    return false;
                }
                if (!Memtable.isRemoved(cursor.value())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] key() {
        return cursor.key();
    }

    public byte[] value() {
        return cursor.value();
    }
}
