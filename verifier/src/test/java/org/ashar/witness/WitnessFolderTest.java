package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is not whole is not opened, and stays as it is. */
class WitnessFolderTest {

    private static final String NAME = "witness.example.org";
    private static final GrowingLog LOG = new GrowingLog("log.example.org/ledger", "honest", 9);

    @TempDir Path home;
    private Path data;

    @BeforeEach
    void remember_something() throws Exception {
        data = home.resolve("deep/witness");
        try (WitnessFolder folder = WitnessFolder.open(data, Optional.of(NAME))) {
            new Witness(
                            folder,
                            Map.of(LOG.signer.key().name(), List.of(LOG.signer.key())),
                            Clock.systemUTC())
                    .add(LOG.asked(0, 5));
        }
    }

    @Test
    void it_opens_again_with_the_same_key_and_all_it_cosigned() throws Exception {
        String key = Files.readString(data.resolve("key"));
        try (WitnessFolder again = WitnessFolder.open(data, Optional.empty())) {
            assertThat(key).startsWith(again.signer().key().vkey() + "\n");
            assertThat(again.signer().key().name()).isEqualTo(NAME);
            assertThat(again.last(LOG.signer.key().name()))
                    .hasValueSatisfying(last -> assertThat(last.checkpoint().size()).isEqualTo(5));
        }
    }

    @Test
    void its_files_are_its_owner_s_alone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        for (String file : List.of("key", "memory.json")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        Files.setPosixFilePermissions(
                data.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        assertRefused("chmod 600");
    }

    @Test
    void two_witnesses_cannot_share_it() throws Exception {
        try (WitnessFolder first = WitnessFolder.open(data, Optional.empty())) {
            assertThat(first.signer().key().name()).isEqualTo(NAME);
            assertRefused("another witness");
        }
        WitnessFolder.open(data, Optional.empty()).close();
    }

    @Test
    void another_name_is_another_witness() throws Exception {
        assertThatExceptionOfType(WitnessException.class)
                .isThrownBy(() -> WitnessFolder.open(data, Optional.of("another.example.org")))
                .withMessageContaining(NAME);
        for (String none : List.of("", "two words", "a+b")) {
            assertThatExceptionOfType(WitnessException.class)
                    .isThrownBy(() -> WitnessFolder.open(home.resolve("new"), Optional.of(none)))
                    .withMessageContaining("--name");
        }
        assertThatExceptionOfType(WitnessException.class)
                .isThrownBy(() -> WitnessFolder.open(home.resolve("new"), Optional.empty()))
                .withMessageContaining("--name");
    }

    @Test
    void a_damaged_key_stops_the_start() throws Exception {
        Path file = data.resolve("key");
        String key = Files.readString(file);
        int seed = key.indexOf('\n') + 1;
        char changed = key.charAt(seed) == '0' ? '1' : '0';
        for (String bad :
                List.of(
                        "",
                        "rubbish",
                        key.strip(),
                        key + "\n",
                        key.substring(0, seed) + changed + key.substring(seed + 1),
                        LOG.signer.key().vkey() + key.substring(seed - 1),
                        "x".repeat(5_000))) {
            Files.writeString(file, bad);
            assertRefused("key is damaged");
        }
    }

    @Test
    void a_damaged_memory_stops_the_start() throws Exception {
        Path file = data.resolve("memory.json");
        String memory = Files.readString(file);
        String other = Files.readString(otherFolder().resolve("memory.json"));
        for (String bad :
                List.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        memory.substring(0, memory.length() / 2),
                        memory + "x",
                        memory.replace("\\n5\\n", "\\n4\\n"),
                        memory.replace("checkpoints", "checkpoint"),
                        memory.replace("— " + NAME, "— unknown.example.org"),
                        memory.replaceAll("\\[[^]]*]", "[null]"))) {
            assertThat(bad).isNotEqualTo(memory);
            Files.writeString(file, bad);
            assertRefused("memory.json is damaged");
        }
        Files.writeString(file, other);
        assertRefused("memory.json is of ");
    }

    @Test
    void a_key_without_its_memory_and_a_memory_without_its_key_stop_the_start() throws Exception {
        byte[] memory = Files.readAllBytes(data.resolve("memory.json"));
        Files.delete(data.resolve("memory.json"));
        assertRefused("could contradict itself");
        Files.write(data.resolve("memory.json"), memory);
        Files.delete(data.resolve("key"));
        assertRefused("key is not there");
    }

    @Test
    void a_first_start_that_was_killed_half_way_begins_again() throws Exception {
        Path half = otherFolder();
        Files.delete(half.resolve("key"));
        Files.writeString(half.resolve(".memory.json.new"), "half");
        try (WitnessFolder folder = WitnessFolder.open(half, Optional.of(NAME))) {
            assertThat(folder.signer().key().name()).isEqualTo(NAME);
        }
        WitnessFolder.open(half, Optional.empty()).close();
    }

    @Test
    void what_is_no_folder_is_refused() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "mine");
        assertThatExceptionOfType(WitnessException.class)
                .isThrownBy(() -> WitnessFolder.open(file, Optional.of(NAME)))
                .withMessageContaining("cannot be used");
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    private Path otherFolder() throws Exception {
        Path other = home.resolve("other");
        WitnessFolder.open(other, Optional.of(NAME)).close();
        return other;
    }

    /** Nothing in the folder is other than before. */
    private void assertRefused(String why) throws IOException {
        Map<String, String> before = contents();
        assertThatExceptionOfType(WitnessException.class)
                .isThrownBy(() -> WitnessFolder.open(data, Optional.of(NAME)))
                .withMessageContaining(why);
        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, UTF_8));
            }
        }
        return contents;
    }
}
