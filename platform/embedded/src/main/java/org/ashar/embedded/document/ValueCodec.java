package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.ashar.embedded.sorted.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes whose unsigned order is the order of the values: by type as MongoDB
 * orders types, numbers by value whatever their width, strings by UTF-16 unit as the front end
 * compares them. No encoding is the beginning of another, so that several can stand in a row, and
 * equal values have equal encodings.
 *
 * <p>Regular expressions, JavaScript and decimals have no place in keys and are refused.
 */
final class ValueCodec {
    static final int NUMBER = 0x10;
    static final int STRING = 0x20;
    static final int OBJECT_ID = 0x50;
    static final int BOOLEAN = 0x60;
    static final int DATE = 0x70;
    private static final int MIN = 0x01;
    private static final int EMPTY_ARRAY = 0x04;
    private static final int NULL = 0x05;
    private static final int DOCUMENT = 0x30;
    private static final int ARRAY = 0x38;
    private static final int BINARY = 0x40;
    private static final int LEGACY_UUID = 0x42;
    private static final int UUID_VALUE = 0x44;
    private static final int TIMESTAMP = 0x78;
    private static final int MAX = 0xf0;
    private static final int END = 0x00;
    private static final int MORE = 0x01;
    private static final double EXACT = 0x1p53;
    private static final int BAD_VALUE = 2;

    private ValueCodec() {}

    static byte[] encode(@Nullable Object value) {
        Bytes out = new Bytes(48);
        write(out, value);
        return out.toArray();
    }

    static void write(Bytes out, @Nullable Object value) {
        switch (value) {
            case null -> out.put(NULL);
            case Missing _ -> out.put(NULL);
            case String text -> writeString(out.put(STRING), text);
            case Decimal128 _ -> throw refused(value);
            case Number number -> writeNumber(out.put(NUMBER), number);
            case Boolean flag -> out.put(BOOLEAN).put(flag ? 1 : 0);
            case Instant time -> out.put(DATE).putLong(flipSign(time.toEpochMilli()));
            case ObjectId id -> out.put(OBJECT_ID).put(id.toByteArray());
            case UUID uuid ->
                    out.put(UUID_VALUE)
                            .putLong(uuid.getMostSignificantBits())
                            .putLong(uuid.getLeastSignificantBits());
            case LegacyUUID uuid ->
                    out.put(LEGACY_UUID)
                            .putLong(uuid.getUuid().getMostSignificantBits())
                            .putLong(uuid.getUuid().getLeastSignificantBits());
            case BinData data -> out.put(BINARY).putInt(data.getData().length).put(data.getData());
            case BsonTimestamp time -> out.put(TIMESTAMP).putLong(time.getValue());
            case Document document -> writeDocument(out.put(DOCUMENT), document);
            case Collection<?> values -> writeArray(out, values);
            case MinKey _ -> out.put(MIN);
            case MaxKey _ -> out.put(MAX);
            default -> throw refused(value);
        }
    }

    private static MongoServerError refused(Object value) {
        return new MongoServerError(
                BAD_VALUE,
                "BadValue",
                "a value of type " + value.getClass().getSimpleName() + " cannot be in an index");
    }

    /** The tag under which values comparable to this one stand; -1 where ranges are not served. */
    static int rangeTag(@Nullable Object value) {
        return switch (value) {
            case String _ -> STRING;
            case Decimal128 _ -> -1;
            case Number _ -> NUMBER;
            case Boolean _ -> BOOLEAN;
            case Instant _ -> DATE;
            case ObjectId _ -> OBJECT_ID;
            case null, default -> -1;
        };
    }

    /** The beginning of the encodings of all strings that begin with {@code prefix}. */
    static byte[] stringPrefix(String prefix) {
        Bytes out = new Bytes(prefix.length() + 8);
        writeUnits(out.put(STRING), prefix);
        return out.toArray();
    }

    private static void writeString(Bytes out, String text) {
        writeUnits(out, text);
        out.put(0).put(0);
    }

    /** Each UTF-16 unit in one to three bytes; the unit zero as 00 FF, so that 00 00 can end it. */
    private static void writeUnits(Bytes out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                out.put(0).put(0xff);
            } else if (unit < 0x80) {
                out.put(unit);
            } else if (unit < 0x800) {
                out.put(0xc0 | unit >> 6).put(0x80 | unit & 0x3f);
            } else {
                out.put(0xe0 | unit >> 12).put(0x80 | unit >> 6 & 0x3f).put(0x80 | unit & 0x3f);
            }
        }
    }

    /** By double value; above 2^53, where long values share one, the exact value follows. */
    private static void writeNumber(Bytes out, Number number) {
        double value = number.doubleValue() + 0.0;
        long bits = Double.doubleToLongBits(value);
        out.putLong(bits < 0 ? ~bits : flipSign(bits));
        if (Math.abs(value) >= EXACT && !Double.isInfinite(value)) {
            out.putLong(flipSign(number instanceof Long exact ? exact : (long) value));
        }
    }

    private static long flipSign(long value) {
        return value ^ Long.MIN_VALUE;
    }

    private static void writeDocument(Bytes out, Document document) {
        for (Map.Entry<String, Object> field : document.entrySet()) {
            writeString(out.put(MORE), field.getKey());
            write(out, field.getValue());
        }
        out.put(END);
    }

    private static void writeArray(Bytes out, Collection<?> values) {
        if (values.isEmpty()) {
            out.put(EMPTY_ARRAY);
            return;
        }
        out.put(ARRAY);
        for (Object value : values) {
            write(out.put(MORE), value);
        }
        out.put(END);
    }
}
