package org.ashar.tlog;

import java.util.List;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;

/**
 * What a log says of itself (C2SP tlog-checkpoint): its name, how many entries it has, and the root
 * over all of them.
 *
 * @param origin the log's public prefix without scheme; also the name of its key
 * @param size entries
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (!NoteKey.isName(origin) || size < 0) {
            throw new IllegalArgumentException("no checkpoint of " + origin);
        }
    }

    /** Reads a note's text. Extension lines are allowed and mean nothing here. */
    public static Checked<Checkpoint> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3
                || !NoteKey.isName(lines.get(0))
                || !SIZE.matcher(lines.get(1)).matches()
                || lines.stream().skip(3).anyMatch(String::isEmpty)) {
            return Checked.invalid("checkpoint.malformed");
        }
        try {
            return Checked.valid(
                    new Checkpoint(
                            lines.get(0),
                            Long.parseLong(lines.get(1)),
                            Hash.ofBase64(lines.get(2))));
        } catch (IllegalArgumentException e) {
            // No base64, no 32 bytes, no long: all of them the same to the reader.
            return Checked.invalid("checkpoint.malformed");
        }
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
