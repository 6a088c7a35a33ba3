package org.ashar.embedded.sorted;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The newest changes, in memory; the journal holds them too until they are in a file. */
final class Memtable {
    /** Stands for "removed"; values are never empty. */
    static final byte[] REMOVED = new byte[0];

    private final ConcurrentNavigableMap<byte[], byte[]> entries =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private volatile long bytes;

    static boolean isRemoved(byte[] value) {
        return value.length == 0;
    }

    void put(byte[] key, byte[] value) {
        entries.put(key, value);
    }

    /** Called by the one thread that writes. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void grew(int more) {
        bytes += more;
    }

    byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    /** Bytes written into it, overwritten ones included: what its journal takes. */
    long bytes() {
        return bytes;
    }

    int entries() {
        return entries.size();
    }

    EntryCursor from(byte[] key) {
        return new MemtableCursor(entries.tailMap(key, true).entrySet().iterator());
    }

    private static final class MemtableCursor implements EntryCursor {
        private final Iterator<Map.Entry<byte[], byte[]>> iterator;
        private Map.@Nullable Entry<byte[], byte[]> current;

        MemtableCursor(Iterator<Map.Entry<byte[], byte[]>> iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean advance() {
            current = iterator.hasNext() ? iterator.next() : null;
            return current != null;
        }

        @Override
        public byte[] key() {
            return entry().getKey();
        }

        @Override
        public byte[] value() {
            return entry().getValue();
        }

        private Map.Entry<byte[], byte[]> entry() {
            Map.Entry<byte[], byte[]> entry = current;
            if (entry == null) {
                throw new IllegalStateException("not on an entry");
            }
            return entry;
        }
    }
}
