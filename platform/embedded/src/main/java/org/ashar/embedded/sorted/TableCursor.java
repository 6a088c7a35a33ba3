package org.ashar.embedded.sorted;

import java.io.IOException;

/** Walks a table's entries from a key on; decodes an entry only when it is reached. */
final class TableCursor implements EntryCursor {
    private final Table table;
    private final byte[] from;
    private final boolean keep;
    private byte[] buffer = new byte[0];
    private int block;
    private BlockCursor entries;
    private boolean begun;

    /**
     * @param keep whether the cache keeps what is read; else all blocks are read into one buffer
     */
    TableCursor(Table table, int block, byte[] from, boolean keep) throws IOException {
        this.table = table;
        this.block = block;
        this.from = from;
        this.keep = keep;
        this.entries = entries();
    }

    private BlockCursor entries() throws IOException {
        if (block >= table.blocks()) {
            return BlockCursor.none();
        }
        int length = table.length(block);
        if (keep) {
            return new BlockCursor(table.block(block), length);
        }
        if (buffer.length < length) {
            buffer = new byte[length + length / 4];
        }
        table.readBlock(block, buffer);
        return new BlockCursor(buffer, length);
    }

    @Override
    public boolean advance() throws IOException {
        while (true) {
            while (entries.next()) {
                if (begun || entries.compareKey(from) >= 0) {
                    begun = true;
                    return true;
                }
            }
            if (++block >= table.blocks()) {
                return false;
            }
            entries = entries();
        }
    }

    @Override
    public byte[] key() {
        return entries.key();
    }

    @Override
    public byte[] value() {
        return entries.value();
    }
}
