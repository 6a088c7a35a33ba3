package org.ashar.embedded.sorted;

/**
 * Numbers of a {@link SortedStore}.
 *
 * @param memtableBytes written bytes after which they go from memory to a sorted file
 * @param cacheBytes memory for blocks read from files
 * @param journal false acknowledges without writing a journal: only for proving the crash test
 */
public record SortedStoreOptions(long memtableBytes, long cacheBytes, boolean journal) {}
