package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.ashar.kernel.Checked;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the value sorted by and the key of its last row. It stays good while rows
 * come and go, and across a rebuild. It belongs to the query that it came from: with another order
 * the page begins somewhere, but never fails.
 */
public final class Cursor {

    private static final int MAX_LENGTH = 2048;

    private final @Nullable Object value;
    private final String key;

    Cursor(@Nullable Object value, String key) {
        this.value = value;
        this.key = key;
    }

    /** Reads what {@link #toString} wrote; anything else is {@code cursor.malformed}. */
    public static Checked<Cursor> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Checked.invalid("cursor.malformed");
        }
        try {
            String read = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            int end = read.lastIndexOf('\n');
            if (end < 1 || end == read.length() - 1) {
                return Checked.invalid("cursor.malformed");
            }
            Object value = value(read.charAt(0), read.substring(1, end));
            return Checked.valid(new Cursor(value, read.substring(end + 1)));
        } catch (IllegalArgumentException e) {
            return Checked.invalid("cursor.malformed");
        }
    }

    private static @Nullable Object value(char kind, String text) {
        return switch (kind) {
            case 'n' -> null;
            case 's' -> text;
            case 'l' -> Long.valueOf(text);
            case 'd' -> Double.valueOf(text);
            case 'b' -> Boolean.valueOf(text);
            case 't' -> Date.from(Instant.ofEpochMilli(Long.parseLong(text)));
            default -> throw new IllegalArgumentException("no such kind of value");
        };
    }

    @Nullable Object value() {
        return value;
    }

    String key() {
        return key;
    }

    /** Text for an address: letters, digits, {@code -} and {@code _}. */
    @Override
    public String toString() {
        String sortedBy =
                switch (value) {
                    case null -> "n";
                    case String text -> "s" + text;
                    case Long number -> "l" + number;
                    case Double number -> "d" + number;
                    case Boolean truth -> "b" + truth;
                    case Date instant -> "t" + instant.toInstant().toEpochMilli();
                    default -> throw new IllegalStateException("sorted by a " + value.getClass());
                };
        byte[] bytes = (sortedBy + '\n' + key).getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
