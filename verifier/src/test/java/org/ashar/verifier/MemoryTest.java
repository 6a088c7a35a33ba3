package org.ashar.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs that end in any order leave in their state file. */
class MemoryTest {

    private static final NoteKey KEY = ServedLog.SIGNER.key();

    @TempDir private Path folder;

    @Test
    void a_slower_run_does_not_forget_what_a_faster_one_saw() throws Exception {
        Path state = folder.resolve("state");
        Memory shorter = of(3);
        Memory longer = of(5);
        longer.write(state);
        shorter.write(state);
        assertThat(Memory.read(state)).contains(longer);
        of(6).write(state);
        assertThat(Memory.read(state)).contains(of(6));
    }

    @Test
    void what_a_killed_run_left_unfinished_is_in_nobodys_way() throws Exception {
        Path state = folder.resolve("state");
        Files.writeString(folder.resolve(".state.new"), "half");
        of(3).write(state);
        assertThat(Memory.read(state)).contains(of(3));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("state", ".state.lock");
        }
    }

    private static Memory of(int size) throws Exception {
        try (ServedLog log = new ServedLog()) {
            log.appendMany(size);
            return SignedCheckpoint.read(log.checkpoint(), KEY)
                            instanceof Checked.Valid<SignedCheckpoint>(SignedCheckpoint read)
                    ? new Memory(KEY, read)
                    : fail("not signed");
        }
    }
}
