package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;

/**
 * What a log asks of a witness (C2SP tlog-witness, {@code add-checkpoint}): to cosign a checkpoint,
 * given that it begins with the one that the witness cosigned last.
 *
 * @param oldSize entries of the checkpoint that the witness cosigned last; 0 where there is none
 * @param path shows the tree of {@code oldSize} entries to be the beginning of the new one; at most
 *     {@value #LONGEST_PATH} hashes
 * @param checkpoint as the log signed it
 */
public record AddCheckpoint(long oldSize, List<Hash> path, SignedNote checkpoint) {

    /** More hashes than any tree needs. */
    public static final int LONGEST_PATH = 63;

    /** Bytes of a request, at most. */
    public static final int LARGEST = 64 * 1024;

    private static final Pattern FIRST_LINE = Pattern.compile("old (0|[1-9][0-9]{0,18})");

    public AddCheckpoint {
        path = List.copyOf(path);
        if (oldSize < 0 || path.size() > LONGEST_PATH) {
            throw new IllegalArgumentException("nothing to add to " + oldSize);
        }
    }

    /** Reads a request; what it says is for the witness to judge. */
    public static Checked<AddCheckpoint> parse(byte[] body) {
        int blank = blankLine(body);
        if (body.length > LARGEST || blank < 0) {
            return Checked.invalid("add-checkpoint.malformed");
        }
        List<String> lines = List.of(new String(body, 0, blank - 1, US_ASCII).split("\n", -1));
        if (!FIRST_LINE.matcher(lines.getFirst()).matches() || lines.size() > 1 + LONGEST_PATH) {
            return Checked.invalid("add-checkpoint.malformed");
        }
        try {
            long oldSize = Long.parseLong(lines.getFirst().substring("old ".length()));
            List<Hash> path = lines.stream().skip(1).map(Hash::ofBase64).toList();
            return SignedNote.parse(Arrays.copyOfRange(body, blank + 1, body.length))
                    .then(note -> Checked.valid(new AddCheckpoint(oldSize, path, note)));
        } catch (IllegalArgumentException e) {
            // No base64, no 32 bytes, no long: all of them the same to the reader.
            return Checked.invalid("add-checkpoint.malformed");
        }
    }

    /** The request's body. */
    public byte[] written() {
        StringBuilder body = new StringBuilder("old ").append(oldSize).append('\n');
        path.forEach(hash -> body.append(hash.base64()).append('\n'));
        return body.append('\n').append(checkpoint.written()).toString().getBytes(UTF_8);
    }

    /** Where the first empty line is; its line feed follows another one. */
    private static int blankLine(byte[] body) {
        for (int at = 1; at < body.length; at++) {
            if (body[at] == '\n' && body[at - 1] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
