package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Date;
import org.ashar.kernel.Checked;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the value sorted by and the key of its last row. It stays good while rows
 * come and go, and across a rebuild. It belongs to the query that it came from: with another order
 * the page begins somewhere, but never fails.
 */
public final class Cursor {

    private static final int MAX_LENGTH = 2048;
    private static final JsonWriterSettings EXTENDED =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

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
        Document read;
        try {
            read = Document.parse(new String(Base64.getUrlDecoder().decode(text), UTF_8));
        } catch (IllegalArgumentException | JsonParseException | ArithmeticException e) {
            return Checked.invalid("cursor.malformed");
        }
        Object value = read.get("v");
        boolean known =
                value == null
                        || value instanceof String
                        || value instanceof Long
                        || value instanceof Double
                        || value instanceof Boolean
                        || value instanceof Date;
        return known && read.get("k") instanceof String key
                ? Checked.valid(new Cursor(value, key))
                : Checked.invalid("cursor.malformed");
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
        // Int64 is written in a form that reads back as one, small numbers too.
        String json = new Document("v", value).append("k", key).toJson(EXTENDED);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
