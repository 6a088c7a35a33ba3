package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The front end's own list of collections or of indexes, in memory: what is lasting is in the
 * {@link Catalogue}, from which these lists are made at start.
 */
final class SystemCollection extends AbstractMongoCollection<DocKey> {
    private static final DocKey NOWHERE = new DocKey(new byte[0]);

    private final List<Document> documents;

    SystemCollection(
            StoredDatabase database,
            String name,
            CollectionOptions options,
            CursorRegistry cursors,
            List<Document> content) {
        super(database, name, options, cursors);
        documents = new CopyOnWriteArrayList<>(content);
    }

    @Override
    public void addDocument(Document document) {
        documents.add(document.cloneDeeply());
    }

    @Override
    public void addDocumentIfMissing(Document document) {
        boolean known =
                documents.stream()
                        .anyMatch(
                                other ->
                                        Objects.equals(other.get("ns"), document.get("ns"))
                                                && Objects.equals(
                                                        other.get("name"), document.get("name")));
        if (!known) {
            addDocument(document);
        }
    }

    @Override
    public void removeDocument(Document document) {
        documents.remove(document);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            Document fieldSelector) {
        List<Document> found = new ArrayList<>();
        for (Document document : documents) {
            if (documentMatchesQuery(document, query) && (limit <= 0 || found.size() < limit)) {
                found.add(document.cloneDeeply());
            }
        }
        return new QueryResult(found);
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
    public int count() {
        return documents.size();
    }

    @Override
    protected Stream<DocumentWithPosition<DocKey>> streamAllDocumentsWithPosition() {
        return documents.stream().map(document -> new DocumentWithPosition<>(document, NOWHERE));
    }

    @Override
    protected Document getDocument(DocKey position) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected DocKey addDocumentInternal(Document document) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void removeDocument(DocKey position) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void handleUpdate(DocKey position, Document oldDocument, Document newDocument) {
        throw new UnsupportedOperationException();
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
