package org.ashar.embedded.sorted;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes that happen together or not at all, in their order. Their journal record is what is on
 * disk afterwards (after-images), so that replaying one twice does no harm.
 */
public final class WriteBatch {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private int size;

    /** Stores a value, which is not empty. */
    public WriteBatch put(byte[] key, byte[] value) {
        if (Memtable.isRemoved(value)) {
            throw new IllegalArgumentException("a value is not empty");
        }
        return add(key, value);
    }

    private WriteBatch add(byte[] key, byte[] value) {
        keys.add(key);
        values.add(value);
        size += key.length + value.length + 2 * Integer.BYTES;
        return this;
    }

    public WriteBatch remove(byte[] key) {
        return add(key, Memtable.REMOVED);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Bytes of the journal record. */
    public int size() {
        return size;
    }

    byte[] record() {
        ByteBuffer record = ByteBuffer.allocate(size);
        for (int i = 0; i < keys.size(); i++) {
            byte[] value = values.get(i);
            record.putInt(keys.get(i).length);
            record.putInt(value.length);
            record.put(keys.get(i)).put(value);
        }
        return record.array();
    }

    static WriteBatch read(ByteBuffer record) {
        WriteBatch batch = new WriteBatch();
        while (record.hasRemaining()) {
            byte[] key = new byte[record.getInt()];
            int length = record.getInt();
            record.get(key);
            byte[] value = new byte[length];
            record.get(value);
            batch.add(key, value);
        }
        return batch;
    }

    void applyTo(Memtable memtable) {
        for (int i = 0; i < keys.size(); i++) {
            memtable.put(keys.get(i), values.get(i));
        }
        memtable.grew(size);
    }
}
