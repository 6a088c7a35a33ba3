package org.ashar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A real mongod is rare where tests run: this holds how one is run and ended, with a stand-in. */
class MongodTest {
    private final Ports ports = new Ports(new Random());
    @TempDir Path temporary;

    @Test
    void runs_until_stopped() throws IOException {
        Path store = temporary.resolve("store");

        Mongod mongod = Mongod.start(fake(), store, ports.free("127.0.0.1"));

        assertThat(mongod.uri()).startsWith("mongodb://127.0.0.1:");
        ProcessHandle process = recorded(store).find().orElseThrow();
        mongod.stop();
        assertThat(process.isAlive()).isFalse();
        assertThat(store.resolve("ashar-mongod.json")).doesNotExist();
    }

    @Test
    void one_that_outlived_its_process_is_ended_before_the_next_starts() throws IOException {
        Path store = temporary.resolve("store");
        Mongod.start(fake(), store, ports.free("127.0.0.1"));
        ProcessHandle left = recorded(store).find().orElseThrow();

        Mongod next = Mongod.start(fake(), store, ports.free("127.0.0.1"));

        assertThat(left.isAlive()).isFalse();
        assertThat(recorded(store).find()).isPresent();
        next.stop();
    }

    @Test
    void one_that_ends_at_once_is_said() throws IOException {
        Path program = temporary.resolve("mongod");
        Files.writeString(program, "#!/bin/sh\nexit 48\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(
                        () ->
                                Mongod.start(
                                        program,
                                        temporary.resolve("store"),
                                        ports.free("127.0.0.1")))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("ended at once with status 48");
    }

    private static ProcessIdentity recorded(Path store) throws IOException {
        return JsonMapper.builder()
                .build()
                .readValue(
                        Files.readString(store.resolve("ashar-mongod.json")),
                        ProcessIdentity.class);
    }

    private Path fake() throws IOException {
        Path program = temporary.resolve("mongod");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s' -Xmx32m -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                OtherProcess.classPath(),
                                FakeMongod.class.getName()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
