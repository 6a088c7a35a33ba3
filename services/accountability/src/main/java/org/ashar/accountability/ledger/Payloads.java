package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.ashar.kernel.Sha256;
import org.bson.Document;
import org.bson.types.Binary;

/** Data that no entry can hold, each under the SHA-256 that its entry holds instead, in hex. */
final class Payloads {

    private final MongoCollection<Document> payloads;
    private final MongoCollection<Document> references;

    /**
     * @param durable what is acknowledged there stays
     */
    Payloads(MongoDatabase durable) {
        this.payloads = durable.getCollection("payloads");
        this.references = durable.getCollection("payload-references");
    }

    /** Keeps data; again changes nothing. */
    void keep(byte[] data) {
        Durable.insertMissing(
                payloads,
                List.of(
                        new Document("_id", Sha256.of(data).hex())
                                .append("data", new Binary(data))));
    }

    /** Keeps where the log refers to data: at the first of these entries, by their indexes. */
    void refer(SortedMap<Long, String> digests) {
        List<Document> rows = new ArrayList<>();
        digests.forEach(
                (index, digest) -> rows.add(new Document("_id", digest).append("index", index)));
        if (!rows.isEmpty()) {
            Durable.insertMissing(references, rows);
        }
    }

    /** The index of the first entry that refers to data; empty where none does. */
    Optional<Long> referredFrom(String digest) {
        return Optional.ofNullable(references.find(Filters.eq("_id", digest)).first())
                .map(row -> row.getLong("index"));
    }

    /** The data of a digest. */
    Optional<byte[]> find(String key) {
        return Optional.ofNullable(payloads.find(Filters.eq("_id", key)).first())
                .map(stored -> stored.get("data", Binary.class).getData());
    }
}
