package org.ashar.embedded.sorted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.Trouble;
import org.ashar.embedded.journal.Troubles;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted file, opened for reading. Every block is checked when it is read from disk,
 * and the store's {@link Troubles} hear of one that is not as it was written. Counted references
 * keep the file while somebody reads it; the last one out closes it, and deletes it where a merge
 * has replaced it.
 */
final class Table {
    private final Path file;
    private final long number;
    private final FileChannel channel;
    private final BlockCache cache;
    private final Troubles troubles;
    private final long size;
    private final long entries;
    private final long[] offsets;
    private final int[] lengths;
    private final byte[][] firstKeys;
    private final Bloom bloom;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile boolean replaced;

    private Table(Path file, long number, FileChannel channel, BlockCache cache, Troubles troubles)
            throws IOException {
        this.file = file;
        this.number = number;
        this.channel = channel;
        this.cache = cache;
        this.troubles = troubles;
        this.size = channel.size();
        if (size < TableWriter.FOOTER) {
            throw damaged("is cut off");
        }
        byte[] last = read(size - TableWriter.FOOTER, TableWriter.FOOTER);
        ByteBuffer footer = ByteBuffer.wrap(last);
        int sum = TableWriter.checksum(last, 0, TableWriter.FOOTER - Integer.BYTES);
        if (footer.getInt(TableWriter.FOOTER - 4) != sum
                || footer.getLong(36) != TableWriter.MAGIC) {
            throw damaged("has no valid footer");
        }
        if (footer.getInt(32) != TableWriter.FORMAT) {
            throw damaged("is of format " + footer.getInt(32) + ", which is unknown here");
        }
        long indexOffset = footer.getLong();
        byte[] indexBytes = read(indexOffset, footer.getInt());
        byte[] filter = read(indexOffset + indexBytes.length, footer.getInt());
        int blocks = footer.getInt();
        entries = footer.getLong();
        CRC32C crc = new CRC32C();
        crc.update(indexBytes);
        crc.update(filter);
        if ((int) crc.getValue() != footer.getInt()) {
            throw damaged("has a damaged index");
        }
        bloom = Bloom.read(ByteBuffer.wrap(filter));
        ByteBuffer index = ByteBuffer.wrap(indexBytes);
        offsets = new long[blocks];
        lengths = new int[blocks];
        firstKeys = new byte[blocks][];
        for (int block = 0; block < blocks; block++) {
            offsets[block] = index.getLong();
            lengths[block] = index.getInt();
            firstKeys[block] = new byte[index.getInt()];
            index.get(firstKeys[block]);
        }
    }

    static Table open(Path file, long number, BlockCache cache, Troubles troubles)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Table(file, number, channel, cache, troubles);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long number() {
        return number;
    }

    long size() {
        return size;
    }

    long entries() {
        return entries;
    }

    /** Whether it may hold a key of this {@link Bloom#hash}. */
    boolean mayHold(long hash) {
        return bloom.mayHold(hash);
    }

    /**
     * The value, an empty one for a removal, or null where this file does not know the key.
     *
     * @param hash the key's {@link Bloom#hash}, computed once for all files
     */
    byte @Nullable [] get(byte[] key, long hash) throws IOException {
        if (!bloom.mayHold(hash)) {
            return null;
        }
        int block = blockOf(key);
        if (block < 0) {
            return null;
        }
        BlockCursor cursor = new BlockCursor(block(block), lengths[block]);
        while (cursor.next()) {
            int order = cursor.compareKey(key);
            if (order >= 0) {
                return order == 0 ? cursor.value() : null;
            }
        }
        return null;
    }

    EntryCursor from(byte[] key) throws IOException {
        return new TableCursor(this, Math.max(0, blockOf(key)), key, true);
    }

    /** All entries, for a merge: what it reads once does not push out what queries read. */
    EntryCursor all() throws IOException {
        return new TableCursor(this, 0, new byte[0], false);
    }

    /** Whether the first key of any block is such a one. */
    boolean anyFirstKey(Predicate<byte[]> such) {
        return Arrays.stream(firstKeys).anyMatch(such);
    }

    int blocks() {
        return offsets.length;
    }

    /** Bytes of a block. */
    int length(int block) {
        return lengths[block];
    }

    /** A block, which the cache keeps. */
    byte[] block(int block) throws IOException {
        byte[] cached = cache.get(number, block);
        if (cached != null) {
            return cached;
        }
        byte[] bytes = new byte[inside(offsets[block], lengths[block])];
        readBlock(block, bytes);
        cache.put(number, block, bytes);
        return bytes;
    }

    /** Reads a block into a buffer that is large enough, past the cache. */
    void readBlock(int block, byte[] into) throws IOException {
        try {
            readChecked(block, into);
        } catch (DamagedStoreException e) {
            troubles.meet(Trouble.DAMAGED, e);
            throw e;
        }
    }

    private void readChecked(int block, byte[] into) throws IOException {
        int length = lengths[block];
        int content = length - Integer.BYTES;
        read(offsets[block], into, length);
        if (ByteBuffer.wrap(into).getInt(content) != TableWriter.checksum(into, 0, content)) {
            throw damaged("has a damaged block at " + offsets[block]);
        }
    }

    /** The last block whose first key is not greater; -1 where all are. */
    private int blockOf(byte[] key) {
        int found = Arrays.binarySearch(firstKeys, key, Arrays::compareUnsigned);
        return found >= 0 ? found : -found - 2;
    }

    private byte[] read(long offset, int length) throws IOException {
        byte[] bytes = new byte[inside(offset, length)];
        read(offset, bytes, length);
        return bytes;
    }

    private void read(long offset, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, inside(offset, length));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw damaged("ends early");
            }
        }
    }

    private int inside(long offset, int length) throws DamagedStoreException {
        if (offset < 0 || length < 0 || offset + length > size) {
            throw damaged("points outside of itself");
        }
        return length;
    }

    private DamagedStoreException damaged(String what) {
        return new DamagedStoreException("table " + file + " " + what);
    }

    /** Takes a reference; false where the file is already on its way out. */
    boolean tryUse() {
        while (true) {
            int count = users.get();
            if (count == 0) {
                return false;
            }
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    void release() throws IOException {
        if (users.decrementAndGet() == 0) {
            channel.close();
            if (replaced) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Lets the last user delete the file. */
    void replaced() {
        replaced = true;
    }
}
