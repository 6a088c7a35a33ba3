package org.ashar.web;

import java.util.HashMap;
import java.util.Map;
import org.ashar.eventstore.Outcome;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.StreamId;

/** A store in memory that keeps what the real one keeps of commands. */
final class Things {

    private record Effect(String fingerprint, long version) {}

    private final Map<StreamId, Map<String, Effect>> effects = new HashMap<>();

    synchronized Outcome create(StreamId stream, CommandMeta meta) {
        return apply(stream, 0, meta);
    }

    synchronized Outcome update(StreamId stream, long expected, CommandMeta meta) {
        return apply(stream, expected, meta);
    }

    synchronized long version(StreamId stream) {
        return effects.getOrDefault(stream, Map.of()).size();
    }

    synchronized int total() {
        return effects.values().stream().mapToInt(Map::size).sum();
    }

    private Outcome apply(StreamId stream, long expected, CommandMeta meta) {
        Map<String, Effect> known = effects.computeIfAbsent(stream, _ -> new HashMap<>());
        Effect before = known.get(meta.commandId());
        if (before != null) {
            return before.fingerprint().equals(meta.fingerprint())
                    ? new Outcome.Done(stream, before.version())
                    : new Outcome.KeyReused();
        }
        if (known.size() != expected) {
            return new Outcome.Stale(known.size());
        }
        known.put(meta.commandId(), new Effect(meta.fingerprint(), expected + 1));
        return new Outcome.Done(stream, expected + 1);
    }
}
