package org.ashar.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.standalone.DataFolder;
import org.ashar.standalone.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The part of the table of bad input that is about data folders: what a command answers, and that
 * it leaves the folder as it was. Further forms of each fault are in the tests of the platform's
 * {@code DataFolder}.
 */
class BadFolderTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    @TempDir Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # what is bad               | the file                      | what is in it     | command               | says
                    a later format              | format                        | ashar-data 2      | up                    | othing was changed
                    a later format, read        | format                        | ashar-data 2      | token --role operator | othing was changed
                    no format                   | format                        | paper             | up                    | othing was changed
                    half of a key               | keys/development-issuer.json  | {                 | up                    | does not hold the development issuer's key
                    half of a key, read         | keys/development-issuer.json  | {                 | token --role operator | does not hold the development issuer's key
                    another key                 | keys/development-issuer.json  | {"kty":"oct"}     | up                    | does not hold the development issuer's key
                    half of a secret            | keys/installation-secret      | short             | up                    | is damaged
                    half of a run.json          | run.json                      | {"pid":           | status                | run.json cannot be read
                    half of a run.json, to stop | run.json                      | {"pid":           | stop                  | run.json cannot be read
                    a run.json of nothing, read | run.json                      | {}                | parked list           | run.json cannot be read
                    """)
    void a_folder_with_a_bad_file_is_refused_and_left_as_it_was(
            String what, String file, String content, String command, String says)
            throws IOException {
        Path data = good();
        Files.writeString(data.resolve(file), content);

        refused(data, command, says);
    }

    @Test
    void a_key_that_cannot_be_read_is_named() throws IOException {
        Path data = good();
        Path key = data.resolve("keys/development-issuer.json");
        Files.delete(key);
        Files.createDirectory(key);

        refused(data, "up", "development-issuer.json: cannot be read");
    }

    @Test
    void a_file_is_no_folder() throws IOException {
        Files.writeString(home.resolve("data"), "x");

        assertThat(said("up", 1)).contains("is a file");
        assertThat(home.resolve("data")).hasContent("x");
    }

    @Test
    void a_folder_of_somebody_else_is_left_alone() throws IOException {
        Path photographs = Files.createDirectory(home.resolve("data"));
        Files.writeString(photographs.resolve("wedding.jpg"), "x");

        refused(photographs, "up", "was not made by Ashar");
    }

    @Test
    void a_folder_in_use_is_left_to_its_user() throws IOException {
        try (DataFolder used = DataFolder.open(good(), this::format)) {
            refused(used.path(), "up", "in use by");
            refused(used.path(), "up --fresh --yes", "in use by");
        }
    }

    private Format format() {
        return DataFolder.formatOf(home.resolve("data")).orElseThrow();
    }

    /** A folder that was used once. */
    private Path good() throws IOException {
        Path data = home.resolve("data");
        DevelopmentIssuer.open(DataFolder.keysOf(data, Map.of(), CLOCK));
        return data;
    }

    private void refused(Path data, String command, String says) throws IOException {
        Map<String, String> before = contents(data);
        assertThat(said(command, Main.FAILED)).contains(says).doesNotContain("Exception", "\tat ");
        assertThat(contents(data)).isEqualTo(before);
    }

    private String said(String command, int status) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(out, true, UTF_8);
        Main main =
                new Main(
                        new Terminal(terminal, terminal, new BufferedReader(new StringReader(""))),
                        Map.of(),
                        home,
                        CLOCK);
        assertThat(main.run(List.of(command.split(" ")))).as(out.toString(UTF_8)).isEqualTo(status);
        return out.toString(UTF_8);
    }

    /** What is kept in a folder; logs come and go. */
    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.skip(1).toList()) {
                String name = folder.relativize(path).toString();
                if (!name.startsWith("logs") && !name.equals("lock")) {
                    contents.put(
                            name,
                            Files.isDirectory(path)
                                    ? "/"
                                    : new String(Files.readAllBytes(path), ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
