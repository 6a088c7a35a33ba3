package org.ashar.embedded.sorted;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks read lately, up to a number of bytes; the one not used for longest goes first. */
final class BlockCache {
    private static final int OVERHEAD = 100;

    private final long limit;
    private final Map<Block, byte[]> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Block(long file, int number) {}

    BlockCache(long limit) {
        this.limit = limit;
    }

    synchronized byte @Nullable [] get(long file, int number) {
        return blocks.get(new Block(file, number));
    }

    synchronized void put(long file, int number, byte[] content) {
        byte[] before = blocks.put(new Block(file, number), content);
        bytes += content.length + OVERHEAD;
        if (before != null) {
            bytes -= before.length + OVERHEAD;
        }
        var oldest = blocks.values().iterator();
        while (bytes > limit && oldest.hasNext()) {
            bytes -= oldest.next().length + OVERHEAD;
            oldest.remove();
        }
    }
}
