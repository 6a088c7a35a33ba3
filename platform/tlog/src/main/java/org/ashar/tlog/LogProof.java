package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ashar.kernel.Checked;

/**
 * A receipt that stands alone (C2SP tlog-proof, file extension {@code .tlog-proof}): with the entry
 * and the log's key, it shows that the entry is in the log, offline and for ever.
 *
 * @param index of the entry
 * @param path from its leaf to the checkpoint's root
 * @param checkpoint as the log served it, cosignatures included
 */
public record LogProof(long index, List<Hash> path, SignedNote checkpoint) {

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1\n";
    private static final int LONGEST_PATH = 63;

    public LogProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > LONGEST_PATH) {
            throw new IllegalArgumentException("no proof of entry " + index);
        }
    }

    /** Reads a file; whether it proves anything is for {@link #proves} to say. */
    public static Checked<LogProof> parse(byte[] file) {
        String text = new String(file, UTF_8);
        int blank = text.indexOf("\n\n");
        if (!text.startsWith(FIRST_LINE) || blank < FIRST_LINE.length()) {
            return Checked.invalid("proof.malformed");
        }
        List<String> lines =
                new ArrayList<>(text.substring(FIRST_LINE.length(), blank).lines().toList());
        if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
            lines.removeFirst();
        }
        if (lines.isEmpty()
                || !lines.getFirst().matches("index (0|[1-9][0-9]{0,18})")
                || lines.size() > 1 + LONGEST_PATH) {
            return Checked.invalid("proof.malformed");
        }
        try {
            long index = Long.parseLong(lines.removeFirst().substring("index ".length()));
            List<Hash> path = lines.stream().map(Hash::ofBase64).toList();
            byte[] note = text.substring(blank + 2).getBytes(UTF_8);
            return SignedNote.parse(note)
                    .then(checkpoint -> Checked.valid(new LogProof(index, path, checkpoint)));
        } catch (IllegalArgumentException e) {
            // No base64, no 32 bytes, no long: all of them the same to the reader.
            return Checked.invalid("proof.malformed");
        }
    }

    /**
     * Whether {@code entry} is in the log that {@code keys} speak for: a signature of theirs on the
     * checkpoint, and the path from the entry's leaf to its root.
     */
    public boolean proves(byte[] entry, Collection<NoteKey> keys) {
        return checkpoint.verify(keys) instanceof Checked.Valid<?>
                && Checkpoint.parse(checkpoint.text())
                        instanceof Checked.Valid<Checkpoint>(Checkpoint known)
                && Proofs.isIncluded(Hash.leaf(entry), index, known.size(), known.root(), path);
    }

    /** The file's text. */
    public String written() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append("index ").append(index);
        text.append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.written()).toString();
    }
}
