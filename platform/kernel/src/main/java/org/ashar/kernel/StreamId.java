package org.ashar.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Names one aggregate's stream of events: {@code commitment/<id>}.
 *
 * @param type the stream type, unique across services, kebab-case
 * @param id 128 bits in lower-case base32 (RFC 4648 alphabet, no padding): 26 characters
 */
public record StreamId(String type, String id) implements Comparable<StreamId> {

    private static final int MOST_OF_TYPE = 40;
    private static final int ID_LENGTH = 26;

    /** Of the last character only the first three bits count. */
    private static final String LAST = "aeimquy4";

    public StreamId {
        if (!isType(type) || !isId(id)) {
            throw new IllegalArgumentException("not a stream id: " + type + "/" + id);
        }
    }

    /** {@code [a-z][a-z-]{0,39}}; without a pattern, since every event is asked several times. */
    private static boolean isType(String text) {
        if (text.isEmpty() || text.length() > MOST_OF_TYPE || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} has the form of an aggregate's id. */
    public static boolean isId(String text) {
        if (text.length() != ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < ID_LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '2' || c > '7')) {
                return false;
            }
        }
        return LAST.indexOf(text.charAt(ID_LENGTH - 1)) >= 0;
    }

    /**
     * The stream whose id is the first 128 bits of SHA-256 over the length-prefixed UTF-8 of type
     * and parts: the same parts always find the same stream. The parts are a natural key, or the id
     * of the creating command.
     */
    public static StreamId derived(String type, String... parts) {
        String[] all = new String[parts.length + 1];
        all[0] = type;
        System.arraycopy(parts, 0, all, 1, parts.length);
        return new StreamId(type, Base32.encode(Arrays.copyOf(Sha256.ofParts(all), 16)));
    }

    /** Reads {@code <type>/<id>}. */
    public static Checked<StreamId> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Checked.invalid("stream.malformed");
        }
        String type = text.substring(0, slash);
        String id = text.substring(slash + 1);
        return isType(type) && isId(id)
                ? Checked.valid(new StreamId(type, id))
                : Checked.invalid("stream.malformed");
    }

    @Override
    public int compareTo(StreamId other) {
        return toString().compareTo(other.toString());
    }

    /** {@code <type>/<id>}. */
    @Override
    public String toString() {
        return type + "/" + id;
    }

    private static final class Base32 {
        private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

        static String encode(byte[] bits128) {
            ByteBuffer buffer = ByteBuffer.wrap(bits128);
            long high = buffer.getLong();
            long low = buffer.getLong();
            StringBuilder text = new StringBuilder(26);
            for (int character = 0; character < 26; character++) {
                int value = 0;
                for (int bit = character * 5; bit < character * 5 + 5; bit++) {
                    long set =
                            bit >= 128
                                    ? 0
                                    : bit < 64 ? high >>> (63 - bit) & 1 : low >>> (127 - bit) & 1;
                    value = value << 1 | (int) set;
                }
                text.append(ALPHABET.charAt(value));
            }
            return text.toString();
        }
    }
}
