package org.ashar.embedded.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for the documents of a query.
 *
 * @param index the index to read, or null to read documents in the order of their ids
 * @param ranges the parts of it to read, in order, without overlap
 * @param exact keys to look up instead of reading ranges: of documents where there is no index, of
 *     entries of a unique index
 * @param ordered whether candidates come in the order the query asked for
 */
record QueryPlan(
        @Nullable IndexSpec index,
        List<Range> ranges,
        @Nullable List<byte[]> exact,
        boolean ordered) {

    /** Keys from {@code from} up to, but not including, {@code to}; null for no end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Range(byte[] from, byte @Nullable [] to) {}
}
