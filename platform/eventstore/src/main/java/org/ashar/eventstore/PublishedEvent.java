package org.ashar.eventstore;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * One event of the published language, with the bytes that it has for ever. Equal when all of it,
 * data bytes included, is equal. The array is not copied: nobody may write to it.
 *
 * @param id {@code <stream>@<sequence>}
 * @param source {@code /<installation>/<service>}
 * @param type {@code org.ashar.<service>.<fact>.v<n>}
 * @param subject the stream
 * @param sequence its place among the stream's published events: 1, 2, 3, … without a gap
 * @param time when the command counts as given
 * @param recordedTime when it was recorded, where that differs
 * @param traceparent W3C trace context, if any; not part of what happened
 * @param data canonical JSON (RFC 8785), at most {@value #MAX_BYTES} bytes where we commit it
 */
@SuppressWarnings("ArrayRecordComponent") // its bytes are what it is; equality is by content
public record PublishedEvent(
        String id,
        String source,
        String type,
        StreamId subject,
        long sequence,
        Instant time,
        @Nullable Instant recordedTime,
        @Nullable String traceparent,
        byte[] data) {

    /** Bytes of canonical JSON in one published event, at most. */
    public static final int MAX_BYTES = 48 * 1024;

    /** The id of a stream's event with this published sequence. */
    public static String idOf(StreamId stream, long sequence) {
        return stream + "@" + sequence;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublishedEvent that
                && id.equals(that.id)
                && source.equals(that.source)
                && type.equals(that.type)
                && subject.equals(that.subject)
                && sequence == that.sequence
                && time.equals(that.time)
                && Objects.equals(recordedTime, that.recordedTime)
                && Objects.equals(traceparent, that.traceparent)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, type, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
        return type + " " + id;
    }
}
