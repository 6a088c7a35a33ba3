package org.ashar.messaging;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;

/** A store for one test class; each database is empty. */
final class TestStore implements AutoCloseable {

    private final EmbeddedStore store;
    private final MongoClient client;
    private int databases;

    TestStore(Path folder) {
        try {
            this.store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.client = MongoClients.create(store.uri());
    }

    MongoDatabase database() {
        databases++;
        return client.getDatabase("test" + databases);
    }

    /** Documents looked at so far. */
    long documentsRead() {
        return store.documentsRead();
    }

    @Override
    public void close() {
        client.close();
        store.close();
    }
}
