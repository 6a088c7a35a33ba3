package org.ashar.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Checked;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;
import org.ashar.kernel.canonical.CanonicalJson;

/**
 * Turns decided events into the one document that is written.
 *
 * <p>Guarantee: what it composes, the ledger can log and Kafka can carry: every published event has
 * a canonical form of at most {@value PublishedEvent#MAX_BYTES} bytes, and so would the draft, once
 * published; the whole is at most {@value #MAX_COMMIT_BYTES} bytes of content.
 */
final class Composer<S, E> {

    static final int MAX_COMMIT_BYTES = 512 * 1024;
    static final int MAX_EVENTS = 200;

    private final AggregateType<?, S, E> type;
    private final String service;
    private final String source;

    Composer(AggregateType<?, S, E> type, String installation, String service) {
        this.type = type;
        this.service = service;
        this.source = KafkaCloudEvents.source(installation, service);
    }

    /** What came of it. */
    sealed interface Composed<S> {}

    /** A commit to append, and the state after it. */
    record Ready<S>(Commit commit, Folded<S> after) implements Composed<S> {}

    /** It cannot be logged as it is. */
    record Unfit<S>(Refusal refusal) implements Composed<S> {}

    Composed<S> compose(StreamId stream, Folded<S> before, CommandMeta meta, List<E> decided) {
        try {
            return ready(stream, before, meta, decided);
        } catch (NotLoggable e) {
            return new Unfit<>(e.refusal);
        }
    }

    private Ready<S> ready(StreamId stream, Folded<S> before, CommandMeta meta, List<E> decided)
            throws NotLoggable {
        String trace =
                Optional.ofNullable(meta.traceparent())
                        .filter(KafkaCloudEvents::isTraceparent)
                        .orElse(null);
        List<Commit.StoredEvent> events = new ArrayList<>();
        List<PublishedEvent> published = new ArrayList<>();
        S state = before.state();
        long sequence = before.published();
        long bytes = 0;
        for (E event : decided) {
            S after = type.decider().evolve().apply(state, event);
            String json = type.events().write(event);
            bytes += utf8(json).length;
            events.add(new Commit.StoredEvent(type.events().name(event), json));
            for (Fact fact : type.publication().publish(state, event, after, meta)) {
                byte[] data = canonical(fact);
                if (data.length > PublishedEvent.MAX_BYTES) {
                    throw tooLarge(data.length, before.state());
                }
                bytes += data.length;
                sequence++;
                published.add(
                        new PublishedEvent(
                                PublishedEvent.idOf(stream, sequence),
                                source,
                                KafkaCloudEvents.type(service, fact.name(), fact.version()),
                                stream,
                                sequence,
                                meta.time(),
                                meta.recordedTime(),
                                trace,
                                data));
            }
            state = after;
        }
        int preview = previewBytes(state);
        if (preview > PublishedEvent.MAX_BYTES) {
            throw tooLarge(preview, before.state());
        }
        if (bytes > MAX_COMMIT_BYTES || events.size() > MAX_EVENTS) {
            throw new NotLoggable(
                    Refusal.invalid(
                            "commit.too-large",
                            "",
                            Map.of("limit", Integer.toString(MAX_COMMIT_BYTES))));
        }
        long to = before.version() + events.size();
        Commit commit =
                new Commit(
                        stream,
                        before.version() + 1,
                        to,
                        meta.commandId(),
                        meta.fingerprint(),
                        meta.actor(),
                        meta.time(),
                        meta.recordedTime(),
                        trace,
                        events,
                        published,
                        sequence,
                        true);
        return new Ready<>(commit, before.advanced(to, sequence, state));
    }

    private int previewBytes(S state) throws NotLoggable {
        Optional<Fact> preview = type.publication().preview(state);
        return preview.isEmpty() ? 0 : canonical(preview.get()).length;
    }

    private NotLoggable tooLarge(int size, S before) throws NotLoggable {
        int left = Math.max(0, PublishedEvent.MAX_BYTES - previewBytes(before));
        return new NotLoggable(
                Refusal.invalid(
                        "event.too-large",
                        "",
                        Map.of(
                                "limit", Integer.toString(PublishedEvent.MAX_BYTES),
                                "over", Integer.toString(size - PublishedEvent.MAX_BYTES),
                                "left", Integer.toString(left))));
    }

    private static byte[] canonical(Fact fact) throws NotLoggable {
        byte[] json = utf8(AsharJson.strict().writeValueAsString(fact.data()));
        return switch (CanonicalJson.ofMember(json)) {
            case Checked.Valid<byte[]>(byte[] canonical) -> canonical;
            case Checked.Invalid<byte[]> invalid -> throw notExpressible(invalid.code());
        };
    }

    /** The text's bytes; a lone surrogate, which has none, is refused instead of replaced. */
    private static byte[] utf8(String text) throws NotLoggable {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw notExpressible("json.lone-surrogate");
        }
    }

    private static NotLoggable notExpressible(String reason) {
        return new NotLoggable(
                Refusal.invalid("event.not-expressible", "", Map.of("reason", reason)));
    }

    /** Leaves the composing at the first reason not to; never seen outside. */
    private static final class NotLoggable extends Exception {
        private final transient Refusal refusal;

        NotLoggable(Refusal refusal) {
            super(refusal.code(), null, false, false);
            this.refusal = refusal;
        }
    }
}
