package org.ashar.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through long lists, either way: nothing lost, nothing twice, and what each page costs. */
class PagesTest {

    private static final int MANY = 3_000;
    private static final int LIMIT = 50;

    /** The store reads ahead, by no more than as much again, in each part of a page. */
    private static final int MOST_READ = 4 * (LIMIT + 1) + 100;

    private static final LineDefinition<Things.Marked> MARKS =
            new LineDefinition<>(
                    "marks",
                    Things.Marked.class,
                    List.of(
                            ViewIndex.ascending("by", "points"),
                            ViewIndex.descending("by", "points")));

    private static TestStore store;
    private static ViewReader reader;

    /** In ascending order: those without points first. */
    private static final List<Row> ROWS = new ArrayList<>();

    record Row(@Nullable Long points, String key) {}

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = new TestStore(folder);
        MongoDatabase database = store.database();
        SliceDefinition<Things.Thing> slices = new Things("makers").slices();
        ViewDefinition view =
                new ViewDefinition(
                        "shelf",
                        "all-things",
                        List.of(
                                new SliceDefinition<>(
                                        slices.fromService(),
                                        slices.streamType(),
                                        slices.collection(),
                                        slices.type(),
                                        slices.knownTypes(),
                                        slices.fold(),
                                        slices.fields(),
                                        slices.lines(),
                                        slices.indexes(),
                                        List.of(MARKS))));
        GenerationStore generation =
                new GenerationStore(database, view, 1, Clock.fixed(Things.NOON, ZoneOffset.UTC));
        generation.declareIndexes();
        StreamId stream = Things.thing(1);
        List<Document> lines = new ArrayList<>();
        for (int sequence = 1; sequence <= MANY; sequence++) {
            Long points = sequence % 30 == 0 ? null : (long) (sequence * 7 % 400);
            Row row = new Row(points, HeldEvents.key(stream, sequence));
            ROWS.add(row);
            Document fields = new Document("by", "us");
            if (points != null) {
                fields.append("points", points);
            }
            lines.add(
                    new Document("_id", row.key())
                            .append("stream", stream.toString())
                            .append("seq", (long) sequence)
                            .append("f", fields)
                            .append("body", "{\"points\":1,\"by\":\"us\"}"));
            lines.add(
                    new Document("_id", HeldEvents.key(Things.thing(2), sequence))
                            .append("stream", Things.thing(2).toString())
                            .append("seq", (long) sequence)
                            .append("f", new Document("by", "them").append("points", 5L))
                            .append("body", "{\"points\":1,\"by\":\"them\"}"));
        }
        Collections.shuffle(lines, new Random(5));
        generation.collection("marks").insertMany(lines);
        ROWS.sort(
                Comparator.comparing(
                                Row::points, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
                        .thenComparing(Row::key));
        reader = new ViewReader(database, view);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void smallest_first() {
        assertThat(walk(ViewQuery.all().equal("by", "us").sortedBy("points"))).isEqualTo(ROWS);
    }

    @Test
    void greatest_first() {
        assertThat(walk(ViewQuery.all().equal("by", "us").sortedDescendingBy("points")))
                .isEqualTo(ROWS.reversed());
    }

    @Test
    void by_key() {
        assertThat(walk(ViewQuery.all().ofStream(Things.thing(1))))
                .isEqualTo(ROWS.stream().sorted(Comparator.comparing(Row::key)).toList());
    }

    private static List<Row> walk(ViewQuery query) {
        List<Row> walked = new ArrayList<>();
        Cursor after = null;
        do {
            long before = store.documentsRead();
            Page<LineEntry<Things.Marked>> page =
                    reader.lines(MARKS, query.after(after).limit(LIMIT));
            assertThat(store.documentsRead() - before)
                    .as("behind %s rows", walked.size())
                    .isLessThan(MOST_READ);
            for (LineEntry<Things.Marked> line : page.rows()) {
                walked.add(
                        new Row(
                                (Long) line.fields().get("points"),
                                HeldEvents.key(line.stream(), line.sequence())));
            }
            after = page.next();
        } while (after != null);
        return walked;
    }
}
