package org.ashar.messaging;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A store for one test class; each database is empty. */
final class TestStore implements AutoCloseable {

    private final MongoServer server = new MongoServer(new MemoryBackend());
    private final MongoClient client = MongoClients.create(server.bindAndGetConnectionString());
    private int databases;

    MongoDatabase database() {
        databases++;
        return client.getDatabase("test" + databases);
    }

    @Override
    public void close() {
        client.close();
        server.shutdownNow();
    }
}
