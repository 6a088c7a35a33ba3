package org.ashar.messaging;

import java.util.HashSet;
import java.util.Set;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Checked;
import org.ashar.kernel.canonical.CanonicalJson;

/** A slice definition with what follows from it. */
final class SliceKind<D> {

    private final SliceDefinition<D> definition;
    private final Set<String> facts = new HashSet<>();

    SliceKind(SliceDefinition<D> definition) {
        this.definition = definition;
        definition.knownTypes().keySet().forEach(t -> facts.add(EventType.parse(t).fact()));
    }

    SliceDefinition<D> definition() {
        return definition;
    }

    /** What an event says to this consumer. */
    sealed interface Reading {
        /** The consumer's own record of it. */
        record Payload(Object value) implements Reading {}

        /** Nothing: it only advances the sequence. */
        record Nothing() implements Reading {}

        /** It should say something, and does not. */
        record Unreadable(String reason, String detail) implements Reading {}
    }

    Reading read(PublishedEvent event) {
        Class<?> known = definition.knownTypes().get(event.type());
        if (known == null) {
            EventType type = EventType.parse(event.type());
            return facts.contains(type.fact())
                    ? new Reading.Unreadable(
                            "event.unknown-version",
                            "version " + type.version() + " of " + type.fact() + " is not known")
                    : new Reading.Nothing();
        }
        if (mayHoldHalfCharacters(event.data())
                && CanonicalJson.of(event.data())
                        instanceof Checked.Invalid<byte[]>(String code, var _)) {
            return new Reading.Unreadable("event.unreadable", code);
        }
        try {
            Object payload = AsharJson.lenient().readValue(event.data(), known);
            return payload == null
                    ? new Reading.Unreadable("event.unreadable", "its data is null")
                    : new Reading.Payload(payload);
        } catch (RuntimeException e) {
            // Whatever a hostile text makes the parser or a record's constructor throw.
            return new Reading.Unreadable("event.unreadable", where(e));
        }
    }

    /**
     * Whether surrogates are in it, escaped or as bytes. A lone one passes the parser, and then no
     * document that repeats it can be written as UTF-8 any more.
     */
    private static boolean mayHoldHalfCharacters(byte[] json) {
        for (int i = 0; i + 3 < json.length; i++) {
            boolean escaped = json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd';
            boolean plain = json[i] == (byte) 0xed && (json[i + 1] & 0xff) >= 0xa0;
            if (escaped || plain) {
                return true;
            }
        }
        return false;
    }

    /** A failure without its message, which might quote the event. */
    static String where(RuntimeException failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 20 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
