package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a collection beside its documents.
 *
 * @param id number under which its documents are stored
 * @param indexes secondary indexes; the order by {@code _id} is the documents' own
 */
record CollectionSpec(int id, List<IndexSpec> indexes) {
    CollectionSpec with(IndexSpec index) {
        List<IndexSpec> more = new ArrayList<>(indexes);
        more.removeIf(other -> other.name().equals(index.name()));
        more.add(index);
        return new CollectionSpec(id, List.copyOf(more));
    }

    CollectionSpec without(String name) {
        return new CollectionSpec(
                id, indexes.stream().filter(index -> !index.name().equals(name)).toList());
    }

    Optional<IndexSpec> index(String name) {
        return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    Document toDocument() {
        return new Document("id", id)
                .append("indexes", indexes.stream().map(IndexSpec::toDocument).toList());
    }

    static CollectionSpec fromDocument(Document document) {
        List<IndexSpec> indexes = new ArrayList<>();
        for (Object index : Bson.field(document, "indexes", List.class)) {
            indexes.add(IndexSpec.fromDocument((Document) index));
        }
        return new CollectionSpec(Bson.field(document, "id", Integer.class), List.copyOf(indexes));
    }
}
