package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.IndexKeySpecsConflictException;
import de.bwaldvogel.mongo.exception.InvalidIdFieldError;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the front end works on: it decides what an update does to a document, {@link
 * CollectionStore} keeps the outcome. Writers take turns; readers take no lock and see each
 * document as some writer left it.
 */
final class StoredCollection extends AbstractMongoCollection<DocKey> {
    private static final int SAME_KEYS = 85;

    private final CollectionStore stored;
    private final QueryMatcher readMatcher = new DefaultQueryMatcher();
    private boolean onlyFirst;

    StoredCollection(
            StoredDatabase database, String name, CollectionStore stored, CursorRegistry cursors) {
        super(database, name, CollectionOptions.withDefaults(), cursors);
        this.stored = stored;
    }

    static DocKey keyOf(Document document) {
        return new DocKey(ValueCodec.encode(document.get("_id")));
    }

    private <T> T inTurn(Supplier<T> work) {
        stored.turn.lock();
        try {
            return work.get();
        } finally {
            stored.turn.unlock();
        }
    }

    /** Finds documents as they are asked for; nothing is read before. */
    Iterator<QueryRun.Found> find(Document filter, @Nullable Document sort, int skip, int limit) {
        return FoundDocuments.of(stored, this::matches, filter, sort, skip, limit);
    }

    private boolean matches(Document document, Document filter) {
        return readMatcher.matches(document, filter);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        boolean writing = stored.turn.isHeldByCurrentThread();
        Iterator<QueryRun.Found> found =
                find(query, orderBy, numberToSkip, writing && onlyFirst ? 1 : limit);
        FieldProjection projection = FieldProjection.of(fieldSelector);
        Iterator<Document> documents =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return found.hasNext();
                    }

                    @Override
                    public Document next() {
                        Document document = found.next().document();
                        return projection == null ? document : projection.apply(document);
                    }
                };
        if (!writing) {
            return new QueryResult(() -> documents);
        }
        List<Document> all = new ArrayList<>();
        documents.forEachRemaining(all::add);
        return new QueryResult(all);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            Document orderBy,
            int numberToSkip,
            int numberToReturn,
            int batchSize,
            Document fieldSelector) {
        return queryDocuments(
                query, orderBy, numberToSkip, numberToReturn, batchSize, fieldSelector);
    }

    @Override
    public void addDocument(Document document) {
        inTurn(
                () -> {
                    Document whole = document;
                    if (!document.containsKey("_id")) {
                        document.put("_id", new ObjectId());
                    }
                    refuseBadId(document.get("_id"));
                    stored.insert(keyOf(document), whole);
                    return whole;
                });
    }

    private static void refuseBadId(@Nullable Object id) {
        if (id instanceof Collection || id instanceof BsonRegularExpression) {
            throw new InvalidIdFieldError("The '_id' value cannot be an array or an expression");
        }
    }

    @Override
    public void removeDocument(Document document) {
        inTurn(
                () -> {
                    DocKey key = keyOf(document);
                    Document before = stored.get(key);
                    if (before != null) {
                        stored.remove(key, before);
                    }
                    return key;
                });
    }

    @Override
    protected void handleUpdate(DocKey position, Document oldDocument, Document newDocument) {
        stored.replace(position, oldDocument, newDocument);
    }

    @Override
    public List<Document> insertDocuments(List<Document> documents, boolean isOrdered) {
        return inTurn(() -> super.insertDocuments(documents, isOrdered));
    }

    @Override
    public int deleteDocuments(Document selector, int limit, Oplog oplog) {
        return inTurn(() -> super.deleteDocuments(selector, limit, oplog));
    }

    @Override
    public Document updateDocuments(
            Document selector,
            Document updateQuery,
            ArrayFilters arrayFilters,
            boolean isMulti,
            boolean isUpsert,
            Oplog oplog) {
        return inTurn(
                () -> {
                    onlyFirst = !isMulti;
                    try {
                        return super.updateDocuments(
                                selector, updateQuery, arrayFilters, isMulti, isUpsert, oplog);
                    } finally {
                        onlyFirst = false;
                    }
                });
    }

    @Override
    public Document findAndModify(Document query) {
        return inTurn(() -> super.findAndModify(query));
    }

    @Override
    public void addIndex(Index<DocKey> index) {
        inTurn(
                () -> {
                    for (Index<DocKey> existing : getIndexes()) {
                        boolean sameName = existing.getName().equals(index.getName());
                        if (sameName && !existing.hasSameOptions(index)) {
                            throw new IndexKeySpecsConflictException(index, existing);
                        }
                        if (sameName) {
                            return existing;
                        }
                        if (existing.hasSameOptions(index)) {
                            throw new MongoServerError(
                                    SAME_KEYS,
                                    "IndexOptionsConflict",
                                    "the index exists with another name: " + existing.getName());
                        }
                    }
                    if (!index.getName().equals(StoredDatabase.ID_INDEX)) {
                        stored.createIndex((StoredIndex) index);
                    }
                    getIndexes().add(index);
                    return index;
                });
    }

    @Override
    public void dropIndex(String indexName) {
        inTurn(
                () -> {
                    super.dropIndex(indexName);
                    stored.dropIndex(indexName);
                    return indexName;
                });
    }

    @Override
    public int count() {
        return Math.toIntExact(stored.count());
    }

    @Override
    public boolean isEmpty() {
        return !find(new Document(), null, 0, 1).hasNext();
    }

    @Override
    protected Stream<DocumentWithPosition<DocKey>> streamAllDocumentsWithPosition() {
        return queryAllAsStream()
                .map(document -> new DocumentWithPosition<>(document, keyOf(document)));
    }

    @Override
    protected Document getDocument(DocKey position) {
        Document document = stored.get(position);
        if (document == null) {
            throw new IllegalStateException("no such document in " + this);
        }
        return document;
    }

    @Override
    protected DocKey addDocumentInternal(Document document) {
        throw new UnsupportedOperationException("documents are added whole");
    }

    @Override
    protected void removeDocument(DocKey position) {
        removeDocument(getDocument(position));
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {}

    @Override
    protected int getDataSize() {
        return 0;
    }
}
