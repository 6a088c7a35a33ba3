package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
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
        LogTiles tiles =
                new LogTiles(
                        log.ledger(),
                        new Cosigning(log.ledger(), database, 0, List.of()).log(),
                        log.past());
        assertRefused("request.no-such-path", Map.of(), tiles::checkpoint);
        assertRefused("request.no-such-path", Map.of(), tiles::latest);
        log.append(3);
        assertThat(read(tiles.checkpoint())).isEqualTo(read(tiles.latest()));
        assertThat(sizeOf(tiles.latest())).isEqualTo(3);
    }

    @Test
    void with_witnesses_the_checkpoint_is_the_newest_that_enough_cosigned() {
        Cosigning cosigning =
                new Cosigning(log.ledger(), database, 2, List.of(FIRST.key(), SECOND.key()));
        LogTiles tiles = new LogTiles(log.ledger(), cosigning.log(), log.past());
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
        return Checkpoint.parse(read(answer).text()).orThrow().size();
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
