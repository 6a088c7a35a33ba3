package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log holds it. The arrays are not copied: nobody may write to them.
 *
 * @param id of the event, {@code <stream>@<sequence>}
 * @param sequence among the stream's published events
 * @param leaf canonical JSON (RFC 8785) of the CloudEvent without its trace, at most 65,535 bytes;
 *     where it would be longer, without its data too, but with {@code dataref}, where these lie
 *     (CloudEvents, extension dataref): the last segment is their SHA-256 in hex
 * @param payload canonical JSON of the data that {@code leaf} only refers to
 */
@SuppressWarnings("ArrayRecordComponent") // its bytes are what it is; equality is by content
record Entry(String id, StreamId stream, long sequence, byte[] leaf, byte @Nullable [] payload) {

    /** Where data lie that no entry can hold. */
    private static final String PAYLOADS = "/api/ledger/payloads/";

    /** How an entry begins that has no data; one that has them begins with these. */
    private static final String REFERRING =
            "{\"datacontenttype\":\"application/json\",\"dataref\":\"" + PAYLOADS;

    private static final int DIGEST = 64;

    /** Streams one after the other, each in its order. */
    static final Comparator<Entry> IN_STREAM =
            Comparator.comparing(Entry::stream).thenComparingLong(Entry::sequence);

    /** The entry of an event, or the code of what keeps its data from having a canonical form. */
    static Checked<Entry> of(PublishedEvent event) {
        return CanonicalJson.ofMember(event.data()).then(data -> Checked.valid(of(event, data)));
    }

    private static Entry of(PublishedEvent event, byte[] data) {
        // Names in the order of RFC 8785. No attribute can hold what JSON escapes: each has a form.
        String behind = behindData(event);
        String form = "\"datacontenttype\":\"application/json\"";
        byte[] leaf = bytes("{\"data\":", data, "," + form + behind);
        if (leaf.length <= EntryBundle.LONGEST_ENTRY) {
            return new Entry(event.id(), event.subject(), event.sequence(), leaf, null);
        }
        StringBuilder reference = new StringBuilder(200);
        member(reference, "dataref", PAYLOADS + Sha256.of(data).hex());
        return new Entry(
                event.id(),
                event.subject(),
                event.sequence(),
                ("{" + form + reference + behind).getBytes(UTF_8),
                data);
    }

    private static String behindData(PublishedEvent event) {
        StringBuilder behind = new StringBuilder(400);
        member(behind, "id", event.id());
        if (event.recordedTime() != null) {
            member(behind, "recordedtime", event.recordedTime().toString());
        }
        member(behind, "sequence", padded(event.sequence()));
        member(behind, "source", event.source());
        member(behind, "specversion", "1.0");
        member(behind, "subject", event.subject().toString());
        member(behind, "time", event.time().toString());
        member(behind, "type", event.type());
        return behind.append('}').toString();
    }

    private static byte[] bytes(String before, byte[] data, String behind) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(data.length + behind.length() + 8);
        all.writeBytes(before.getBytes(UTF_8));
        all.writeBytes(data);
        all.writeBytes(behind.getBytes(UTF_8));
        return all.toByteArray();
    }

    /** The id of the event that must be in the log before this one; null for a stream's first. */
    @Nullable String predecessor() {
        return sequence == 1 ? null : PublishedEvent.idOf(stream, sequence - 1);
    }

    /** How much it is, with the data beside it. */
    int bytes() {
        return leaf.length + (payload == null ? 0 : payload.length);
    }

    /** The digest of the data that a leaf only refers to; empty where it has them. */
    static Optional<String> payloadOf(byte[] leaf) {
        int end = REFERRING.length() + DIGEST;
        if (leaf.length < end) {
            return Optional.empty();
        }
        String beginning = new String(leaf, 0, end, ISO_8859_1);
        return beginning.startsWith(REFERRING)
                ? Optional.of(beginning.substring(REFERRING.length()))
                : Optional.empty();
    }

    /** The hash of its leaf. */
    Hash hash() {
        return Hash.leaf(leaf);
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"").append(value).append('"');
    }

    private static String padded(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry that && id.equals(that.id) && Arrays.equals(leaf, that.leaf);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, Arrays.hashCode(leaf));
    }

    @Override
    public String toString() {
        return id;
    }
}
