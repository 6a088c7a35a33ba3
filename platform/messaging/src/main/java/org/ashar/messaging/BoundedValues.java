package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.ashar.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Gives a consumer the values of records, but only size and SHA-256 of what is too large, so that
 * the records of one poll have room in memory, whatever a small compressed batch unfolds to. A
 * single record, and keys and headers, are not bounded by this. {@link StoredRecord#isTooLarge}
 * tells the records that lack their value.
 */
public final class BoundedValues implements Deserializer<byte[]> {

    /** Says what was left out, in the place of the value; taken from whoever else sends it. */
    private static final String LEFT_OUT = "ashar_left-out";

    private final int most;

    /**
     * @param most bytes of a value and its headers that are given as they are
     */
    public BoundedValues(int most) {
        this.most = most;
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        return data;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        headers.remove(LEFT_OUT);
        if (data == null) {
            return null;
        }
        if (data.remaining() + StoredRecord.bytes(headers) > most) {
            headers.add(LEFT_OUT, measure(data).getBytes(US_ASCII));
            return new byte[0];
        }
        byte[] value = new byte[data.remaining()];
        data.get(value);
        return value;
    }

    /** How much the value of a record was that was left out; null where it is all there. */
    static @Nullable String leftOut(ConsumerRecord<String, byte[]> raw) {
        if (raw.value() == null || raw.value().length > 0) {
            return null;
        }
        Header leftOut = raw.headers().lastHeader(LEFT_OUT);
        return leftOut == null ? null : new String(leftOut.value(), US_ASCII);
    }

    /** Size and digest of a value, for operators. */
    static String measure(ByteBuffer value) {
        int bytes = value.remaining();
        return bytes + " bytes of SHA-256 " + Sha256.of(value).hex();
    }
}
