package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.ashar.eventstore.PublishedEvent;

/**
 * What the last events of a stream looked like, so that another event under a sequence already
 * applied is noticed: 64 bits of SHA-256 of each of the last {@value #KEPT}. Compared is what a
 * ledger leaf holds (id, source, type, times, data), not the trace. Older events are no longer
 * compared; the ledger keeps those.
 */
final class Digests {

    static final int KEPT = 32;
    static final Digests NONE = new Digests(new byte[0]);

    private final byte[] tail;

    private Digests(byte[] tail) {
        this.tail = tail;
    }

    static Digests of(byte[] stored) {
        return new Digests(stored);
    }

    /** Not to be written to. */
    byte[] stored() {
        return tail;
    }

    /** With one event more. */
    Digests plus(long digest) {
        int kept = Math.min(tail.length, (KEPT - 1) * Long.BYTES);
        byte[] more = Arrays.copyOfRange(tail, tail.length - kept, tail.length + Long.BYTES);
        ByteBuffer.wrap(more).putLong(kept, digest);
        return new Digests(more);
    }

    /** The digest of the event {@code back} before the last one, where it is kept. */
    OptionalLong back(long back) {
        long at = tail.length - (back + 1) * Long.BYTES;
        return back < 0 || at < 0
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(tail).getLong((int) at));
    }

    static long of(PublishedEvent event) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        String recorded = event.recordedTime() == null ? "" : event.recordedTime().toString();
        // None of these can hold a line break: each matched its form.
        String attributes =
                event.id()
                        + '\n'
                        + event.source()
                        + '\n'
                        + event.type()
                        + '\n'
                        + event.time()
                        + '\n'
                        + recorded
                        + '\n';
        sha256.update(attributes.getBytes(UTF_8));
        sha256.update(event.data());
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }
}
