package org.ashar.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Names one aggregate's stream of events: {@code commitment/<id>}.
 *
 * @param type the stream type, unique across services, kebab-case
 * @param id 128 bits in lower-case base32 (RFC 4648 alphabet, no padding): 26 characters
 */
public record StreamId(String type, String id) implements Comparable<StreamId> {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z-]{0,39}");
    private static final Pattern ID = Pattern.compile("[a-z2-7]{25}[aeimquy4]");

    public StreamId {
        if (!TYPE.matcher(type).matches() || !isId(id)) {
            throw new IllegalArgumentException("not a stream id: " + type + "/" + id);
        }
    }

    /** Whether {@code text} has the form of an aggregate's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
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
        if (slash < 0
                || !TYPE.matcher(text.substring(0, slash)).matches()
                || !isId(text.substring(slash + 1))) {
            return Checked.invalid("stream.malformed");
        }
        return Checked.valid(new StreamId(text.substring(0, slash), text.substring(slash + 1)));
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
