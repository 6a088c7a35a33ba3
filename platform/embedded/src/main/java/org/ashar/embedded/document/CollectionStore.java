package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.ashar.embedded.sorted.Bytes;
import org.ashar.embedded.sorted.Entries;
import org.ashar.embedded.sorted.Snapshot;
import org.ashar.embedded.sorted.SortedStore;
import org.ashar.embedded.sorted.WriteBatch;
import org.jspecify.annotations.Nullable;

/**
 * The documents and index entries of one collection. A document and all its entries change in one
 * batch, so that no crash can part them. Those who write hold {@link #turn}; readers hold nothing.
 */
final class CollectionStore {
    private static final int BUILD_BATCH = 512 << 10;

    /** Writers take turns, so that what a unique index was asked is still true when written. */
    final ReentrantLock turn = new ReentrantLock();

    private final String namespace;
    private final Catalogue catalogue;
    private final SortedStore store;
    private final LongAdder read;
    private volatile CollectionSpec spec;
    private long count = -1;

    CollectionStore(
            String namespace,
            CollectionSpec spec,
            Catalogue catalogue,
            SortedStore store,
            LongAdder read) {
        this.namespace = namespace;
        this.spec = spec;
        this.catalogue = catalogue;
        this.store = store;
        this.read = read;
    }

    CollectionSpec spec() {
        return spec;
    }

    /** Runs a plan and keeps what {@code filter} takes. */
    QueryRun run(QueryPlan plan, Predicate<Document> filter) {
        return new QueryRun(store, spec.id(), plan, filter, read);
    }

    @Nullable Document get(DocKey key) {
        byte[] stored = store.get(documentKey(key));
        return stored == null ? null : Bson.decode(stored);
    }

    void insert(DocKey key, Document document) {
        if (store.get(documentKey(key)) != null) {
            throw new DuplicateKeyError(
                    namespace, "_id_ dup key: " + new Document("_id", document.get("_id")));
        }
        write(key, null, document);
        if (count >= 0) {
            count++;
        }
    }

    void replace(DocKey key, Document before, Document after) {
        write(key, before, after);
    }

    void remove(DocKey key, Document before) {
        write(key, before, null);
        if (count >= 0) {
            count--;
        }
    }

    private void write(DocKey key, @Nullable Document before, @Nullable Document after) {
        WriteBatch batch = new WriteBatch();
        CollectionSpec now = spec;
        CollectionSpec next = now;
        boolean respecified = false;
        if (after != null) {
            batch.put(documentKey(key), Bson.encode(after));
        }
        for (IndexSpec index : now.indexes()) {
            IndexSpec.Entries old = entries(index, before);
            IndexSpec.Entries fresh = entries(index, after);
            for (byte[] values : missing(fresh, old)) {
                if (index.unique()) {
                    refuseDuplicate(index, values, key, after);
                }
                batch.put(IndexEntry.key(index, values, key), IndexEntry.value(index, key));
            }
            for (byte[] values : missing(old, fresh)) {
                batch.remove(IndexEntry.key(index, values, key));
            }
            if (fresh.array() && !index.multikey()) {
                next = next.with(index.asMultikey());
                respecified = true;
            }
        }
        if (after == null) {
            batch.remove(documentKey(key));
        }
        if (respecified) {
            catalogue.save(namespace, next, batch);
            spec = next;
        } else {
            store.apply(batch);
        }
    }

    private static IndexSpec.Entries entries(IndexSpec index, @Nullable Document document) {
        return document == null ? IndexSpec.Entries.NONE : index.entriesOf(document);
    }

    private static List<byte[]> missing(IndexSpec.Entries of, IndexSpec.Entries in) {
        List<byte[]> missing = new ArrayList<>(of.values().size());
        for (byte[] values : of.values()) {
            if (in.values().stream().noneMatch(other -> Arrays.equals(other, values))) {
                missing.add(values);
            }
        }
        return missing;
    }

    private void refuseDuplicate(
            IndexSpec index, byte[] values, DocKey key, @Nullable Document document) {
        byte[] owner = store.get(IndexEntry.key(index, values, key));
        if (owner != null && !Arrays.equals(owner, key.bytes())) {
            throw duplicate(index, document);
        }
    }

    private DuplicateKeyError duplicate(IndexSpec index, @Nullable Document document) {
        Document values = new Document();
        for (IndexSpec.Key key : index.keys()) {
            Object value = document == null ? null : key.path().in(document);
            values.put(key.path().text(), value instanceof Missing ? null : value);
        }
        return new DuplicateKeyError(
                namespace, index.name() + " dup key: " + values.toString(true));
    }

    /** Builds an index over what is stored, unless it is there already. */
    void createIndex(StoredIndex wanted) {
        if (spec.index(wanted.getName()).isPresent()) {
            return;
        }
        IndexSpec index = wanted.spec(catalogue.newNumber());
        try {
            build(index);
        } catch (RuntimeException e) {
            catalogue.release(index.id());
            throw e;
        }
    }

    private void build(IndexSpec wanted) {
        IndexSpec index = wanted;
        WriteBatch batch = new WriteBatch();
        TreeSet<byte[]> inBatch = new TreeSet<>(Arrays::compareUnsigned);
        QueryRun all = run(QueryPlanner.plan(spec, new Document(), null, false), _ -> true);
        while (all.hasNext()) {
            Document document = all.next().document();
            DocKey key = StoredCollection.keyOf(document);
            IndexSpec.Entries entries = index.entriesOf(document);
            for (byte[] values : entries.values()) {
                if (index.unique()) {
                    if (!inBatch.add(values)) {
                        throw duplicate(index, document);
                    }
                    refuseDuplicate(index, values, key, document);
                }
                batch.put(IndexEntry.key(index, values, key), IndexEntry.value(index, key));
            }
            if (entries.array()) {
                index = index.asMultikey();
            }
            if (batch.size() > BUILD_BATCH) {
                store.apply(batch);
                batch = new WriteBatch();
                inBatch.clear();
            }
        }
        CollectionSpec next = spec.with(index);
        catalogue.save(namespace, next, batch);
        spec = next;
    }

    void dropIndex(String name) {
        if (catalogue.has(namespace) && spec.index(name).isPresent()) {
            CollectionSpec next = spec.without(name);
            catalogue.save(namespace, next, new WriteBatch());
            spec = next;
        }
    }

    /** How many documents there are; counted once, kept up afterwards. */
    long count() {
        turn.lock();
        try {
            if (count < 0) {
                byte[] prefix = new Bytes(Integer.BYTES).putInt(spec.id()).toArray();
                long counted = 0;
                try (Snapshot snapshot = store.snapshot()) {
                    Entries entries = snapshot.scan(prefix, Bytes.afterPrefix(prefix));
                    while (entries.next()) {
                        counted++;
                    }
                }
                count = counted;
            }
            return count;
        } finally {
            turn.unlock();
        }
    }

    private byte[] documentKey(DocKey key) {
        return new Bytes(Integer.BYTES + key.bytes().length)
                .putInt(spec.id())
                .put(key.bytes())
                .toArray();
    }
}
