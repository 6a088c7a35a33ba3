package org.ashar.embedded.sorted;

import java.io.IOException;

/** Walks a table's entries from a key on; decodes an entry only when it is reached. */
final class TableCursor implements EntryCursor {
    private final Table table;
    private final byte[] from;
    private final boolean keep;
    private int block;
    private BlockCursor entries;
    private boolean begun;

    TableCursor(Table table, int block, byte[] from, boolean keep) throws IOException {
        this.table = table;
        this.block = block;
        this.from = from;
        this.keep = keep;
        this.entries =
                new BlockCursor(table.blocks() == 0 ? new byte[4] : table.block(block, keep));
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
            entries = new BlockCursor(table.block(block, keep));
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
