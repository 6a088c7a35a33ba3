package org.ashar.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A signature as a note carries it: whose it says it is, and its bytes without the key id. Proves
 * nothing until a {@link NoteKey} verified it.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by line()
public record NoteSignature(String name, int keyId, byte[] signature) {

    private static final String MARK = "\u2014 ";
    private static final int LONGEST = 4096;

    /** Reads a line without its end; empty where it is none. */
    public static Optional<NoteSignature> parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(MARK) || space < MARK.length() || line.length() > LONGEST) {
            return Optional.empty();
        }
        String name = line.substring(MARK.length(), space);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line.substring(space + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!NoteKey.isName(name) || bytes.length <= Integer.BYTES) {
            return Optional.empty();
        }
        return Optional.of(
                new NoteSignature(
                        name,
                        ByteBuffer.wrap(bytes).getInt(),
                        Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length)));
    }

    /** Whether it says to be this key's. */
    public boolean isBy(NoteKey key) {
        return keyId == key.id() && name.equals(key.name());
    }

    /** When a cosignature says it was made, in POSIX seconds. */
    public long time() {
        return ByteBuffer.wrap(signature).getLong();
    }

    /** The line that a note carries, with its end. */
    public String line() {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES + signature.length)
                        .putInt(keyId)
                        .put(signature)
                        .array();
        return MARK + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && line().equals(that.line());
    }

    @Override
    public int hashCode() {
        return line().hashCode();
    }
}
