package org.ashar.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ashar.standalone.Format.BrokerKind;
import org.ashar.standalone.Format.StoreKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    private static final Format FORMAT =
            new Format("village", StoreKind.EMBEDDED, BrokerKind.EMBEDDED, LocalDate.EPOCH);
    @TempDir Path temporary;

    @Test
    void a_new_folder_is_fixed_to_its_format_at_the_first_start() {
        Path path = temporary.resolve("a/data");
        try (DataFolder folder = open(path, FORMAT)) {
            assertThat(folder.format()).isEqualTo(FORMAT);
        }
        try (DataFolder folder =
                open(
                        path,
                        new Format(
                                "town", StoreKind.MONGOD, BrokerKind.EXTERNAL, LocalDate.EPOCH))) {
            assertThat(folder.format()).isEqualTo(FORMAT);
        }
    }

    @Test
    void the_secret_stays_and_is_its_owners_alone() throws IOException {
        Path path = temporary.resolve("data");
        String secret;
        try (DataFolder folder = open(path, FORMAT)) {
            secret = folder.secret();
            assertThat(secret).matches("[0-9a-f]{64}");
            for (Path secretFolder : List.of(path, folder.keys())) {
                assertThat(Files.getPosixFilePermissions(secretFolder))
                        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            }
            try (Stream<Path> keys = Files.list(folder.keys())) {
                assertThat(keys)
                        .isNotEmpty()
                        .allSatisfy(
                                key ->
                                        assertThat(
                                                        PosixFilePermissions.toString(
                                                                Files.getPosixFilePermissions(key)))
                                                .isEqualTo("rw-------"));
            }
        }
        try (DataFolder folder = open(path, FORMAT)) {
            assertThat(folder.secret()).isEqualTo(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"installation-secret", "ledger-seed"})
    void a_damaged_secret_is_refused_and_stays_as_it_is(String name) throws IOException {
        try (DataFolder folder = open(temporary.resolve("data"), FORMAT)) {
            Path file = folder.keys().resolve(name);
            Supplier<String> secret =
                    name.equals("ledger-seed") ? folder::ledgerSeed : folder::secret;
            String whole = secret.get();
            for (byte[] damaged :
                    List.of(
                            new byte[0],
                            new byte[] {-1, -2},
                            whole.substring(1).getBytes(UTF_8),
                            whole.replaceAll("^.", "g").getBytes(UTF_8))) {
                Files.write(file, damaged);
                assertThatThrownBy(secret::get)
                        .isInstanceOf(StandaloneException.class)
                        .hasMessageContaining(file + " is damaged");
                assertThat(file).hasBinaryContent(damaged);
            }
        }
    }

    @Test
    void a_secret_that_is_open_to_others_is_refused() throws IOException {
        try (DataFolder folder = open(temporary.resolve("data"), FORMAT)) {
            folder.ledgerSeed();
            Path seed = folder.keys().resolve("ledger-seed");
            Files.setPosixFilePermissions(seed, PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(folder::ledgerSeed)
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("chmod 600 " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ashar-data 2\ninstallation village\nstore embedded\nbroker embedded\nfounded 2026-01-01\n",
                "ashar-data 1\ninstallation village\nstore embedded\n",
                "ashar-data 1\ninstallation village\nstore embedded\nbroker embedded\nfounded 2026-01-01\nregion 7\n",
                "ashar-data 1\ninstallation village\nstore paper\nbroker embedded\nfounded 2026-01-01\n",
                "ashar-data 1\ninstallation Village!\nstore embedded\nbroker embedded\nfounded 2026-01-01\n",
                "",
                "\u0000\u0001"
            })
    void an_unknown_format_is_refused_and_nothing_changes(String format) throws IOException {
        Path path = Files.createDirectories(temporary.resolve("data"));
        Files.writeString(path.resolve("format"), format);
        Files.createDirectories(path.resolve("store"));
        Files.writeString(path.resolve("store/journal"), "precious");
        Map<String, String> before = contents(path);

        assertThatThrownBy(() -> open(path, FORMAT))
                .isInstanceOf(StandaloneException.class)
                .hasMessageMatching("(?s).*othing was changed.*");

        assertThat(contents(path)).isEqualTo(before);
    }

    @Test
    void a_folder_that_others_made_is_refused_and_nothing_changes() throws IOException {
        Path path = Files.createDirectories(temporary.resolve("photographs"));
        Files.writeString(path.resolve("wedding.jpg"), "x");
        Map<String, String> before = contents(path);

        assertThatThrownBy(() -> open(path, FORMAT))
                .hasMessageContaining("was not made by Ashar")
                .hasMessageContaining("wedding.jpg");
        assertThatThrownBy(() -> DataFolder.delete(path)).hasMessageContaining("is not deleted");

        assertThat(contents(path)).isEqualTo(before);
        assertThatThrownBy(() -> open(path.resolve("wedding.jpg"), FORMAT))
                .hasMessageContaining("is a file");
    }

    @Test
    void a_first_start_that_was_killed_before_the_format_was_fixed_is_done_again()
            throws IOException {
        Path path = Files.createDirectories(temporary.resolve("data"));
        Files.writeString(path.resolve("lock"), "");
        Files.writeString(path.resolve(".format.new"), "ashar-da");

        try (DataFolder folder = open(path, FORMAT)) {
            assertThat(folder.format()).isEqualTo(FORMAT);
        }
    }

    @Test
    void a_second_process_is_refused_and_told_of_the_first() throws Exception {
        Path path = temporary.resolve("data");
        try (OtherProcess other = OtherProcess.holding(path)) {
            assertThat(other.firstLine()).isEqualTo("holding");

            assertThatThrownBy(() -> open(path, FORMAT))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("in use by process " + other.pid())
                    .hasMessageContaining("http://127.0.0.1:8123");
            assertThatThrownBy(() -> DataFolder.delete(path))
                    .hasMessageContaining("in use by process " + other.pid());
            assertThat(Run.in(path).orElseThrow().process())
                    .hasValueSatisfying(
                            process -> assertThat(process.pid()).isEqualTo(other.pid()));
            assertThat(contents(path)).containsKey("format");

            other.kill();

            assertThat(Run.in(path).orElseThrow().process()).isEmpty();
            try (DataFolder folder = open(path, FORMAT)) {
                assertThat(folder.format().installation()).isEqualTo("elsewhere");
                assertThat(Run.in(path)).isEmpty();
            }
        }
    }

    @Test
    void the_same_process_cannot_open_it_twice_either() {
        Path path = temporary.resolve("data");
        try (DataFolder folder = open(path, FORMAT)) {
            assertThatThrownBy(() -> open(folder.path(), FORMAT)).hasMessageContaining("in use by");
        }
    }

    @Test
    void another_process_under_the_recorded_id_is_not_taken_for_ours() {
        Run run = Run.ofThisProcess("http://127.0.0.1:1");
        assertThat(run.process()).isPresent();
        Run recycled =
                new Run(
                        run.pid(),
                        run.started().minusSeconds(3600),
                        run.state(),
                        run.address(),
                        run.ports());
        assertThat(recycled.process()).isEmpty();
    }

    @Test
    void a_damaged_run_file_is_said_by_name() throws IOException {
        Files.writeString(temporary.resolve("run.json"), "{\"pid\": ");
        assertThatThrownBy(() -> Run.in(temporary))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("run.json cannot be read");
        Files.writeString(temporary.resolve("run.json"), "{}");
        assertThatThrownBy(() -> Run.in(temporary)).isInstanceOf(StandaloneException.class);
        assertThat(Run.in(temporary.resolve("nowhere"))).isEmpty();
    }

    @Test
    void deleting_takes_what_ashar_made_and_no_more() throws IOException {
        Path path = temporary.resolve("data");
        Path outside = Files.writeString(temporary.resolve("outside"), "kept");
        try (DataFolder folder = open(path, FORMAT)) {
            Files.createDirectories(folder.store().resolve("deep"));
            Files.createSymbolicLink(folder.store().resolve("deep/link"), outside);
        }
        Files.writeString(path.resolve("my notes.txt"), "x");
        assertThatThrownBy(() -> DataFolder.delete(path))
                .hasMessageContaining("my notes.txt")
                .hasMessageContaining("is not deleted");
        assertThat(contents(path)).containsKey("format");
        Files.delete(path.resolve("my notes.txt"));

        assertThat(DataFolder.delete(path)).isTrue();

        assertThat(contents(path)).isEmpty();
        assertThat(outside).hasContent("kept");
        assertThat(DataFolder.delete(path)).isFalse();
        assertThat(DataFolder.delete(temporary.resolve("never"))).isFalse();
    }

    @Test
    void an_interrupted_deletion_is_finished_and_never_opened() throws IOException {
        Path path = temporary.resolve("data");
        open(path, FORMAT).close();
        Files.writeString(path.resolve("format"), Format.DELETING);

        assertThatThrownBy(() -> open(path, FORMAT)).hasMessageContaining("up --fresh finishes it");

        assertThat(DataFolder.delete(path)).isTrue();
        open(path, FORMAT).close();
    }

    @Test
    void a_folder_of_a_later_version_may_be_deleted() throws IOException {
        Path path = Files.createDirectories(temporary.resolve("data"));
        Files.writeString(path.resolve("format"), "ashar-data 99\nwhatever\n");

        assertThat(DataFolder.delete(path)).isTrue();
    }

    private static DataFolder open(Path path, Format format) {
        return DataFolder.open(path, () -> format);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.skip(1).toList()) {
                contents.put(
                        root.relativize(path).toString(),
                        Files.isDirectory(path) ? "/" : Files.readString(path));
            }
        }
        return contents;
    }
}
