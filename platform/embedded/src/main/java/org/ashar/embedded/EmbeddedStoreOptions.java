package org.ashar.embedded;

/**
 * Numbers of an {@link EmbeddedStore}.
 *
 * @param memtableBytes bytes written until they go from memory and journal to a sorted file; about
 *     four times as many may be in memory for a moment
 * @param cacheBytes memory for what is read from sorted files
 * @param journal false acknowledges without writing a journal, so that a crash loses what was
 *     acknowledged. Only for proving that the crash test notices.
 */
public record EmbeddedStoreOptions(long memtableBytes, long cacheBytes, boolean journal) {
    private static final long MIB = 1 << 20;

    public EmbeddedStoreOptions {
        if (memtableBytes < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException(
                    "a memtable has bytes and a cache no less than none");
        }
    }

    /** For one installation on one machine: 16 MiB of changes in memory, 32 MiB of cache. */
    public static EmbeddedStoreOptions defaults() {
        return new EmbeddedStoreOptions(16 * MIB, 32 * MIB, true);
    }

    /** The same, acknowledging what it does not keep: see {@link #journal()}. */
    public EmbeddedStoreOptions withoutJournal() {
        return new EmbeddedStoreOptions(memtableBytes, cacheBytes, false);
    }
}
