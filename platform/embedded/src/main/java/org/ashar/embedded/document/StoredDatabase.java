package org.ashar.embedded.document;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.ashar.embedded.sorted.SortedStore;
import org.jspecify.annotations.Nullable;

/**
 * One database of the front end. Commands are first held against {@link CommandRules}, so that an
 * option which would be passed over in silence is refused; those the front end gets wrong are
 * carried out by {@link ReadCommands} and {@link WriteCommands}.
 */
final class StoredDatabase extends AbstractMongoDatabase<DocKey> {
    static final String ID_INDEX = "_id_";
    private static final String NAMESPACES = "system.namespaces";
    private static final String INDEXES = "system.indexes";
    private static final int UNSUPPORTED = 115;

    private final Catalogue catalogue;
    private final SortedStore store;
    private final LongAdder read;
    private final ReentrantLock structure = new ReentrantLock();

    StoredDatabase(
            String name,
            CursorRegistry cursors,
            Catalogue catalogue,
            SortedStore store,
            LongAdder read) {
        super(name, cursors);
        this.catalogue = catalogue;
        this.store = store;
        this.read = read;
        initializeNamespacesAndIndexes();
    }

    @Override
    public Document handleCommand(
            Channel channel,
            String command,
            Document query,
            DatabaseResolver resolver,
            Oplog oplog) {
        CommandRules.check(command, query);
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "find" -> ReadCommands.find(this, cursorRegistry, query);
            case "aggregate" -> ReadCommands.aggregate(this, cursorRegistry, resolver, query);
            case "insert" -> WriteCommands.insert(this, query);
            case "update" ->
                    WriteCommands.each(
                            "updates",
                            query,
                            one -> super.handleCommand(channel, command, one, resolver, oplog));
            case "delete" ->
                    WriteCommands.each(
                            "deletes",
                            query,
                            one -> super.handleCommand(channel, command, one, resolver, oplog));
            case "dropindexes" -> dropIndexes(query);
            case "listcollections" ->
                    ReadCommands.filterFirstBatch(
                            super.handleCommand(channel, command, query, resolver, oplog), query);
            default -> super.handleCommand(channel, command, query, resolver, oplog);
        };
    }

    @Nullable StoredCollection existing(String name) {
        return resolveCollection(name, false) instanceof StoredCollection stored ? stored : null;
    }

    MongoCollection<DocKey> existingOrNew(String name) {
        return resolveOrCreateCollection(name);
    }

    String namespace(String collection) {
        return getFullCollectionNamespace(collection);
    }

    @Override
    protected MongoCollection<DocKey> resolveOrCreateCollection(String collectionName) {
        MongoCollection<DocKey> existing = resolveCollection(collectionName, false);
        if (existing != null) {
            return existing;
        }
        structure.lock();
        try {
            return super.resolveOrCreateCollection(collectionName);
        } finally {
            structure.unlock();
        }
    }

    @Override
    public MongoCollection<DocKey> createCollectionOrThrowIfExists(
            String collectionName, CollectionOptions options) {
        structure.lock();
        try {
            return super.createCollectionOrThrowIfExists(collectionName, options);
        } finally {
            structure.unlock();
        }
    }

    @Override
    protected void addIndex(Document indexDescription) {
        structure.lock();
        try {
            super.addIndex(indexDescription);
        } finally {
            structure.unlock();
        }
    }

    @Override
    protected MongoCollection<DocKey> openOrCreateCollection(
            String collectionName, CollectionOptions options) {
        return switch (collectionName) {
            case NAMESPACES ->
                    new SystemCollection(
                            this, collectionName, options, cursorRegistry, knownCollections());
            case INDEXES ->
                    new SystemCollection(
                            this, collectionName, options, cursorRegistry, knownIndexes());
            default -> {
                String namespace = namespace(collectionName);
                CollectionSpec spec = catalogue.openOrCreate(namespace);
                CollectionStore stored =
                        new CollectionStore(namespace, spec, catalogue, store, read);
                yield new StoredCollection(this, collectionName, stored, cursorRegistry);
            }
        };
    }

    private List<Document> knownCollections() {
        List<Document> known = new ArrayList<>();
        for (String namespace : catalogue.all().keySet()) {
            if (namespace.startsWith(databaseName + ".")) {
                known.add(new Document("name", namespace));
            }
        }
        return known;
    }

    private List<Document> knownIndexes() {
        List<Document> known = new ArrayList<>();
        for (Map.Entry<String, CollectionSpec> entry : catalogue.all().entrySet()) {
            String namespace = entry.getKey();
            if (namespace.startsWith(databaseName + ".")) {
                known.add(
                        new Document("v", 2)
                                .append("key", new Document("_id", 1))
                                .append("name", ID_INDEX)
                                .append("ns", namespace));
                entry.getValue().indexes().forEach(spec -> known.add(spec.description(namespace)));
            }
        }
        return known;
    }

    @Override
    protected Index<DocKey> openOrCreateUniqueIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        return new StoredIndex(indexName, keys, true, sparse);
    }

    @Override
    protected Index<DocKey> openOrCreateSecondaryIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        return new StoredIndex(indexName, keys, false, sparse);
    }

    private Document dropIndexes(Document query) {
        String name = Bson.field(query, "dropIndexes", String.class);
        StoredCollection collection = existing(name);
        if (collection != null) {
            structure.lock();
            try {
                CommandRules.indexesToDrop(collection, query.get("index"))
                        .forEach(index -> forget(collection, index));
            } finally {
                structure.unlock();
            }
        }
        return new Document("ok", 1.0);
    }

    private void forget(StoredCollection collection, String indexName) {
        collection.dropIndex(indexName);
        indexes.get()
                .deleteDocuments(
                        new Document("ns", collection.getFullName()).append("name", indexName), 1);
    }

    /** One small write forgets the collection and its indexes at once; then the memory follows. */
    @Override
    public void dropCollection(String collectionName, Oplog oplog) {
        structure.lock();
        try {
            catalogue.drop(namespace(collectionName));
            super.dropCollection(collectionName, oplog);
        } finally {
            structure.unlock();
        }
        store.reclaim();
    }

    @Override
    public void moveCollection(
            MongoDatabase oldDatabase, MongoCollection<?> collection, String newCollectionName) {
        throw new MongoServerError(
                UNSUPPORTED, "CommandNotSupported", "collections cannot be renamed");
    }

    @Override
    protected void clearLastStatus(Channel channel) {}

    @Override
    protected void putLastResult(Channel channel, Document result) {}

    @Override
    protected long getFileSize() {
        return store.fileBytes();
    }

    @Override
    protected long getStorageSize() {
        return store.fileBytes();
    }
}
