package org.ashar.embedded.sorted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.ashar.embedded.journal.Disk;

/**
 * Writes one immutable sorted file.
 *
 * <pre>
 * blocks   entries (varint bytes shared with the key before · varint further key bytes ·
 *          varint value length, 0 for a removal · key bytes · value), then CRC32C
 * index    per block: long offset · int length · int key length · first key
 * bloom    longs
 * footer   long index offset · int index length · int bloom length · int blocks · long entries ·
 *          int CRC32C of index and bloom · int format · long magic · int CRC32C of the footer
 * </pre>
 */
final class TableWriter implements AutoCloseable {
    static final long MAGIC = 0x415348415254424cL;
    static final int FORMAT = 1;
    static final int FOOTER = 48;
    private static final int BLOCK = 8 << 10;
    private static final int BUFFER = 256 << 10;

    private final FileChannel channel;
    private final Bloom bloom;
    private final Bytes out = new Bytes(BUFFER + 2 * BLOCK);
    private final Bytes index = new Bytes(4096);
    private byte[] last = Memtable.REMOVED;
    private int blockStart;
    private int blockIndex;
    private long written;
    private int blocks;
    private long entries;

    TableWriter(Path file, long expectedEntries) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        bloom = Bloom.forEntries(expectedEntries);
    }

    /** Takes the next entry; keys rise. */
    void add(byte[] key, byte[] value) throws IOException {
        int shared = 0;
        if (out.size() == blockStart) {
            blockIndex = index.size();
            index.putLong(written + blockStart).putInt(0).putInt(key.length).put(key);
            blocks++;
        } else {
            int mismatch = Arrays.mismatch(last, key);
            shared = mismatch < 0 ? last.length : mismatch;
        }
        out.putVarInt(shared).putVarInt(key.length - shared);
        out.putVarInt(value.length);
        out.put(key, shared, key.length - shared).put(value);
        bloom.add(key);
        last = key;
        entries++;
        if (out.size() - blockStart >= BLOCK) {
            endBlock();
        }
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return written + out.size();
    }

    /** Completes the file and forces it to disk. */
    void finish() throws IOException {
        if (out.size() > blockStart) {
            endBlock();
        }
        flush();
        byte[] filter = bloom.toArray(entries);
        CRC32C crc = new CRC32C();
        crc.update(index.array(), 0, index.size());
        crc.update(filter);
        Bytes footer = new Bytes(FOOTER);
        footer.putLong(written).putInt(index.size()).putInt(filter.length).putInt(blocks);
        footer.putLong(entries).putInt((int) crc.getValue()).putInt(FORMAT).putLong(MAGIC);
        footer.putInt(checksum(footer.array(), 0, footer.size()));
        write(index.array(), index.size());
        write(filter, filter.length);
        write(footer.array(), footer.size());
        channel.force(true);
    }

    private void endBlock() throws IOException {
        out.putInt(checksum(out.array(), blockStart, out.size() - blockStart));
        ByteBuffer.wrap(index.array()).putInt(blockIndex + Long.BYTES, out.size() - blockStart);
        blockStart = out.size();
        if (out.size() >= BUFFER) {
            flush();
        }
    }

    private void flush() throws IOException {
        write(out.array(), out.size());
        written += out.size();
        out.cut(0);
        blockStart = 0;
    }

    private void write(byte[] bytes, int length) throws IOException {
        Disk.write(channel, ByteBuffer.wrap(bytes, 0, length));
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
