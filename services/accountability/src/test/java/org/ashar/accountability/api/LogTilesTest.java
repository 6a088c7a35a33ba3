package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ashar.accountability.ledger.WrittenLog;
import org.ashar.accountability.witness.Cosigning;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.SignedNote;
import org.ashar.web.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ResponseEntity;

/** Which checkpoints the log shows, with and without witnesses. */
class LogTilesTest {

    private static final NoteSigner FIRST = witness("w1.example.org", 1);
    private static final NoteSigner SECOND = witness("w2.example.org", 2);

    private static EmbeddedStore embedded;
    private static int databases;

    private MongoClient client;
    private MongoDatabase database;
    private WrittenLog log;

    @BeforeAll
    static void openStore(@TempDir Path folder) throws Exception {
        embedded = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
    }

    @AfterAll
    static void closeStore() {
        embedded.close();
    }

    @BeforeEach
    void begin() {
        client = MongoClients.create(embedded.uri());
        database = client.getDatabase("tiles" + databases++);
        log = new WrittenLog(database);
    }

    @AfterEach
    void end() {
        client.close();
    }

    @Test
    void without_witnesses_both_checkpoints_are_the_newest() {
        LogTiles tiles = tiles(log, new Cosigning(log.ledger(), database, 0, List.of()));
        assertRefused("request.no-such-path", Map.of(), tiles::checkpoint);
        assertRefused("request.no-such-path", Map.of(), tiles::latest);
        log.append(3);
        assertThat(read(tiles.checkpoint())).isEqualTo(read(tiles.latest()));
        assertThat(sizeOf(tiles.latest())).isEqualTo(3);
        assertThat(tiles.key().getHeaders().getCacheControl())
                .as("no cache has an old key beside a new log's checkpoint")
                .isEqualTo(tiles.checkpoint().getHeaders().getCacheControl());
    }

    @Test
    void every_checkpoint_stays_and_is_the_beginning_of_the_newest() {
        List<SignedNote> signed = new ArrayList<>();
        for (int events : List.of(1, 2, 5, 248, 1, 200)) {
            long size = log.append(events);
            signed.add(log.ledger().checkpoint(size).orElseThrow());
        }
        Checkpoint newest = checkpoint(signed.getLast());
        for (SignedNote note : signed) {
            Checkpoint earlier = checkpoint(note);
            assertThat(log.ledger().checkpoint(earlier.size())).contains(note);
            assertThat(note.verify(List.of(log.ledger().key())).orThrow()).hasSize(1);
            assertThat(
                            Proofs.isConsistent(
                                    earlier.size(),
                                    earlier.root(),
                                    newest.size(),
                                    newest.root(),
                                    log.ledger().consistency(earlier.size(), newest.size())))
                    .as("from " + earlier.size() + " to " + newest.size())
                    .isTrue();
        }
    }

    @Test
    void with_witnesses_the_checkpoint_is_the_newest_that_enough_cosigned() {
        Cosigning cosigning =
                new Cosigning(log.ledger(), database, 2, List.of(FIRST.key(), SECOND.key()));
        LogTiles tiles = tiles(log, cosigning);
        log.append(3);
        assertNotWitnessed(tiles);
        cosigning.cosigns(FIRST);
        assertNotWitnessed(tiles);
        assertThat(cosignatures(tiles.latest(), FIRST.key())).isEqualTo(1);
        cosigning.cosigns(SECOND);
        log.append(4);
        cosigning.cosigns(SECOND);
        assertThat(sizeOf(tiles.checkpoint())).isEqualTo(3);
        assertThat(cosignatures(tiles.checkpoint(), FIRST.key(), SECOND.key())).isEqualTo(2);
        assertThat(sizeOf(tiles.latest())).isEqualTo(7);
        assertThat(cosignatures(tiles.latest(), SECOND.key())).isEqualTo(1);
        assertThat(read(tiles.latest()).verify(List.of(log.ledger().key())).orThrow()).hasSize(1);
    }

    @Test
    void a_log_that_was_succeeded_keeps_its_witnesses() {
        Cosigning cosigning =
                new Cosigning(log.ledger(), database, 2, List.of(FIRST.key(), SECOND.key()));
        log.append(3);
        cosigning.cosigns(FIRST);
        cosigning.cosigns(SECOND);
        log.append(4);
        cosigning.cosigns(SECOND);
        LogTiles tiles = tiles(log, cosigning);
        String relied = tiles.checkpoint().getBody();
        String newest = tiles.latest().getBody();
        WrittenLog next = log.succeeded();
        assertThat(tiles(next, cosigning).pastCheckpoint("1").getBody()).isEqualTo(relied);
        assertThat(tiles(next, cosigning).pastLatest("1").getBody()).isEqualTo(newest);

        NoteSigner young = witness("w3.example.org", 3);
        LogTiles others =
                tiles(next, new Cosigning(next.ledger(), database, 1, List.of(young.key())));
        assertThat(others.pastCheckpoint("1").getBody())
                .as("whoever is asked today")
                .isEqualTo(relied);
        assertThat(others.pastLatest("1").getBody()).isEqualTo(newest);
        LogTiles none = tiles(next, new Cosigning(next.ledger(), database, 0, List.of()));
        assertThat(none.pastCheckpoint("1").getBody()).as("or nobody is").isEqualTo(relied);
    }

    @Test
    void a_log_that_was_succeeded_without_witnesses_shows_its_last_checkpoint() {
        log.append(3);
        WrittenLog next = log.succeeded();
        LogTiles tiles =
                tiles(next, new Cosigning(next.ledger(), database, 1, List.of(FIRST.key())));
        assertThat(sizeOf(tiles.pastCheckpoint("1"))).isEqualTo(3);
        assertThat(tiles.pastLatest("1").getBody()).isEqualTo(tiles.pastCheckpoint("1").getBody());
        assertRefused("request.no-such-path", Map.of(), () -> tiles.pastCheckpoint("2"));
    }

    private static LogTiles tiles(WrittenLog log, Cosigning cosigning) {
        return new LogTiles(log.ledger(), cosigning.log(), log.past(), cosigning.past(log.past()));
    }

    private static void assertNotWitnessed(LogTiles tiles) {
        assertRefused(
                "ledger.not-witnessed", Map.of("quorum", "2", "witnesses", "2"), tiles::checkpoint);
    }

    private static void assertRefused(
            String code, Map<String, String> arguments, Runnable request) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(request::run)
                .satisfies(
                        e -> {
                            assertThat(e.problem().status()).isEqualTo(404);
                            assertThat(e.problem().code()).isEqualTo(code);
                            assertThat(e.problem().arguments()).isEqualTo(arguments);
                        });
    }

    private static int cosignatures(ResponseEntity<String> answer, NoteKey... witnesses) {
        return read(answer).verify(List.of(witnesses)).orThrow().size();
    }

    private static long sizeOf(ResponseEntity<String> answer) {
        return checkpoint(read(answer)).size();
    }

    private static Checkpoint checkpoint(SignedNote note) {
        return Checkpoint.parse(note.text()).orThrow();
    }

    private static SignedNote read(ResponseEntity<String> answer) {
        String body = answer.getBody();
        assertThat(body).isNotNull();
        return SignedNote.parse(String.valueOf(body).getBytes(UTF_8)).orThrow();
    }

    private static NoteSigner witness(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return NoteSigner.of(name, Kind.COSIGNATURE, bytes);
    }
}
