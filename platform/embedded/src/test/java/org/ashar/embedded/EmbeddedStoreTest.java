package org.ashar.embedded;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver meets. */
final class EmbeddedStoreTest {
    @TempDir Path folder;
    private EmbeddedStore store;
    private MongoClient client;

    @BeforeEach
    void open() throws IOException {
        store = EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
        client = MongoClients.create(store.uri());
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    private MongoCollection<Document> collection(String name) {
        return client.getDatabase("test")
                .getCollection(name)
                .withWriteConcern(WriteConcern.MAJORITY);
    }

    @Test
    void keeps_documents_and_indexes_across_a_restart() throws IOException {
        MongoCollection<Document> before = collection("commits");
        before.createIndex(Indexes.ascending("stream", "to"), new IndexOptions().unique(true));
        before.insertOne(new Document("_id", "a@1").append("stream", "a").append("to", 1L));
        String uri = store.uri();
        close();
        open();

        assertThat(store.uri()).isEqualTo(uri);
        MongoCollection<Document> after = collection("commits");
        assertThat(after.find(eq("_id", "a@1")).first()).containsEntry("to", 1L);
        assertThat(after.listIndexes().map(index -> index.getString("name")))
                .containsExactlyInAnyOrder("_id_", "stream_1_to_1");
        assertThatThrownBy(() -> after.insertOne(new Document("stream", "a").append("to", 1)))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000")
                .hasMessageContaining("stream_1_to_1");
    }

    @Test
    void an_update_guarded_by_version_has_one_winner() {
        MongoCollection<Document> current = collection("current");
        current.insertOne(new Document("_id", "c").append("version", 1L));

        assertThat(current.updateOne(guard(1), set("version", 2L)).getModifiedCount()).isOne();
        assertThat(current.updateOne(guard(1), set("version", 2L)).getModifiedCount()).isZero();
        Document after =
                current.findOneAndUpdate(
                        guard(2),
                        set("version", 3L),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        assertThat(after).containsEntry("version", 3L);
    }

    private static org.bson.conversions.Bson guard(long version) {
        return and(eq("_id", "c"), eq("version", version));
    }

    @Test
    void long_answers_come_in_batches() {
        MongoCollection<Document> many = collection("many");
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            documents.add(new Document("_id", i).append("even", i % 2 == 0));
        }
        many.insertMany(documents);

        assertThat(
                        many.find()
                                .sort(ascending("_id"))
                                .map(d -> d.getInteger("_id"))
                                .into(new ArrayList<>()))
                .hasSize(2_500)
                .isSorted();
        assertThat(many.find(eq("even", true)).batchSize(7)).hasSize(1_250);
        assertThat(many.countDocuments(gt("_id", 2_489))).isEqualTo(10);
        assertThat(many.estimatedDocumentCount()).isEqualTo(2_500);
        assertThat(
                        many.aggregate(
                                        List.of(
                                                new Document(
                                                        "$match",
                                                        new Document(
                                                                "_id", new Document("$lt", 10))),
                                                new Document(
                                                        "$group",
                                                        new Document("_id", "$even")
                                                                .append(
                                                                        "n",
                                                                        new Document("$sum", 1)))))
                                .into(new ArrayList<>()))
                .hasSize(2);
    }

    @Test
    void an_index_lookup_reads_no_more_than_it_finds() {
        MongoCollection<Document> reports = collection("reports");
        reports.createIndex(Indexes.ascending("place", "due"));
        reports.createIndex(Indexes.ascending("pending"), new IndexOptions().sparse(true));
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Document document =
                    new Document("_id", i).append("place", "p" + i % 100).append("due", i);
            documents.add(i % 250 == 0 ? document.append("pending", "id" + i) : document);
        }
        reports.insertMany(documents);

        assertThat(documentsRead(() -> assertThat(reports.find(eq("place", "p7"))).hasSize(10)))
                .isEqualTo(10);
        assertThat(
                        documentsRead(
                                () ->
                                        assertThat(
                                                        reports.find(
                                                                and(
                                                                        eq("place", "p7"),
                                                                        gt("due", 500))))
                                                .hasSize(5)))
                .isEqualTo(5);
        assertThat(
                        documentsRead(
                                () ->
                                        assertThat(reports.find(in("place", "p7", "p8")))
                                                .hasSize(20)))
                .isEqualTo(20);
        assertThat(documentsRead(() -> assertThat(reports.find(in("_id", 1, 5, 2_000))).hasSize(2)))
                .isEqualTo(2);
        assertThat(documentsRead(() -> assertThat(reports.find(regex("pending", "^"))).hasSize(4)))
                .isEqualTo(4);
        assertThat(
                        documentsRead(
                                () ->
                                        assertThat(
                                                        reports.find(eq("place", "p7"))
                                                                .sort(ascending("due"))
                                                                .limit(3))
                                                .hasSize(3)))
                .isEqualTo(10);
    }

    private long documentsRead(Runnable query) {
        long before = store.documentsRead();
        query.run();
        return store.documentsRead() - before;
    }

    @Test
    void bulk_errors_say_what_was_written() {
        MongoCollection<Document> bulk = collection("bulk");
        bulk.insertOne(new Document("_id", 2));
        List<Document> documents =
                List.of(new Document("_id", 1), new Document("_id", 2), new Document("_id", 3));

        assertThatThrownBy(() -> bulk.insertMany(documents))
                .isInstanceOfSatisfying(
                        MongoBulkWriteException.class,
                        e -> assertThat(e.getWriteResult().getInsertedCount()).isOne());
        bulk.deleteOne(eq("_id", 1));
        assertThatThrownBy(() -> bulk.insertMany(documents, new InsertManyOptions().ordered(false)))
                .isInstanceOfSatisfying(
                        MongoBulkWriteException.class,
                        e -> assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(2));
        assertThatThrownBy(
                        () ->
                                bulk.bulkWrite(
                                        List.of(
                                                new UpdateOneModel<>(eq("_id", 1), set("x", 1)),
                                                new UpdateOneModel<>(eq("_id", 1), set("_id", 9)),
                                                new UpdateOneModel<>(eq("_id", 1), set("x", 3)))))
                .isInstanceOf(MongoBulkWriteException.class);
        assertThat(bulk.find(eq("_id", 1)).first()).containsEntry("x", 1);
    }

    @Test
    void an_upsert_and_a_replacement_keep_the_indexes() {
        MongoCollection<Document> views = collection("views");
        views.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));
        views.updateOne(eq("_id", "a"), set("key", 1), new UpdateOptions().upsert(true));
        views.replaceOne(eq("_id", "a"), new Document("key", 2));

        assertThat(views.find(eq("key", 1)).first()).isNull();
        assertThat(views.find(eq("key", 2)).first()).containsEntry("_id", "a");
        views.insertOne(new Document("_id", "b").append("key", 1));
        views.deleteOne(eq("key", 2));
        views.insertOne(new Document("_id", "c").append("key", 2));
    }

    @Test
    void unacknowledged_writes_arrive() {
        MongoCollection<Document> lazy =
                collection("lazy").withWriteConcern(WriteConcern.UNACKNOWLEDGED);
        for (int i = 0; i < 100; i++) {
            lazy.insertOne(new Document("_id", i));
        }
        org.awaitility.Awaitility.await()
                .atMost(5, TimeUnit.SECONDS)
                .until(() -> collection("lazy").countDocuments() == 100);
    }

    @Test
    void what_cannot_be_kept_is_refused() {
        MongoCollection<Document> strict = collection("strict");
        assertThatThrownBy(
                        () ->
                                strict.createIndex(
                                        Indexes.ascending("at"),
                                        new IndexOptions().expireAfter(1L, TimeUnit.DAYS)))
                .isInstanceOf(MongoCommandException.class)
                .hasMessageContaining("expireAfterSeconds");
        assertThatThrownBy(
                        () ->
                                strict.createIndex(
                                        Indexes.ascending("at"),
                                        new IndexOptions().partialFilterExpression(eq("a", 1))))
                .hasMessageContaining("partialFilterExpression");
        assertThatThrownBy(() -> strict.createIndex(Indexes.text("title")))
                .hasMessageContaining("text");
        assertThatThrownBy(() -> strict.updateOne(eq("_id", 1), List.of(set("a", 1))))
                .hasMessageContaining("pipeline");
        assertThatThrownBy(
                        () -> {
                            ClientSession session = client.startSession();
                            session.startTransaction();
                            strict.insertOne(session, new Document("_id", 1));
                        })
                .isInstanceOf(MongoException.class);
        assertThat(strict.find(eq("_id", 1)).first()).isNull();
    }

    @Test
    void of_an_array_one_element_may_meet_one_demand_and_another_the_next() {
        MongoCollection<Document> scores = collection("scores");
        scores.insertOne(new Document("_id", "far apart").append("score", List.of(0, 5)));
        scores.insertOne(new Document("_id", "too low").append("score", List.of(0, 1)));
        assertThat(scores.find(and(gt("score", 1), lt("score", 3)))).hasSize(1);

        scores.createIndex(Indexes.ascending("score"));
        assertThat(scores.find(and(gt("score", 1), lt("score", 3)))).hasSize(1);
    }

    @Test
    void a_folder_left_in_the_middle_of_its_first_start_opens() throws IOException {
        Path left = Files.createDirectory(folder.resolve("left"));
        Files.createFile(left.resolve("lock"));
        Files.writeString(left.resolve("format.next"), "ashar-st");

        try (EmbeddedStore again = EmbeddedStore.open(left, EmbeddedStoreOptions.defaults())) {
            assertThat(again.uri()).startsWith("mongodb://127.0.0.1:");
        }
        assertThat(left.resolve("format")).hasContent("ashar-store 1");
    }
}
