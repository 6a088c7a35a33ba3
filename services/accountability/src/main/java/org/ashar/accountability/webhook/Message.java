package org.ashar.accountability.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.ashar.accountability.ledger.LogEntry;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What is delivered: an event exactly as it is logged, or a test.
 *
 * @param id the same whenever the same event is delivered: receivers drop what they have by it
 * @param index in the log; null for a test
 * @param body a CloudEvent in canonical JSON; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // its bytes are what it is; nobody compares messages
record Message(String id, @Nullable Long index, byte[] body) {

    /**
     * An entry of the ledger of this name, the same whichever of its logs is the present one. The
     * id has no full stop, as the signature asks.
     */
    static Message of(String ledger, LogEntry entry) {
        return new Message(
                StreamId.derived("ledger", ledger).id() + "_" + entry.index(),
                entry.index(),
                entry.leaf());
    }

    /**
     * The message, signed.
     *
     * @param signatures as they stand in {@code webhook-signature}
     */
    record Signed(URI to, Message message, long timestamp, String signatures) {}

    /** Signs for one attempt, with every key that the receiver may go by. */
    Signed signed(Target target, List<SigningKey> keys, Instant now) {
        long timestamp = now.getEpochSecond();
        return new Signed(
                target.uri(),
                this,
                timestamp,
                keys.stream()
                        .map(key -> key.sign(id, timestamp, body))
                        .collect(Collectors.joining(" ")));
    }
}
