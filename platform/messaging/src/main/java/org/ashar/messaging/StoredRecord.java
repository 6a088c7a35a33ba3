package org.ashar.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** A Kafka record kept whole, so that it can be tried again as if it came from its topic. */
public final class StoredRecord {

    private StoredRecord() {}

    /** {@code <topic>:<partition>:<offset>}. */
    public static String position(ConsumerRecord<String, byte[]> raw) {
        return raw.topic() + ":" + raw.partition() + ":" + raw.offset();
    }

    /** The record as a document, headers and value as they are. */
    public static Document toStore(ConsumerRecord<String, byte[]> raw) {
        List<Document> headers = new ArrayList<>();
        for (Header header : raw.headers()) {
            headers.add(new Document("k", header.key()).append("v", binary(header.value())));
        }
        return new Document("topic", raw.topic())
                .append("partition", raw.partition())
                .append("offset", raw.offset())
                .append("timestamp", raw.timestamp())
                .append("key", raw.key())
                .append("headers", headers)
                .append("value", binary(raw.value()));
    }

    /** The record that {@link #toStore} was given. */
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
