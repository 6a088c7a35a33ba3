package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ashar.embedded.sorted.Bytes;
import org.ashar.embedded.sorted.Entries;
import org.ashar.embedded.sorted.Snapshot;
import org.ashar.embedded.sorted.SortedStore;
import org.ashar.embedded.sorted.WriteBatch;
import org.jspecify.annotations.Nullable;

/**
 * Which collections and indexes there are. Every key of the store begins with a number of four
 * bytes: zero for the catalogue itself, else the number of a collection's documents or of an index.
 * Numbers are never given twice, so that dropping a collection is one small write and merges leave
 * its entries out later.
 */
final class Catalogue {
    private static final int SELF = 0;
    private static final int NO_NAMESPACE = 26;
    private static final String NEXT = "next";
    private static final String COLLECTION = "collection ";

    private final Map<String, CollectionSpec> collections = new TreeMap<>();
    private final Object guard = new Object();
    private @Nullable SortedStore store;
    private int next = 1;
    private final Set<Integer> reserved = new HashSet<>();
    private volatile @Nullable Set<Integer> live;

    /** Whether merges may leave an entry out; never before {@link #load}. */
    boolean isDropped(byte[] key) {
        Set<Integer> numbers = live;
        return numbers != null && !numbers.contains(ByteBuffer.wrap(key).getInt());
    }

    void load(SortedStore opened) {
        synchronized (guard) {
            store = opened;
            try (Snapshot snapshot = opened.snapshot()) {
                Entries entries = snapshot.scan(key(""), key(SELF + 1));
                while (entries.next()) {
                    String name =
                            new String(
                                    entries.key(),
                                    Integer.BYTES,
                                    entries.key().length - Integer.BYTES,
                                    StandardCharsets.UTF_8);
                    Document document = Bson.decode(entries.value());
                    if (name.equals(NEXT)) {
                        next = Bson.field(document, NEXT, Integer.class);
                    } else {
                        collections.put(
                                name.substring(COLLECTION.length()),
                                CollectionSpec.fromDocument(document));
                    }
                }
            }
            refresh();
        }
    }

    Map<String, CollectionSpec> all() {
        synchronized (guard) {
            return new TreeMap<>(collections);
        }
    }

    CollectionSpec openOrCreate(String namespace) {
        synchronized (guard) {
            CollectionSpec existing = collections.get(namespace);
            if (existing != null) {
                return existing;
            }
            CollectionSpec created = new CollectionSpec(newNumber(), List.of());
            save(namespace, created, new WriteBatch());
            return created;
        }
    }

    /** A number never used before, durable before anything stored under it. */
    int newNumber() {
        synchronized (guard) {
            int number = next++;
            opened().apply(new WriteBatch().put(key(NEXT), Bson.encode(new Document(NEXT, next))));
            reserved.add(number);
            refresh();
            return number;
        }
    }

    /**
     * Writes a changed collection together with {@code more}; returns the journal position. One
     * that was dropped meanwhile stays dropped.
     */
    long save(String namespace, CollectionSpec spec, WriteBatch more) {
        synchronized (guard) {
            CollectionSpec known = collections.get(namespace);
            boolean itself = known != null && known.id() == spec.id();
            if (!itself && !reserved.contains(spec.id())) {
                throw new MongoServerError(
                        NO_NAMESPACE, "NamespaceNotFound", namespace + " was dropped");
            }
            more.put(key(COLLECTION + namespace), Bson.encode(spec.toDocument()));
            long position = opened().apply(more);
            collections.put(namespace, spec);
            reserved.remove(spec.id());
            spec.indexes().forEach(index -> reserved.remove(index.id()));
            refresh();
            return position;
        }
    }

    /** Gives up a number whose index could not be built. */
    void release(int number) {
        synchronized (guard) {
            reserved.remove(number);
            refresh();
        }
    }

    void drop(String namespace) {
        synchronized (guard) {
            if (collections.containsKey(namespace)) {
                opened().apply(new WriteBatch().remove(key(COLLECTION + namespace)));
                collections.remove(namespace);
                refresh();
            }
        }
    }

    boolean has(String namespace) {
        synchronized (guard) {
            return collections.containsKey(namespace);
        }
    }

    private void refresh() {
        Set<Integer> numbers = new HashSet<>();
        numbers.add(SELF);
        numbers.addAll(reserved);
        for (CollectionSpec collection : collections.values()) {
            numbers.add(collection.id());
            collection.indexes().forEach(index -> numbers.add(index.id()));
        }
        live = numbers;
    }

    private SortedStore opened() {
        SortedStore opened = store;
        if (opened == null) {
            throw new IllegalStateException("the catalogue is not loaded");
        }
        return opened;
    }

    private static byte[] key(String name) {
        return new Bytes(64).putInt(SELF).put(name.getBytes(StandardCharsets.UTF_8)).toArray();
    }

    private static byte[] key(int number) {
        return new Bytes(Integer.BYTES).putInt(number).toArray();
    }
}
