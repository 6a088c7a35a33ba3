package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CannotIndexParallelArraysError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.ashar.embedded.sorted.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One ordered index. Its entries are the encoded values of its keys, in order, followed by the
 * document's key; a unique index lets only one document have an entry for the same values.
 *
 * @param id number under which its entries are stored
 * @param multikey whether an array was ever indexed: a document may then have several entries
 */
record IndexSpec(
        int id, String name, List<Key> keys, boolean unique, boolean sparse, boolean multikey) {

    record Key(FieldPath path, boolean ascending) {}

    static List<Key> keys(List<IndexKey> keys) {
        return keys.stream()
                .map(key -> new Key(FieldPath.of(key.getKey()), key.isAscending()))
                .toList();
    }

    IndexSpec withId(int newId) {
        return new IndexSpec(newId, name, keys, unique, sparse, multikey);
    }

    IndexSpec asMultikey() {
        return new IndexSpec(id, name, keys, unique, sparse, true);
    }

    boolean sameRules(IndexSpec other) {
        return keys.equals(other.keys) && unique == other.unique && sparse == other.sparse;
    }

    /** What a document has in this index. */
    record Entries(List<byte[]> values, boolean array) {
        static final Entries NONE = new Entries(List.of(), false);
    }

    /** The encoded values under which a document stands, without the document's key. */
    Entries entriesOf(Document document) {
        @Nullable Object[] values = new @Nullable Object[keys.size()];
        int arrayAt = -1;
        boolean present = false;
        for (int i = 0; i < values.length; i++) {
            Object value = keys.get(i).path().in(document);
            values[i] = value;
            present |= !(value instanceof Missing);
            if (value instanceof Collection) {
                if (arrayAt >= 0) {
                    throw new CannotIndexParallelArraysError(
                            List.of(keys.get(arrayAt).path().text(), keys.get(i).path().text()));
                }
                arrayAt = i;
            }
        }
        if (sparse && !present) {
            return Entries.NONE;
        }
        if (arrayAt < 0) {
            return new Entries(List.of(encode(values)), false);
        }
        Collection<?> elements = (Collection<?>) values[arrayAt];
        if (elements == null || elements.isEmpty()) {
            return new Entries(List.of(encode(values)), true);
        }
        TreeSet<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
        for (Object element : elements) {
            values[arrayAt] = element;
            distinct.add(encode(values));
        }
        return new Entries(new ArrayList<>(distinct), true);
    }

    private byte[] encode(@Nullable Object[] values) {
        Bytes out = new Bytes(64);
        for (int i = 0; i < values.length; i++) {
            int start = out.size();
            ValueCodec.write(out, values[i]);
            if (!keys.get(i).ascending()) {
                out.complement(start);
            }
        }
        return out.toArray();
    }

    Document toDocument() {
        List<Document> fields = new ArrayList<>();
        for (Key key : keys) {
            fields.add(
                    new Document("path", key.path().text()).append("ascending", key.ascending()));
        }
        return new Document("id", id)
                .append("name", name)
                .append("keys", fields)
                .append("unique", unique)
                .append("sparse", sparse)
                .append("multikey", multikey);
    }

    static IndexSpec fromDocument(Document document) {
        List<Key> keys = new ArrayList<>();
        for (Object field : Bson.field(document, "keys", List.class)) {
            Document key = (Document) field;
            keys.add(
                    new Key(
                            FieldPath.of(Bson.field(key, "path", String.class)),
                            Bson.field(key, "ascending", Boolean.class)));
        }
        return new IndexSpec(
                Bson.field(document, "id", Integer.class),
                Bson.field(document, "name", String.class),
                List.copyOf(keys),
                Bson.field(document, "unique", Boolean.class),
                Bson.field(document, "sparse", Boolean.class),
                Bson.field(document, "multikey", Boolean.class));
    }

    /** How the front end describes it in {@code listIndexes}. */
    Document description(String namespace) {
        Document fields = new Document();
        keys.forEach(key -> fields.put(key.path().text(), key.ascending() ? 1 : -1));
        Document description = new Document("v", 2).append("key", fields).append("name", name);
        description.append("ns", namespace);
        if (unique) {
            description.append("unique", true);
        }
        if (sparse) {
            description.append("sparse", true);
        }
        return description;
    }
}
