package org.ashar.embedded.sorted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files and memory of a store, held for a while. Changes that reach memory while it is open may
 * be seen. Close it soon: it keeps replaced files on disk.
 */
public final class Snapshot implements AutoCloseable {
    private final List<Memtable> memtables;
    private final List<Table> tables;

    Snapshot(List<Memtable> memtables, List<Table> tables) {
        this.memtables = memtables;
        this.tables = tables;
    }

    /** What is stored under the key, or null. */
    public byte @Nullable [] get(byte[] key) {
        for (Memtable memtable : memtables) {
            byte[] value = memtable.get(key);
            if (value != null) {
                return Memtable.isRemoved(value) ? null : value;
            }
        }
        long hash = Bloom.hash(key);
        try {
            for (Table table : tables) {
                byte[] value = table.get(key, hash);
                if (value != null) {
                    return Memtable.isRemoved(value) ? null : value;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }

    /**
     * Walks the entries in the order of their keys.
     *
     * @param from the least key
     * @param to the key to stop before, or null for no end
     */
    public Entries scan(byte[] from, byte @Nullable [] to) {
        List<EntryCursor> sources = new ArrayList<>();
        memtables.forEach(memtable -> sources.add(memtable.from(from)));
        try {
            for (Table table : tables) {
                sources.add(table.from(from));
            }
            return new Entries(new MergeCursor(sources), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        SortedStore.releaseAll(tables);
    }
}
