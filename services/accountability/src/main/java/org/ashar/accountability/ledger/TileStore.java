package org.ashar.accountability.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.ashar.tlog.Hash;
import org.ashar.tlog.Tile;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Tiles of hashes, one document each; a partial tile is the beginning of what the tile will be.
 * What several processes write to one tile is the same bytes, so that none of them can spoil it.
 */
final class TileStore {

    private static final int RACES = 1_000;

    private final MongoCollection<Document> tiles;

    /**
     * @param durable what is acknowledged there stays
     */
    TileStore(MongoDatabase durable) {
        this.tiles = durable.getCollection("tiles");
    }

    /** The bytes of a tile of hashes, cut to its width; empty where it is not that wide. */
    Optional<byte[]> tile(Tile tile) {
        return Optional.ofNullable(
                        tiles.find(Filters.eq("_id", tileId(tile.level(), tile.index()))).first())
                .map(stored -> stored.get("hashes", Binary.class).getData())
                .filter(hashes -> hashes.length >= tile.width() * Hash.SIZE)
                .map(hashes -> Arrays.copyOf(hashes, tile.width() * Hash.SIZE));
    }

    /** A tile only ever grows: replaced while it is as wide as it was read, never narrowed. */
    void extend(Batch.Run run) {
        String id = tileId(run.level(), run.tile());
        for (int race = 0; race < RACES; race++) {
            Document stored = tiles.find(Filters.eq("_id", id)).first();
            int width = stored == null ? 0 : stored.getInteger("width");
            if (width >= run.width()) {
                return;
            }
            if (width < run.from()) {
                throw new IllegalStateException(
                        "tile " + id + " lacks hashes before " + run.from());
            }
            ByteArrayOutputStream hashes = new ByteArrayOutputStream(run.width() * Hash.SIZE);
            if (stored != null) {
                hashes.write(
                        stored.get("hashes", Binary.class).getData(), 0, run.from() * Hash.SIZE);
            }
            run.hashes().forEach(hash -> hashes.writeBytes(hash.bytes()));
            Document wider =
                    new Document("_id", id)
                            .append("width", run.width())
                            .append("hashes", new Binary(hashes.toByteArray()));
            boolean done =
                    stored == null
                            ? Durable.isNew(() -> tiles.insertOne(wider))
                            : tiles.replaceOne(
                                                    Filters.and(
                                                            Filters.eq("_id", id),
                                                            Filters.eq("width", width)),
                                                    wider)
                                            .getMatchedCount()
                                    == 1;
            if (done) {
                return;
            }
        }
        throw new IllegalStateException("tile " + id + " keeps changing");
    }

    private static String tileId(int level, long index) {
        return level + "/" + index;
    }
}
