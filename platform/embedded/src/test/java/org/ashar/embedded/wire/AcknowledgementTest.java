package org.ashar.embedded.wire;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AcknowledgementTest {
    private static Document concern(String kind, String key, Object value) {
        return new Document(kind, new Document(key, value));
    }

    @Test
    void what_asks_for_the_disk_waits_for_it() {
        assertThat(Acknowledgement.waitsForDisk("insert", concern("writeConcern", "j", true)))
                .isTrue();
        assertThat(Acknowledgement.waitsForDisk("update", concern("writeConcern", "w", "majority")))
                .isTrue();
        assertThat(
                        Acknowledgement.waitsForDisk(
                                "findAndModify", concern("writeConcern", "j", true)))
                .isTrue();
        assertThat(
                        Acknowledgement.waitsForDisk(
                                "find", concern("readConcern", "level", "majority")))
                .isTrue();
        assertThat(
                        Acknowledgement.waitsForDisk(
                                "aggregate", concern("readConcern", "level", "linearizable")))
                .isTrue();
        assertThat(Acknowledgement.waitsForDisk("getMore", new Document())).isTrue();
        assertThat(Acknowledgement.waitsForDisk("createIndexes", new Document())).isTrue();
    }

    @Test
    void what_does_not_ask_does_not_wait() {
        assertThat(Acknowledgement.waitsForDisk("insert", concern("writeConcern", "w", 1)))
                .isFalse();
        assertThat(Acknowledgement.waitsForDisk("update", concern("writeConcern", "w", 0)))
                .isFalse();
        assertThat(Acknowledgement.waitsForDisk("find", new Document())).isFalse();
        assertThat(Acknowledgement.waitsForDisk("find", concern("readConcern", "level", "local")))
                .isFalse();
        assertThat(Acknowledgement.waitsForDisk("hello", new Document())).isFalse();
    }

    @Test
    void a_write_that_asks_for_nothing_means_the_majority_as_with_mongodb() {
        for (String write : List.of("insert", "update", "delete", "findAndModify")) {
            assertThat(Acknowledgement.waitsForDisk(write, new Document())).isTrue();
            assertThat(
                            Acknowledgement.waitsForDisk(
                                    write, new Document("writeConcern", new Document())))
                    .isTrue();
            assertThat(Acknowledgement.waitsForDisk(write, concern("writeConcern", "wtimeout", 9)))
                    .isTrue();
        }
    }
}
