package org.ashar.accountability.ledger;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ashar.kernel.StreamId;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.SignedNote;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The log in the store.
 *
 * <p>Guarantee: of several processes that append to one head, one wins ({@link #replaceHead}), and
 * nothing of the others' batches is ever seen. What {@link #published} counts is there for ever, on
 * a majority of disks: entries, ids, tiles and checkpoint. All methods throw the driver's
 * exceptions where the store does not answer; whatever was begun then is finished by {@link
 * #finish}.
 */
final class LedgerStore {

    private static final String HEAD = "head";
    private static final String PUBLISHED = "published";
    private static final long WITHIN_SECONDS = 10;

    private final MongoDatabase durable;
    private final MongoCollection<Document> log;
    private final MongoCollection<Document> batches;
    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> ids;
    private final TileStore tiles;
    private final Payloads payloads;

    LedgerStore(MongoDatabase database) {
        durable = Durable.of(database);
        log = durable.getCollection("log");
        batches = durable.getCollection("batches");
        entries = durable.getCollection("entries");
        ids = durable.getCollection("ids");
        tiles = new TileStore(durable);
        payloads = new Payloads(durable);
    }

    /** Makes what {@link #select} and {@link #indexes} read by. */
    void createIndexes() {
        for (String facet : Encoding.FACETS) {
            entries.createIndex(Indexes.ascending(facet, "_id"));
        }
    }

    /**
     * Where the log ends, also where that is not published yet; surely not what it was before
     * another process replaced it.
     */
    Head head() {
        Document stored =
                log.withReadConcern(ReadConcern.LINEARIZABLE)
                        .find(Filters.eq("_id", HEAD))
                        .maxTime(WITHIN_SECONDS, TimeUnit.SECONDS)
                        .first();
        return stored == null ? Head.NONE : Encoding.head(stored);
    }

    /** Whether another log has gone on behind this one, to which nothing is added any more then. */
    boolean isSucceeded(int of) {
        Document stored = log.find(Filters.eq("_id", HEAD)).first();
        return stored != null && Encoding.head(stored).log() > of;
    }

    /** Keeps a batch, to be pointed to by a head. */
    void stage(Batch batch) {
        batch.entries().stream()
                .map(Entry::payload)
                .filter(Objects::nonNull)
                .forEach(payloads::keep);
        batches.insertOne(Encoding.batch(batch));
    }

    /**
     * Puts {@code next} in the place of {@code old}; whether it was still there. A throw leaves
     * that open: only {@link #head} tells then.
     */
    boolean replaceHead(Head old, Head next) {
        Document document = Encoding.head(next).append("_id", HEAD);
        if (old.equals(Head.NONE)) {
            return Durable.isNew(() -> log.insertOne(document));
        }
        return log.replaceOne(
                                Filters.and(
                                        Filters.eq("_id", HEAD),
                                        Filters.eq("size", old.size()),
                                        Filters.eq("batch", old.batch())),
                                document)
                        .getMatchedCount()
                == 1;
    }

    /**
     * Lets who signs for another log go on from a head; whether it was still there. Who signed for
     * the one before cannot replace that head any more, since its batch has another id.
     */
    boolean handOver(Head old, int log) {
        String batch = UUID.randomUUID().toString();
        Document staged = batches.find(Filters.eq("_id", old.batch())).first();
        if (staged != null) {
            batches.insertOne(staged.append("_id", batch));
        }
        return replaceHead(old, new Head(batch, old.edge(), log, old.offsets()));
    }

    /** Drops batches that a process left behind, and that can win no more. */
    void dropBefore(Head finished) {
        batches.deleteMany(Filters.lt("at", finished.size()));
    }

    /** Drops a batch that surely lost, or whose entries are published. */
    void drop(String batch) {
        batches.deleteOne(Filters.eq("_id", batch));
    }

    /**
     * Does what is left to do behind a head: its batch's entries, tiles and checkpoint, then
     * publishes it. May be done again by anyone, also by several at once, and ends the same.
     */
    void finish(Head head, LogKey key) {
        if (head.log() != key.log()) {
            throw new IllegalStateException(
                    key.vkey() + " has been succeeded by another log: stop this process");
        }
        if (head.size() <= published(key.log())) {
            return;
        }
        Document staged = batches.find(Filters.eq("_id", head.batch())).first();
        if (staged != null) {
            complete(Encoding.batch(staged));
        } else if (head.size() > everPublished(key.log())) {
            throw new IllegalStateException("the batch of the head is not there: " + head.batch());
        }
        SignedNote checkpoint =
                key.sign(new Checkpoint(key.origin(), head.size(), head.edge().root()));
        Durable.insertMissing(
                checkpoints(key.log()),
                List.of(new Document("_id", head.size()).append("note", checkpoint.written())));
        raise(key.log(), head.size());
        drop(head.batch());
    }

    private void complete(Batch batch) {
        List<Document> leaves = new ArrayList<>();
        List<Document> rows = new ArrayList<>();
        SortedMap<Long, String> digests = new TreeMap<>();
        long index = batch.before().size();
        for (Entry entry : batch.entries()) {
            leaves.add(Encoding.entry(index, entry, Facets.of(entry.leaf(), payloads)));
            rows.add(new Document("_id", entry.id()).append("index", index));
            long at = index++;
            Entry.payloadOf(entry.leaf()).ifPresent(digest -> digests.put(at, digest));
        }
        Durable.insertMissing(entries, leaves);
        Durable.insertMissing(ids, rows);
        payloads.refer(digests);
        batch.runs().forEach(tiles::extend);
    }

    /** Entries that anyone may see: a checkpoint of this log covers them. */
    long published(int of) {
        Document stored = log.find(Filters.eq("_id", Durable.numbered(PUBLISHED, of))).first();
        return stored == null ? 0 : stored.getLong("size");
    }

    /** Entries that are there whole, whichever log's checkpoint covers them. */
    private long everPublished(int until) {
        return IntStream.rangeClosed(1, until).mapToLong(this::published).max().orElse(0);
    }

    private MongoCollection<Document> checkpoints(int of) {
        return durable.getCollection(Durable.numbered("checkpoints", of));
    }

    /** A log's checkpoint of this size, which is there for each size that was published. */
    Optional<String> checkpoint(int of, long size) {
        return Optional.ofNullable(checkpoints(of).find(Filters.eq("_id", size)).first())
                .map(stored -> stored.getString("note"));
    }

    /** Where events are in the log, by their ids; those that are not there are not told. */
    Map<String, Long> indexes(Collection<String> events) {
        Map<String, Long> found = new HashMap<>();
        for (Document row : ids.find(Filters.in("_id", events))) {
            found.put(row.getString("_id"), row.getLong("index"));
        }
        return found;
    }

    /** The entries at these indexes, in the order of the log. */
    List<LogEntry> at(Collection<Long> indexes) {
        return entries
                .find(Filters.in("_id", indexes))
                .map(Encoding::entry)
                .into(new ArrayList<>())
                .stream()
                .sorted(Comparator.comparingLong(LogEntry::index))
                .toList();
    }

    /** The leaves of {@code count} entries from an index on; what is not there is left out. */
    List<byte[]> leaves(long from, int count) {
        return entries.find(Filters.and(Filters.gte("_id", from), Filters.lt("_id", from + count)))
                .projection(Projections.include("leaf"))
                .sort(Sorts.ascending("_id"))
                .batchSize(count)
                .map(stored -> stored.get("leaf", Binary.class).getData())
                .into(new ArrayList<>());
    }

    /** The leaves at these indexes; those that are not there are not told. */
    Map<Long, byte[]> leaves(Collection<Long> indexes) {
        Map<Long, byte[]> found = new HashMap<>();
        for (Document stored : entries.find(Filters.in("_id", indexes))) {
            found.put(stored.getLong("_id"), stored.get("leaf", Binary.class).getData());
        }
        return found;
    }

    /** The tiles of hashes. */
    TileStore tiles() {
        return tiles;
    }

    /** Entries that are selected, from an index on and before another; at most {@code limit}. */
    List<LogEntry> select(Selection selection, long from, long before, int limit) {
        return entries.find(Filters.and(Encoding.filters(selection, from, before)))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .map(Encoding::entry)
                .into(new ArrayList<>());
    }

    /**
     * Indexes of entries that are selected, from an index on and before another, in their order.
     *
     * @param subject the stream that they are of; null for any
     */
    List<Long> indexes(Selection selection, @Nullable StreamId subject, long from, long before) {
        return entries.find(Filters.and(Encoding.filters(selection, subject, from, before)))
                .projection(Projections.include("_id"))
                .sort(Sorts.ascending("_id"))
                .map(stored -> stored.getLong("_id"))
                .into(new ArrayList<>());
    }

    /** What lies beside the log: data that no entry can hold. */
    Payloads payloads() {
        return payloads;
    }

    private void raise(int of, long size) {
        String id = Durable.numbered(PUBLISHED, of);
        boolean isThere =
                log.updateOne(
                                        Filters.and(
                                                Filters.eq("_id", id), Filters.lt("size", size)),
                                        Updates.set("size", size))
                                .getMatchedCount()
                        == 1;
        if (!isThere
                && !Durable.isNew(() -> log.insertOne(new Document("_id", id).append("size", size)))
                && published(of) < size) {
            raise(of, size); // it was made with a smaller size in between
        }
    }
}
