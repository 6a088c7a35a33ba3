package org.ashar.messaging;

import com.mongodb.client.model.ReplaceOneModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.GenerationStore.Write;
import org.jspecify.annotations.Nullable;

/**
 * Applies held events whose turn has come, and clears up behind them. Reads everything anew, so
 * that it also finishes what an earlier process began.
 */
final class HeldDrain {

    private static final int STREAMS_AT_ONCE = 50;

    /** Of all streams together: an event may have 48 KiB. */
    private static final int EVENTS_AT_ONCE = 1_000;

    private static final int ATTEMPTS = 10;

    private final GenerationStore store;
    private final BatchApplier applier;

    HeldDrain(GenerationStore store, BatchApplier applier) {
        this.store = store;
        this.applier = applier;
    }

    /** For streams of which events were seen again, or that were marked incomplete. */
    void drain(List<StreamFolding<?>> unsettled) {
        Map<SliceKind<?>, Set<StreamId>> byKind = new HashMap<>();
        unsettled.forEach(
                folding ->
                        byKind.computeIfAbsent(folding.kind(), _ -> new HashSet<>())
                                .add(folding.before().stream()));
        byKind.forEach(
                (kind, streams) -> {
                    List<StreamId> all = List.copyOf(streams);
                    for (int from = 0; from < all.size(); from += STREAMS_AT_ONCE) {
                        int to = Math.min(all.size(), from + STREAMS_AT_ONCE);
                        drain(kind, all.subList(from, to));
                    }
                });
    }

    private <D> void drain(SliceKind<D> kind, List<StreamId> streams) {
        Map<StreamId, StoredSlice<D>> slices = store.slices(kind, streams);
        List<ConsumerRecord<String, byte[]>> due = due(slices);
        while (!due.isEmpty()) {
            applier.applyDue(due);
            Map<StreamId, StoredSlice<D>> moved = store.slices(kind, streams);
            // What is due but does not move its slice is parked now.
            moved.entrySet()
                    .removeIf(
                            e -> {
                                StoredSlice<D> was = slices.put(e.getKey(), e.getValue());
                                return was != null && was.sequence() == e.getValue().sequence();
                            });
            due = due(moved);
        }
        List<String> keys = streams.stream().map(StreamId::toString).toList();
        Set<String> leftovers = new HashSet<>(store.held().streamsAmong(keys));
        leftovers.addAll(store.parked().streamsAmong(keys));
        for (StoredSlice<D> slice : slices.values()) {
            if (slice.incomplete() != null || leftovers.contains(slice.stream().toString())) {
                settle(kind, slice);
            }
        }
    }

    private <D> List<ConsumerRecord<String, byte[]>> due(Map<StreamId, StoredSlice<D>> slices) {
        Collection<String> next =
                slices.values().stream()
                        .map(slice -> HeldEvents.key(slice.stream(), slice.sequence() + 1))
                        .toList();
        Set<String> found = store.held().digests(next).keySet();
        int each = EVENTS_AT_ONCE / Math.max(1, found.size());
        List<ConsumerRecord<String, byte[]>> due = new ArrayList<>();
        for (StoredSlice<D> slice : slices.values()) {
            if (found.contains(HeldEvents.key(slice.stream(), slice.sequence() + 1))) {
                due.addAll(store.held().following(slice.stream(), slice.sequence(), each));
            }
        }
        return due;
    }

    /** Lets go what the slice has, and marks truly whether it lacks anything. */
    private <D> void settle(SliceKind<D> kind, StoredSlice<D> read) {
        StoredSlice<D> slice = read;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredSlice<D> present = slice;
            StreamId stream = slice.stream();
            store.held().applied(stream, slice.sequence());
            store.parked().applied(stream, slice.sequence(), present::digestAt);
            Incomplete mark = lacking(slice);
            if (Objects.equals(mark, slice.incomplete()) || !slice.stored()) {
                return;
            }
            Write write =
                    new Write(
                            store.collection(kind.definition().collection()),
                            List.of(
                                    new ReplaceOneModel<>(
                                            StreamFolding.guard(slice),
                                            slice.with(mark).toStore(kind.definition()))),
                            true);
            applier.forget(stream);
            if (store.write(List.of(write))) {
                return;
            }
            slice = store.slices(kind, List.of(stream)).getOrDefault(stream, slice);
        }
        throw new IllegalStateException("a slice keeps changing while it is settled");
    }

    private <D> @Nullable Incomplete lacking(StoredSlice<D> slice) {
        Optional<Instant> since = store.parked().timeAt(slice.stream(), slice.sequence() + 1);
        if (since.isEmpty()) {
            since = store.held().firstTimeBehind(slice.stream(), slice.sequence());
        }
        return since.map(time -> new Incomplete(time, slice.sequence() + 1)).orElse(null);
    }
}
