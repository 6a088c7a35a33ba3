package org.ashar.messaging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record kept whole, so that it can be tried again as if it came from its topic. One that
 * {@link #isTooLarge} is kept without its value, with the beginnings of its key and headers: the
 * broker's limit holds for what is compressed, a store's for what is not.
 */
public final class StoredRecord {

    /**
     * Bytes of a record that is kept whole, at most, key and headers counted in: five times an
     * event, far less than a document of the store, and little enough for some hundreds of them to
     * have room in memory.
     */
    public static final int MOST_BYTES = 256 * 1024;

    /** What a header costs in a document beside its name and value. */
    private static final int HEADER_COSTS = 64;

    private static final int MOST_HEADERS = 32;
    private static final int MOST_HEADER_BYTES = 1024;
    private static final int MOST_CHARACTERS = 256;

    private StoredRecord() {}

    /** {@code <topic>:<partition>:<offset>}. */
    public static String position(ConsumerRecord<String, byte[]> raw) {
        return raw.topic() + ":" + raw.partition() + ":" + raw.offset();
    }

    /** Whether it is more than any event may be, so that not all of it is kept. */
    public static boolean isTooLarge(ConsumerRecord<String, byte[]> raw) {
        byte[] value = raw.value();
        long key = raw.key() == null ? 0 : Utils.utf8Length(raw.key());
        return BoundedValues.leftOut(raw) != null
                || key + bytes(raw.headers()) + (value == null ? 0 : value.length) > MOST_BYTES;
    }

    /** Bytes of headers, with what they cost in a document. */
    static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += HEADER_COSTS + Utils.utf8Length(header.key());
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    /** For operators: how much the value of a record that is too large is, and where it lies. */
    public static String excess(ConsumerRecord<String, byte[]> raw) {
        String leftOut = BoundedValues.leftOut(raw);
        byte[] value = raw.value() == null ? new byte[0] : raw.value();
        return "a value of "
                + (leftOut == null ? BoundedValues.measure(ByteBuffer.wrap(value)) : leftOut)
                + "; not kept here, all of it lies at "
                + position(raw);
    }

    /** The record as a document: headers and value as they are, where it is not too large. */
    public static Document toStore(ConsumerRecord<String, byte[]> raw) {
        Document document =
                new Document("topic", raw.topic())
                        .append("partition", raw.partition())
                        .append("offset", raw.offset())
                        .append("timestamp", raw.timestamp());
        if (isTooLarge(raw)) {
            return document.append("key", raw.key() == null ? null : beginning(raw.key()))
                    .append("headers", documents(beginnings(raw.headers())))
                    .append("whole", false);
        }
        return document.append("key", raw.key())
                .append("headers", documents(raw.headers()))
                .append("value", binary(raw.value()));
    }

    private static List<Document> documents(Iterable<Header> headers) {
        List<Document> documents = new ArrayList<>();
        for (Header header : headers) {
            documents.add(new Document("k", header.key()).append("v", binary(header.value())));
        }
        return documents;
    }

    /** The first of these headers, each cut where it is long. */
    private static List<Header> beginnings(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .limit(MOST_HEADERS)
                .<Header>map(h -> new RecordHeader(beginning(h.key()), beginning(h.value())))
                .toList();
    }

    private static String beginning(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }

    private static byte @Nullable [] beginning(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= MOST_HEADER_BYTES
                ? bytes
                : Arrays.copyOf(bytes, MOST_HEADER_BYTES);
    }

    /** Whether nothing of it was left out, so that it can be tried again. */
    static boolean isWhole(Document stored) {
        return stored.getBoolean("whole", true);
    }

    /** The record that {@link #toStore} was given, where all of it was kept. */
    public static ConsumerRecord<String, byte[]> fromStore(Document stored) {
        Headers headers = new RecordHeaders();
        for (Document header : stored.getList("headers", Document.class)) {
            headers.add(header.getString("k"), bytes(header));
        }
        return new ConsumerRecord<>(
                stored.getString("topic"),
                stored.getInteger("partition"),
                stored.getLong("offset"),
                stored.getLong("timestamp"),
                TimestampType.CREATE_TIME,
                0,
                0,
                stored.getString("key"),
                stored.get("value", Binary.class) == null
                        ? null
                        : stored.get("value", Binary.class).getData(),
                headers,
                Optional.empty());
    }

    private static byte @Nullable [] bytes(Document header) {
        Binary value = header.get("v", Binary.class);
        return value == null ? null : value.getData();
    }

    private static @Nullable Binary binary(byte @Nullable [] bytes) {
        return bytes == null ? null : new Binary(bytes);
    }
}
