package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.SignedNote;

/**
 * What an auditor remembers of a log: its key and the last checkpoint that was verified. A file of
 * two parts, the key's line and the note, so that other tools can read it.
 *
 * @param note as the log signed it
 */
record Memory(NoteKey key, SignedNote note) {

    private static final long LARGEST = 1 << 20;

    /** Empty where there is no file; throws where it is no memory of a log. */
    static Optional<Memory> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large");
        }
        String[] parts = Files.readString(file, UTF_8).split("\n", 2);
        if (parts.length == 2
                && NoteKey.parse(parts[0]) instanceof Checked.Valid<NoteKey>(NoteKey key)
                && SignedNote.parse(parts[1].getBytes(UTF_8))
                        instanceof Checked.Valid<SignedNote>(SignedNote note)) {
            return Optional.of(new Memory(key, note));
        }
        throw new IOException(file + " is not what an earlier run wrote");
    }

    /** The file is the old one or this one, whatever happens. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, key.vkey() + "\n" + note.written(), UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
