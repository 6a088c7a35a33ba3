package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/** Data that no entry can hold, each under the digest that its entry holds instead. */
final class Payloads {

    private final MongoCollection<Document> payloads;

    /**
     * @param durable what is acknowledged there stays
     */
    Payloads(MongoDatabase durable) {
        this.payloads = durable.getCollection("payloads");
    }

    /** SHA-256 in hex. */
    static String key(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Keeps data; again changes nothing. */
    void keep(byte[] data) {
        Durable.insertMissing(
                payloads, List.of(new Document("_id", key(data)).append("data", new Binary(data))));
    }

    /** The data of a digest. */
    Optional<byte[]> find(String key) {
        return Optional.ofNullable(payloads.find(Filters.eq("_id", key)).first())
                .map(stored -> stored.get("data", Binary.class).getData());
    }
}
