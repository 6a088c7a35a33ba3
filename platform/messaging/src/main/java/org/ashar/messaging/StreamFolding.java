package org.ashar.messaging;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.json.AsharJson;
import org.ashar.messaging.Incoming.Fate;
import org.ashar.messaging.SliceKind.Reading;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one stream in one batch, in memory. Decides for each what becomes of it;
 * writes nothing.
 */
final class StreamFolding<D> {

    /**
     * A line and where it goes.
     *
     * @param again whether it is of an event seen before: it may not change what is there, since an
     *     old event can no longer be told from another of its sequence
     */
    record StoredLine(String collection, Document document, boolean again) {

        WriteModel<Document> write() {
            if (!again) {
                return new InsertOneModel<>(document);
            }
            Document content = new Document(document);
            content.remove("_id");
            return new UpdateOneModel<>(
                    Filters.eq("_id", document.getString("_id")),
                    new Document("$setOnInsert", content),
                    new UpdateOptions().upsert(true));
        }
    }

    private final SliceKind<D> kind;
    private final StoredSlice<D> before;
    private final List<StoredLine> lines = new ArrayList<>();
    private final List<Parking> parkings = new ArrayList<>();
    private final SortedMap<Long, Incoming> held = new TreeMap<>();
    private StoredSlice<D> now;
    private @Nullable Document document;
    private boolean seen;

    private StreamFolding(SliceKind<D> kind, StoredSlice<D> before) {
        this.kind = kind;
        this.before = before;
        this.now = before;
    }

    /** Folds {@code events}, ordered by sequence, into {@code before}. */
    static <D> StreamFolding<D> of(
            SliceKind<D> kind, StoredSlice<D> before, List<Incoming> events) {
        StreamFolding<D> quick = new StreamFolding<>(kind, before);
        events.forEach(event -> quick.take(event, false));
        try {
            quick.finish();
            return quick;
        } catch (RuntimeException e) {
            // Some event made a slice that cannot be written: find and park that one.
            StreamFolding<D> careful = new StreamFolding<>(kind, before);
            events.forEach(event -> careful.take(event, true));
            careful.finish();
            return careful;
        }
    }

    StoredSlice<D> before() {
        return before;
    }

    SliceKind<D> kind() {
        return kind;
    }

    List<StoredLine> lines() {
        return lines;
    }

    List<Parking> parkings() {
        return parkings;
    }

    /** Those that wait, by sequence; may be taken out of again before they are written. */
    SortedMap<Long, Incoming> held() {
        return held;
    }

    /**
     * Whether something about the stream may wait for, or be left over from, an earlier attempt; or
     * waits now: that is written behind the slice, and whoever settled the stream in between found
     * nothing waiting and took the mark away.
     */
    boolean unsettled() {
        return seen || before.incomplete() != null || !held.isEmpty() || !parkings.isEmpty();
    }

    /** The guarded write of the slice; empty when nothing about it changed. */
    Optional<WriteModel<Document>> write() {
        if (document == null) {
            return Optional.empty();
        }
        return Optional.of(
                before.stored()
                        ? new ReplaceOneModel<>(guard(before), document)
                        : new InsertOneModel<>(document));
    }

    /** Whether {@link #write} changes the slice. */
    boolean changed() {
        return document != null;
    }

    /** The slice once it is written. */
    StoredSlice<D> after() {
        return now.written();
    }

    /** Of the slice's JSON, where it changed. */
    int characters() {
        return document == null || now.body() == null ? 0 : document.getString("body").length();
    }

    /** Meets the slice only while nobody has applied to it or marked it since. */
    static Bson guard(StoredSlice<?> read) {
        return Filters.and(
                Filters.eq("_id", read.stream().toString()),
                Filters.eq("seq", read.sequence()),
                Filters.eq("since", StoredSlice.toStore(read.incomplete())));
    }

    private void take(Incoming incoming, boolean careful) {
        long sequence = incoming.event().sequence();
        if (sequence <= now.sequence()) {
            again(incoming);
        } else if (sequence == now.sequence() + 1) {
            apply(incoming, careful);
        } else {
            hold(incoming);
        }
    }

    private void again(Incoming incoming) {
        long known = now.digestAt(incoming.event().sequence()).orElse(incoming.digest());
        if (known != incoming.digest()) {
            park(incoming, "event.contradicts-applied", "another event of this sequence counts");
            return;
        }
        seen = true;
        incoming.decided(Fate.SEEN);
        if (kind.read(incoming.event()) instanceof Reading.Payload(Object payload)) {
            try {
                lines.addAll(linesOf(incoming, payload, true));
            } catch (RuntimeException e) {
                park(incoming, "event.not-applicable", SliceKind.where(e));
            }
        }
    }

    private void apply(Incoming incoming, boolean careful) {
        switch (kind.read(incoming.event())) {
            case Reading.Nothing() -> advance(incoming, now.body());
            case Reading.Unreadable(String reason, String detail) -> park(incoming, reason, detail);
            case Reading.Payload(Object payload) -> {
                try {
                    D next =
                            kind.definition()
                                    .fold()
                                    .apply(now.body(), incoming.envelope(), payload);
                    List<StoredLine> more = linesOf(incoming, payload, false);
                    if (careful) {
                        now.after(incoming.digest(), next).toStore(kind.definition());
                    }
                    advance(incoming, next);
                    lines.addAll(more);
                } catch (RuntimeException e) {
                    park(incoming, "event.not-applicable", SliceKind.where(e));
                }
            }
        }
    }

    private void advance(Incoming incoming, @Nullable D next) {
        now = now.after(incoming.digest(), next);
        incoming.decided(Fate.APPLIED);
    }

    private void hold(Incoming incoming) {
        Incoming other = held.putIfAbsent(incoming.event().sequence(), incoming);
        if (other != null && other.digest() != incoming.digest()) {
            contradictsHeld(incoming);
        } else {
            incoming.decided(Fate.HELD);
        }
    }

    /** Parks an event because another of its sequence is held already. */
    void contradictsHeld(Incoming incoming) {
        incoming.decided(Fate.PARKED);
        parkings.add(
                Parking.of(
                        incoming,
                        "event.contradicts-held",
                        "another event of this sequence is held",
                        false));
    }

    private void park(Incoming incoming, String reason, String detail) {
        incoming.decided(Fate.PARKED);
        parkings.add(Parking.of(incoming, reason, detail, true));
    }

    private void finish() {
        // Only what stands where the slice goes on stops it; a later copy may have been good.
        parkings.replaceAll(p -> blocks(p.event()) ? p : p.unblocked());
        Incomplete mark = before.incomplete();
        Optional<Parking> block = parkings.stream().filter(Parking::blocking).findFirst();
        boolean moved = now.sequence() != before.sequence();
        if (moved || mark == null) {
            PublishedEvent waiting =
                    block.map(Parking::event)
                            .orElse(held.isEmpty() ? null : held.firstEntry().getValue().event());
            if (waiting != null) {
                mark = new Incomplete(waiting.time(), now.sequence() + 1);
            }
        }
        now = now.with(mark);
        if (moved || !Objects.equals(mark, before.incomplete())) {
            document = now.toStore(kind.definition());
        }
    }

    private boolean blocks(@Nullable PublishedEvent event) {
        return event != null && event.sequence() == now.sequence() + 1;
    }

    private List<StoredLine> linesOf(Incoming incoming, Object payload, boolean again) {
        PublishedEvent event = incoming.event();
        List<StoredLine> stored = new ArrayList<>();
        Map<String, Integer> count = new HashMap<>();
        for (Line line : kind.definition().lines().lines(incoming.envelope(), payload)) {
            if (kind.definition().lineDefinitions().stream()
                    .noneMatch(d -> d.collection().equals(line.collection()))) {
                throw new IllegalArgumentException("no such lines: " + line.collection());
            }
            int nth = count.merge(line.collection(), 1, Integer::sum);
            String key = HeldEvents.key(event.subject(), event.sequence());
            stored.add(
                    new StoredLine(
                            line.collection(),
                            new Document("_id", nth == 1 ? key : key + "." + nth)
                                    .append("stream", event.subject().toString())
                                    .append("seq", event.sequence())
                                    .append("f", FieldValues.toStore(line.fields()))
                                    .append(
                                            "body",
                                            AsharJson.lenient().writeValueAsString(line.body())),
                            again));
        }
        return stored;
    }
}
