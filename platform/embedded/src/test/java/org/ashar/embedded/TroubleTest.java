package org.ashar.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.Trouble;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A disk that is full, and files that are not as they were written. */
final class TroubleTest {
    private static final Logger OURS = logger("");

    /** By the configuration of these tests. */
    private static final List<Logger> SILENCED = List.of(logger(".journal"), logger(".sorted"));

    @TempDir Path folder;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        OURS.addAppender(logged);
        OURS.setAdditive(false);
        SILENCED.forEach(logger -> logger.setLevel(Level.ERROR));
    }

    @AfterEach
    void leave() {
        OURS.detachAppender(logged);
        OURS.setAdditive(true);
        SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @Test
    void a_disk_that_takes_nothing_is_told_once_and_what_was_acknowledged_is_kept()
            throws IOException {
        Path next = data().resolve("journal-000000000002.log");
        try (EmbeddedStore store = open();
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> things = things(client);
            things.insertOne(new Document("_id", "kept"));
            assertThat(store.troubles()).isEmpty();
        }
        try (EmbeddedStore store = open();
                MongoClient client = MongoClients.create(store.uri())) {
            Files.createDirectory(next);
            MongoCollection<Document> things = things(client);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> things.insertOne(new Document("_id", "lost")))
                        .isInstanceOf(MongoException.class);
            }
            assertThat(store.troubles()).containsExactly(Trouble.STOPPED);
        }
        assertThat(errors()).containsExactly(Trouble.STOPPED.reason());

        Files.delete(next);
        try (EmbeddedStore store = open();
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(store.troubles()).isEmpty();
            assertThat(things(client).find()).containsExactly(new Document("_id", "kept"));
        }
    }

    @Test
    void a_damaged_block_is_told_once_refused_as_damage_and_the_rest_is_served()
            throws IOException {
        try (EmbeddedStore store = open();
                MongoClient client = MongoClients.create(store.uri())) {
            things(client)
                    .insertMany(
                            IntStream.range(0, 5_000)
                                    .mapToObj(i -> new Document("_id", i).append("text", "t" + i))
                                    .toList());
        }
        Path table = only("table-");
        byte[] content = Files.readAllBytes(table);
        content[content.length / 2] ^= 0x10;
        Files.write(table, content);

        try (EmbeddedStore store = open();
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> things = things(client);
            assertThat(store.troubles()).isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> things.find().forEach(_ -> {}))
                        .isInstanceOfSatisfying(
                                MongoException.class, e -> assertThat(e.getCode()).isEqualTo(309))
                        .hasMessageContaining(Trouble.DAMAGED.reason())
                        .hasMessageNotContaining(folder.toString());
            }
            assertThat(store.troubles()).containsExactly(Trouble.DAMAGED);
            assertThat(things.find(Filters.eq("_id", 0)).first()).isNotNull();
            things.insertOne(new Document("_id", 5_000));
        }
        assertThat(errors()).containsExactly(Trouble.DAMAGED.reason());
        assertThat(logged.list)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .singleElement()
                .satisfies(
                        event ->
                                assertThat(event.getThrowableProxy().getMessage())
                                        .contains(table.toString()));
    }

    @Test
    void a_store_without_its_newest_journal_file_is_not_opened() throws IOException {
        Path copy = folder.resolve("copy");
        try (EmbeddedStore store = open();
                MongoClient client = MongoClients.create(store.uri())) {
            things(client).insertOne(new Document("_id", "acknowledged"));
            copy(data(), copy.resolve("data"));
        }
        Files.copy(folder.resolve("store/format"), copy.resolve("format"));
        Path journal = copy.resolve("data/journal-000000000001.log");
        byte[] content = Files.readAllBytes(journal);
        Files.delete(journal);

        assertThatThrownBy(() -> EmbeddedStore.open(copy, EmbeddedStoreOptions.defaults()))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining(journal + " is missing");

        Files.write(journal, content);
        try (EmbeddedStore store = EmbeddedStore.open(copy, EmbeddedStoreOptions.defaults());
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(things(client).countDocuments()).isOne();
        }
    }

    private static Logger logger(String within) {
        return (Logger) LoggerFactory.getLogger("org.ashar.embedded" + within);
    }

    private EmbeddedStore open() throws IOException {
        return EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
    }

    private static MongoCollection<Document> things(MongoClient client) {
        return client.getDatabase("test")
                .getCollection("things")
                .withWriteConcern(WriteConcern.MAJORITY);
    }

    private List<String> errors() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Path data() {
        return folder.resolve("store/data");
    }

    private Path only(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            List<Path> found =
                    files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
