package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.ashar.embedded.sorted.Bytes;
import org.ashar.embedded.sorted.Entries;
import org.ashar.embedded.sorted.Snapshot;
import org.ashar.embedded.sorted.SortedStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a query page by page. Between pages it holds nothing but the key to go on
 * from, so it may rest for long; documents that change meanwhile are seen as they are when their
 * page is read, as with a MongoDB cursor.
 */
final class QueryRun implements Iterator<QueryRun.Found> {
    private static final int FIRST_PAGE = 16;
    private static final int LARGEST_PAGE = 512;
    private static final int PAGE_BYTES = 2 << 20;

    private final SortedStore store;
    private final int documents;
    private final QueryPlan plan;
    private final Predicate<Document> filter;
    private final LongAdder read;
    private final ArrayDeque<Found> page = new ArrayDeque<>();
    private final Set<DocKey> seen = new HashSet<>();
    private int part;
    private byte @Nullable [] from;
    private int pageSize = FIRST_PAGE;

    /** A document and its size in bytes. */
    record Found(Document document, int size) {}

    QueryRun(
            SortedStore store,
            int documents,
            QueryPlan plan,
            Predicate<Document> filter,
            LongAdder read) {
        this.store = store;
        this.documents = documents;
        this.plan = plan;
        this.filter = filter;
        this.read = read;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !exhausted()) {
            readPage();
            pageSize = Math.min(LARGEST_PAGE, pageSize * 2);
        }
        return !page.isEmpty();
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private boolean exhausted() {
        return part >= (plan.exact() != null ? plan.exact().size() : plan.ranges().size());
    }

    private void readPage() {
        try (Snapshot snapshot = store.snapshot()) {
            if (plan.exact() != null) {
                readExact(snapshot, plan.exact());
            } else {
                readRanges(snapshot);
            }
        }
    }

    private void readExact(Snapshot snapshot, List<byte[]> keys) {
        for (int left = pageSize; left > 0 && part < keys.size(); left--) {
            byte[] key = keys.get(part++);
            byte[] value = snapshot.get(key);
            if (value != null) {
                visit(snapshot, key, value);
            }
        }
    }

    private void readRanges(Snapshot snapshot) {
        int left = pageSize;
        int bytes = 0;
        while (left > 0 && !exhausted()) {
            QueryPlan.Range range = plan.ranges().get(part);
            Entries entries = snapshot.scan(from == null ? range.from() : from, range.to());
            boolean ended = true;
            while (entries.next()) {
                bytes += visit(snapshot, entries.key(), entries.value());
                if (--left == 0 || bytes > PAGE_BYTES) {
                    from = after(entries.key());
                    ended = false;
                    left = 0;
                    break;
                }
            }
            if (ended) {
                part++;
                from = null;
            }
        }
    }

    /** The least key greater than this one. */
    private static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private int visit(Snapshot snapshot, byte[] key, byte[] value) {
        IndexSpec index = plan.index();
        if (index == null) {
            return offer(value);
        }
        byte[] id = IndexEntry.documentOf(index, key, value);
        if (index.multikey() && !seen.add(new DocKey(id))) {
            return 0;
        }
        return offer(snapshot.get(documentKey(id)));
    }

    private int offer(byte @Nullable [] stored) {
        if (stored == null) {
            return 0;
        }
        read.increment();
        Document document = Bson.decode(stored);
        if (!filter.test(document)) {
            return 0;
        }
        page.add(new Found(document, stored.length));
        return stored.length;
    }

    private byte[] documentKey(byte[] id) {
        return new Bytes(Integer.BYTES + id.length).putInt(documents).put(id).toArray();
    }
}
