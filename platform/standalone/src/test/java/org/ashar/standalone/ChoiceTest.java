package org.ashar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.ashar.standalone.Format.BrokerKind;
import org.ashar.standalone.Format.StoreKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoiceTest {
    private static final Optional<Format> NEW = Optional.empty();
    @TempDir Path folder;
    private Path mongod = Path.of("");

    @BeforeEach
    void put_a_mongod_somewhere() throws IOException {
        mongod = Files.writeString(folder.resolve("mongod"), "");
        assertThat(mongod.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void a_new_folder_takes_what_is_asked_for_or_found() {
        assertThat(store(Map.of(), NEW)).isEqualTo(StoreKind.EMBEDDED);
        assertThat(store(Map.of("PATH", "/nowhere::/"), NEW)).isEqualTo(StoreKind.EMBEDDED);
        Choice found = Choice.of(Map.of("PATH", "/nowhere:" + folder), NEW, Clock.systemUTC());
        assertThat(found.format().store()).isEqualTo(StoreKind.MONGOD);
        assertThat(found.mongod()).isEqualTo(mongod);
        assertThat(store(Map.of("ASHAR_MONGOD", mongod.toString()), NEW))
                .isEqualTo(StoreKind.MONGOD);
        assertThat(
                        store(
                                Map.of(
                                        "ASHAR_MONGODB_URI",
                                        "mongodb://db",
                                        "PATH",
                                        folder.toString()),
                                NEW))
                .isEqualTo(StoreKind.EXTERNAL);
        assertThat(
                        Choice.of(Map.of("ASHAR_KAFKA_BOOTSTRAP", "k:9092"), NEW, Clock.systemUTC())
                                .format()
                                .broker())
                .isEqualTo(BrokerKind.EXTERNAL);
    }

    @Test
    void a_folder_reopens_with_the_store_that_made_it() {
        assertThat(store(Map.of("PATH", folder.toString()), fixed(StoreKind.EMBEDDED)))
                .isEqualTo(StoreKind.EMBEDDED);
        assertThat(store(Map.of("PATH", folder.toString()), fixed(StoreKind.MONGOD)))
                .isEqualTo(StoreKind.MONGOD);
        refused(Map.of(), fixed(StoreKind.MONGOD), "ASHAR_MONGOD");
        refused(Map.of(), fixed(StoreKind.EXTERNAL), "set ASHAR_MONGODB_URI");
        refused(
                Map.of("ASHAR_MONGODB_URI", "mongodb://db"),
                fixed(StoreKind.EMBEDDED),
                "made with the embedded store");
        refused(
                Map.of("ASHAR_MONGOD", mongod.toString()),
                fixed(StoreKind.EMBEDDED),
                "ASHAR_MONGOD is set");
        refused(
                Map.of("ASHAR_KAFKA_BOOTSTRAP", "k:9092"),
                fixed(StoreKind.EMBEDDED),
                "the broker inside");
        refused(
                Map.of(),
                Optional.of(
                        new Format(
                                "village",
                                StoreKind.EMBEDDED,
                                BrokerKind.EXTERNAL,
                                LocalDate.EPOCH)),
                "set ASHAR_KAFKA_BOOTSTRAP");
    }

    @Test
    void settings_that_contradict_each_other_or_lead_nowhere_are_refused() {
        refused(
                Map.of("ASHAR_MONGODB_URI", "mongodb://db", "ASHAR_MONGOD", mongod.toString()),
                NEW,
                "both set");
        refused(Map.of("ASHAR_MONGOD", folder.resolve("none").toString()), NEW, "names no program");
        refused(Map.of("ASHAR_INSTALLATION", "Бишкек"), NEW, "name 'Бишкек'");
    }

    @Test
    void the_installations_name_is_fixed_at_the_first_start() {
        assertThat(
                        Choice.of(Map.of("ASHAR_INSTALLATION", "osh-2025"), NEW, Clock.systemUTC())
                                .format()
                                .installation())
                .isEqualTo("osh-2025");
        assertThat(Choice.of(Map.of(), NEW, Clock.systemUTC()).format().installation())
                .matches("local-[a-z]{6}")
                .isNotEqualTo(Choice.of(Map.of(), NEW, Clock.systemUTC()).format().installation());
        assertThat(
                        Choice.of(Map.of(), fixed(StoreKind.EMBEDDED), Clock.systemUTC())
                                .format()
                                .installation())
                .isEqualTo("village");
        refused(
                Map.of("ASHAR_INSTALLATION", "town"),
                fixed(StoreKind.EMBEDDED),
                "called 'village' from its first start on");
    }

    @Test
    void a_password_in_an_address_is_not_shown() {
        Store store = new Store.External("mongodb://ashar:secret@db.example:27017/?tls=true");
        assertThat(store.description()).contains("db.example:27017").doesNotContain("secret");
        assertThat(store.toString()).doesNotContain("secret");
        assertThat(new Store.External("mongodb://ashar:sec ret@db").description())
                .doesNotContain("ret");
    }

    private static StoreKind store(Map<String, String> environment, Optional<Format> fixed) {
        return Choice.of(environment, fixed, Clock.systemUTC()).format().store();
    }

    private static Optional<Format> fixed(StoreKind store) {
        return Optional.of(new Format("village", store, BrokerKind.EMBEDDED, LocalDate.EPOCH));
    }

    private static void refused(
            Map<String, String> environment, Optional<Format> fixed, String because) {
        assertThatThrownBy(() -> Choice.of(environment, fixed, Clock.systemUTC()))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining(because);
    }
}
