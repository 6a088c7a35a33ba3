package org.ashar.accountability.ledger;

import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.ashar.tlog.Hash;
import org.ashar.tlog.RightEdge;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** How the log's values lie in the store's documents. */
final class Encoding {

    private static final String TYPE = "type";
    private static final String PLACE = "place";
    private static final String COMMITMENT = "commitment";
    private static final String PLAN = "plan";
    private static final String SCHOOL = "school";
    private static final String ORGANISATION = "organisation";
    private static final String SUBJECT = "subject";

    /** What entries are found by, the rarest first: by which a store looks where it may choose. */
    static final List<String> FACETS =
            List.of(SUBJECT, COMMITMENT, PLAN, SCHOOL, PLACE, ORGANISATION, TYPE);

    private Encoding() {}

    static Document entry(long index, Entry entry, Facets facets) {
        Document document =
                new Document("_id", index)
                        .append("leaf", new Binary(entry.leaf()))
                        .append("event", entry.id())
                        .append(SUBJECT, entry.stream().toString())
                        .append(TYPE, facets.type());
        append(document, PLACE, facets.place());
        append(document, COMMITMENT, facets.commitment());
        append(document, PLAN, facets.plan());
        append(document, SCHOOL, facets.school());
        append(document, ORGANISATION, facets.organisation());
        return document;
    }

    static LogEntry entry(Document stored) {
        return new LogEntry(
                stored.getLong("_id"),
                stored.getString("event"),
                new Facets(
                        stored.getString(TYPE),
                        stored.getString(PLACE),
                        stored.getString(COMMITMENT),
                        stored.getString(PLAN),
                        stored.getString(SCHOOL),
                        stored.getString(ORGANISATION)),
                stored.get("leaf", Binary.class).getData());
    }

    /** Holds for the entries that are selected, from an index on and before another. */
    static List<Bson> filters(Selection selection, long from, long before) {
        List<Bson> filters = new ArrayList<>();
        filters.add(Filters.gte("_id", from));
        filters.add(Filters.lt("_id", before));
        add(filters, TYPE, selection.type());
        add(filters, PLACE, selection.place());
        add(filters, COMMITMENT, selection.commitment());
        add(filters, PLAN, selection.plan());
        add(filters, SCHOOL, selection.school());
        add(filters, ORGANISATION, selection.organisation());
        return filters;
    }

    /** Holds for those of them that are of one stream; null for any. */
    static List<Bson> filters(
            Selection selection, @Nullable StreamId subject, long from, long before) {
        List<Bson> filters = filters(selection, from, before);
        add(filters, SUBJECT, subject == null ? null : subject.toString());
        return filters;
    }

    static Document head(Head head) {
        List<Document> offsets = new ArrayList<>();
        head.offsets()
                .forEach(
                        (partition, offset) ->
                                offsets.add(
                                        new Document("topic", partition.topic())
                                                .append("partition", partition.partition())
                                                .append("offset", offset)));
        return new Document("batch", head.batch())
                .append("tree", edge(head.edge()))
                .append("size", head.size())
                .append("log", head.log())
                .append("offsets", offsets);
    }

    static Document batch(Batch batch) {
        List<Document> entries =
                batch.entries().stream()
                        .map(
                                entry ->
                                        new Document("stream", entry.stream().toString())
                                                .append("seq", entry.sequence())
                                                .append("leaf", new Binary(entry.leaf())))
                        .toList();
        return new Document("_id", batch.id())
                .append("at", batch.before().size())
                .append("before", edge(batch.before()))
                .append("entries", entries);
    }

    private static void append(Document document, String name, @Nullable String value) {
        if (value != null) {
            document.append(name, value);
        }
    }

    private static void add(List<Bson> filters, String name, @Nullable String value) {
        if (value != null) {
            filters.add(Filters.eq(name, value));
        }
    }

    static Document edge(RightEdge edge) {
        return new Document("size", edge.size())
                .append(
                        "peaks",
                        edge.peaks().stream().map(hash -> new Binary(hash.bytes())).toList());
    }

    static RightEdge edge(Document stored) {
        return new RightEdge(
                stored.getLong("size"),
                stored.getList("peaks", Binary.class).stream()
                        .map(peak -> Hash.of(peak.getData()))
                        .toList());
    }

    static Head head(Document stored) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Document one : stored.getList("offsets", Document.class)) {
            offsets.put(
                    new TopicPartition(one.getString("topic"), one.getInteger("partition")),
                    one.getLong("offset"));
        }
        return new Head(
                stored.getString("batch"),
                edge(stored.get("tree", Document.class)),
                stored.getInteger("log", 1),
                offsets);
    }

    static Batch batch(Document stored) {
        List<Entry> batch = new ArrayList<>();
        for (Document one : stored.getList("entries", Document.class)) {
            StreamId stream = StreamId.parse(one.getString("stream")).orThrow();
            long sequence = one.getLong("seq");
            batch.add(
                    new Entry(
                            PublishedEvent.idOf(stream, sequence),
                            stream,
                            sequence,
                            one.get("leaf", Binary.class).getData(),
                            null));
        }
        return new Batch(
                stored.getString("_id"), edge(stored.get("before", Document.class)), batch);
    }
}
