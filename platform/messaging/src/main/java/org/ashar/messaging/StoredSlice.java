package org.ashar.messaging;

import java.time.Instant;
import java.util.OptionalLong;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A slice with what the store keeps beside its content.
 *
 * @param stored whether the store has a document for it
 * @param body null until a known event has been applied
 */
record StoredSlice<D>(
        StreamId stream,
        boolean stored,
        long sequence,
        Digests digests,
        @Nullable Incomplete incomplete,
        @Nullable D body) {

    /** No single slice may endanger the store, whose documents end at 16 MiB. */
    private static final int MAX_BODY = 4 * 1024 * 1024;

    static <D> StoredSlice<D> none(StreamId stream) {
        return new StoredSlice<>(stream, false, 0, Digests.NONE, null, null);
    }

    static <D> StoredSlice<D> read(SliceDefinition<D> definition, Document stored) {
        String body = stored.getString("body");
        return new StoredSlice<>(
                StreamId.parse(stored.getString("_id")).orThrow(),
                true,
                stored.getLong("seq"),
                Digests.of(stored.get("d", Binary.class).getData()),
                incomplete(stored),
                body == null ? null : AsharJson.lenient().readValue(body, definition.type()));
    }

    /** Throws what the definition's functions throw. */
    Document toStore(SliceDefinition<D> definition) {
        Document document =
                new Document("_id", stream.toString())
                        .append("seq", sequence)
                        .append("d", new Binary(digests.stored()));
        if (incomplete != null) {
            document.append("since", toStore(incomplete));
        }
        if (body != null) {
            String json = AsharJson.lenient().writeValueAsString(body);
            if (json.length() > MAX_BODY) {
                throw new IllegalArgumentException("a slice of " + json.length() + " characters");
            }
            document.append("body", json);
            document.append("f", FieldValues.toStore(definition.fields().apply(body)));
        }
        return document;
    }

    StoredSlice<D> after(long digest, @Nullable D next) {
        return new StoredSlice<>(
                stream, stored, sequence + 1, digests.plus(digest), incomplete, next);
    }

    StoredSlice<D> written() {
        return new StoredSlice<>(stream, true, sequence, digests, incomplete, body);
    }

    StoredSlice<D> with(@Nullable Incomplete mark) {
        return new StoredSlice<>(stream, stored, sequence, digests, mark, body);
    }

    /** The digest of an event already applied, where it is still kept. */
    OptionalLong digestAt(long at) {
        return digests.back(sequence - at);
    }

    static @Nullable Document toStore(@Nullable Incomplete mark) {
        return mark == null
                ? null
                : new Document("time", mark.since().toString()).append("sequence", mark.sequence());
    }

    static @Nullable Incomplete incomplete(Document stored) {
        Document since = stored.get("since", Document.class);
        return since == null
                ? null
                : new Incomplete(Instant.parse(since.getString("time")), since.getLong("sequence"));
    }
}
