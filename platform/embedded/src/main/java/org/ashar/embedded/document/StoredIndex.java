package org.ashar.embedded.document;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/**
 * What the front end is told of an index. It does no work of its own: {@link StoredCollection}
 * checks and changes all entries of a document in one atomic write.
 */
final class StoredIndex extends Index<DocKey> {
    private final boolean unique;

    StoredIndex(String name, List<IndexKey> keys, boolean unique, boolean sparse) {
        super(name, keys, sparse);
        this.unique = unique;
    }

    IndexSpec spec(int id) {
        return new IndexSpec(id, getName(), IndexSpec.keys(getKeys()), unique, isSparse(), false);
    }

    @Override
    public boolean hasSameOptions(Index<?> other) {
        return other instanceof StoredIndex index && spec(0).sameRules(index.spec(0));
    }

    @Override
    public boolean isUnique() {
        return unique;
    }

    @Override
    public DocKey getPosition(Document document) {
        return StoredCollection.keyOf(document);
    }

    @Override
    public DocKey remove(Document document) {
        return StoredCollection.keyOf(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<DocKey> collection) {}

    @Override
    public void add(Document document, DocKey position, MongoCollection<DocKey> collection) {}

    @Override
    public void checkUpdate(
            Document oldDocument, Document newDocument, MongoCollection<DocKey> collection) {}

    @Override
    public void updateInPlace(
            Document oldDocument,
            Document newDocument,
            DocKey position,
            MongoCollection<DocKey> collection) {}

    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<DocKey> getPositions(Document query) {
        throw new UnsupportedOperationException("queries are planned by the collection");
    }

    @Override
    public long getCount() {
        return 0;
    }

    @Override
    public long getDataSize() {
        return 0;
    }

    @Override
    public void drop() {}
}
