package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ashar.embedded.document.QueryRun.Found;
import org.jspecify.annotations.Nullable;

/** {@code find} and {@code aggregate}: answers come in batches, not all at once. */
final class ReadCommands {
    private static final int BAD_VALUE = 2;
    private static final int ESTIMATED_SIZE = 1024;

    private ReadCommands() {}

    static Document find(StoredDatabase database, CursorRegistry cursors, Document command) {
        String name = text(command, "find");
        FieldProjection projection = FieldProjection.of((Document) command.get("projection"));
        StoredCollection collection = database.existing(name);
        Iterator<Found> found =
                collection == null
                        ? List.<Found>of().iterator()
                        : collection.find(
                                document(command, "filter"),
                                (Document) command.get("sort"),
                                number(command, "skip", 0),
                                number(command, "limit", 0));
        boolean single = Boolean.TRUE.equals(command.get("singleBatch"));
        ResultCursor cursor = new ResultCursor(cursors.generateCursorId(), found, projection);
        List<Document> batch = cursor.take(number(command, "batchSize", ResultCursor.FIRST_BATCH));
        return answer(database.namespace(name), cursors, cursor, batch, single);
    }

    static Document aggregate(
            StoredDatabase database,
            CursorRegistry cursors,
            DatabaseResolver resolver,
            Document command) {
        String name = text(command, "aggregate");
        List<Document> pipeline = Aggregation.parse(command.get("pipeline"));
        StoredCollection collection = database.existing(name);
        if (collection == null) {
            return cursorDocument(database.namespace(name), List.of(), 0);
        }
        Document filter = new Document();
        List<Document> rest = pipeline;
        if (!pipeline.isEmpty() && pipeline.getFirst().get("$match") instanceof Document match) {
            filter = match;
            rest = pipeline.subList(1, pipeline.size());
        }
        Aggregation aggregation =
                Aggregation.fromPipeline(rest, resolver, database, collection, NoopOplog.get());
        Iterator<Found> found = collection.find(filter, null, 0, 0);
        Stream<Document> documents =
                StreamSupport.stream(
                                Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED),
                                false)
                        .map(Found::document);
        Iterator<Document> results = aggregation.runStagesAsStream(documents).iterator();
        Iterator<Found> sized =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return results.hasNext();
                    }

                    @Override
                    public Found next() {
                        return new Found(results.next(), ESTIMATED_SIZE);
                    }
                };
        ResultCursor cursor = new ResultCursor(cursors.generateCursorId(), sized, null);
        Document options = document(command, "cursor");
        List<Document> batch = cursor.take(number(options, "batchSize", ResultCursor.FIRST_BATCH));
        return answer(database.namespace(name), cursors, cursor, batch, false);
    }

    /** Applies the filter of {@code listCollections}, which the front end leaves out. */
    static Document filterFirstBatch(Document answer, Document command) {
        if (!(command.get("filter") instanceof Document filter) || filter.isEmpty()) {
            return answer;
        }
        DefaultQueryMatcher matcher = new DefaultQueryMatcher();
        Document cursor = Bson.field(answer, "cursor", Document.class);
        List<Document> kept = new ArrayList<>();
        for (Object entry : Bson.field(cursor, "firstBatch", Collection.class)) {
            if (matcher.matches((Document) entry, filter)) {
                kept.add((Document) entry);
            }
        }
        cursor.put("firstBatch", kept);
        return answer;
    }

    private static Document answer(
            String namespace,
            CursorRegistry cursors,
            Cursor cursor,
            List<Document> batch,
            boolean single) {
        if (single || cursor.isEmpty()) {
            return cursorDocument(namespace, batch, 0);
        }
        cursors.add(cursor);
        return cursorDocument(namespace, batch, cursor.getId());
    }

    private static Document cursorDocument(String namespace, List<Document> batch, long id) {
        Document cursor = new Document("id", id).append("ns", namespace);
        return new Document("cursor", cursor.append("firstBatch", batch)).append("ok", 1.0);
    }

    private static String text(Document command, String name) {
        if (command.get(name) instanceof String text) {
            return text;
        }
        throw new MongoServerError(BAD_VALUE, "BadValue", name + " names a collection");
    }

    private static Document document(Document command, String name) {
        return command.get(name) instanceof Document document ? document : new Document();
    }

    private static int number(Document command, String name, int otherwise) {
        @Nullable Object value = command.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.intValue() >= 0) {
            return number.intValue();
        }
        throw new MongoServerError(BAD_VALUE, "BadValue", name + " is a number from 0 on");
    }
}
