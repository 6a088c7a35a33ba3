package org.ashar.messaging;

import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.GenerationStore.Write;
import org.ashar.messaging.Intake.Judgement;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies batches of records to one generation of a view.
 *
 * <p>When {@link #apply} returns, everything it took is durable: in a slice, held or parked. It may
 * be called again with the same records, in whole or in part, also after it died at any point, also
 * by two threads at once: slices are guarded by the sequence they were read or written at,
 * everything else has a key that follows from the record.
 *
 * <p>Written in this order: lines, then slices, then what is held and parked, then the clearing up.
 * So a slice never claims an event whose lines are missing once its records have been applied
 * again; whatever waits for a stream, its slice says so before, and is cleared up behind by whoever
 * meets the stream next; and nothing is let go before the slice has it.
 */
final class BatchApplier {

    private static final Logger LOG = LoggerFactory.getLogger(BatchApplier.class);

    /** A guard is lost to another consumer or an operator, or to a slice remembered wrongly. */
    private static final int ATTEMPTS = 10;

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Some thousand slices, in some megabytes; there are two of these during a rebuild. */
    private static final long REMEMBERED_CHARACTERS = 2L * 1024 * 1024;

    private final GenerationStore store;
    private final Intake intake;
    private final int heldLimit;
    private final HeldDrain drain;
    private final RecentSlices recent;

    BatchApplier(GenerationStore store, Intake intake, int heldLimit) {
        this.store = store;
        this.intake = intake;
        this.heldLimit = heldLimit;
        this.recent = new RecentSlices(store, REMEMBERED_CHARACTERS);
        this.drain = new HeldDrain(store, this);
    }

    /**
     * What was taken.
     *
     * @param next for each partition the offset to go on from
     * @param full the partitions that must wait there because too much is held
     */
    record Taken(Map<TopicPartition, Long> next, List<TopicPartition> full) {}

    /** Applies records as they come from their topics. */
    Taken apply(Iterable<ConsumerRecord<String, byte[]>> records) {
        Map<TopicPartition, Long> next = new HashMap<>();
        List<Incoming> followed = new ArrayList<>();
        List<Parking> foreign = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> raw : records) {
            next.merge(
                    new TopicPartition(raw.topic(), raw.partition()), raw.offset() + 1, Math::max);
            switch (intake.judge(raw)) {
                case Judgement.Followed(Incoming incoming) -> followed.add(incoming);
                case Judgement.NotFollowed() -> {}
                case Judgement.Foreign f -> foreign.add(Parking.of(f));
            }
        }
        Map<TopicPartition, Long> cuts = new HashMap<>();
        settle(followed, foreign, heldLimit, cuts);
        next.putAll(cuts);
        return new Taken(next, List.copyOf(cuts.keySet()));
    }

    /** Reads all slices anew from now on: others may have had the streams meanwhile. */
    void forget() {
        recent.forgetAll();
    }

    /** Reads one slice anew the next time. */
    void forget(StreamId stream) {
        recent.forget(stream);
    }

    /** Applies one record that was parked. */
    ReplayOutcome replay(String id) {
        Document stored = store.parked().record(id).orElse(null);
        if (stored == null) {
            return ReplayOutcome.UNKNOWN;
        }
        if (!StoredRecord.isWhole(stored)) {
            return ReplayOutcome.STILL_PARKED;
        }
        ReplayOutcome outcome =
                switch (intake.judge(StoredRecord.fromStore(stored))) {
                    case Judgement.NotFollowed() -> ReplayOutcome.APPLIED;
                    case Judgement.Foreign f -> {
                        settle(List.of(), List.of(Parking.of(f)), NO_LIMIT, new HashMap<>());
                        yield ReplayOutcome.STILL_PARKED;
                    }
                    case Judgement.Followed(Incoming incoming) -> {
                        settle(List.of(incoming), List.of(), NO_LIMIT, new HashMap<>());
                        yield switch (incoming.fate()) {
                            case APPLIED, SEEN -> ReplayOutcome.APPLIED;
                            case HELD -> ReplayOutcome.HELD;
                            case PARKED -> ReplayOutcome.STILL_PARKED;
                            case UNDECIDED -> throw new IllegalStateException("left undecided");
                        };
                    }
                };
        if (outcome != ReplayOutcome.STILL_PARKED) {
            store.parked().remove(id);
        }
        return outcome;
    }

    /** Applies events that were held and are due. */
    void applyDue(Collection<ConsumerRecord<String, byte[]>> due) {
        List<Incoming> followed = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> raw : due) {
            if (intake.judge(raw) instanceof Judgement.Followed(Incoming incoming)) {
                followed.add(incoming);
            }
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<StreamFolding<?>> foldings = fold(followed);
            if (write(foldings, List.of())) {
                store.held()
                        .parked(
                                followed.stream()
                                        .filter(i -> i.fate() == Incoming.Fate.PARKED)
                                        .map(BatchApplier::key)
                                        .toList());
                report(foldings, List.of());
                return;
            }
        }
        throw new IllegalStateException("slices keep changing under a batch");
    }

    private void settle(
            List<Incoming> followed,
            List<Parking> foreign,
            int limit,
            Map<TopicPartition, Long> cuts) {
        List<Incoming> taken = followed;
        List<Parking> strangers = foreign;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<StreamFolding<?>> foldings = fold(taken);
            Map<TopicPartition, Long> more = reconcileHeld(foldings, limit);
            while (!more.isEmpty()) {
                more.forEach((partition, cut) -> cuts.merge(partition, cut, Math::min));
                taken = taken.stream().filter(i -> isBefore(cuts, i.raw())).toList();
                strangers = strangers.stream().filter(p -> isBefore(cuts, p.raw())).toList();
                foldings = fold(taken);
                more = reconcileHeld(foldings, limit);
            }
            boolean written = write(foldings, strangers);
            if (written) {
                boolean again = attempt > 0;
                drain.drain(foldings.stream().filter(f -> again || f.unsettled()).toList());
                report(foldings, strangers);
                return;
            }
        }
        throw new IllegalStateException("slices keep changing under a batch");
    }

    private static boolean isBefore(
            Map<TopicPartition, Long> cuts, ConsumerRecord<String, byte[]> raw) {
        Long cut = cuts.get(new TopicPartition(raw.topic(), raw.partition()));
        return cut == null || raw.offset() < cut;
    }

    private List<StreamFolding<?>> fold(List<Incoming> events) {
        Map<SliceKind<?>, Map<StreamId, List<Incoming>>> byKind = new LinkedHashMap<>();
        for (Incoming incoming : events) {
            byKind.computeIfAbsent(incoming.kind(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(incoming.event().subject(), _ -> new ArrayList<>())
                    .add(incoming);
        }
        List<StreamFolding<?>> foldings = new ArrayList<>();
        byKind.forEach((kind, streams) -> foldings.addAll(fold(kind, streams)));
        return foldings;
    }

    private <D> List<StreamFolding<D>> fold(
            SliceKind<D> kind, Map<StreamId, List<Incoming>> streams) {
        List<StreamFolding<D>> foldings = new ArrayList<>();
        recent.slices(kind, streams.keySet())
                .forEach(
                        (stream, slice) -> {
                            List<Incoming> events = streams.getOrDefault(stream, List.of());
                            List<Incoming> ordered = new ArrayList<>(events);
                            ordered.sort(Comparator.comparingLong(i -> i.event().sequence()));
                            foldings.add(StreamFolding.of(kind, slice, ordered));
                        });
        return foldings;
    }

    /**
     * Takes out what is held already, parks what contradicts it, and answers where partitions must
     * be cut because more would be held than may be.
     */
    private Map<TopicPartition, Long> reconcileHeld(List<StreamFolding<?>> foldings, int limit) {
        List<String> keys = new ArrayList<>();
        for (StreamFolding<?> folding : foldings) {
            folding.held().values().forEach(i -> keys.add(key(i)));
        }
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> already = store.held().digests(keys);
        Map<TopicPartition, TreeMap<Long, Incoming>> fresh = new HashMap<>();
        for (StreamFolding<?> folding : foldings) {
            for (Incoming incoming : List.copyOf(folding.held().values())) {
                Long digest = already.get(key(incoming));
                if (digest == null) {
                    fresh.computeIfAbsent(incoming.partition(), _ -> new TreeMap<>())
                            .put(incoming.raw().offset(), incoming);
                } else {
                    folding.held().remove(incoming.event().sequence());
                    if (digest != incoming.digest()) {
                        folding.contradictsHeld(incoming);
                    }
                }
            }
        }
        Map<TopicPartition, Long> cuts = new HashMap<>();
        if (limit != NO_LIMIT) {
            fresh.forEach(
                    (partition, byOffset) -> {
                        long room = limit - store.held().count(partition);
                        if (byOffset.size() > room) {
                            byOffset.keySet().stream()
                                    .skip(Math.max(0, room))
                                    .findFirst()
                                    .ifPresent(offset -> cuts.put(partition, offset));
                        }
                    });
        }
        return cuts;
    }

    private boolean write(List<StreamFolding<?>> foldings, List<Parking> foreign) {
        Map<String, List<WriteModel<Document>>> lines = new LinkedHashMap<>();
        Map<String, List<WriteModel<Document>>> slices = new LinkedHashMap<>();
        List<WriteModel<Document>> held = new ArrayList<>();
        List<Parking> parkings = new ArrayList<>(foreign);
        for (StreamFolding<?> folding : foldings) {
            for (StreamFolding.StoredLine line : folding.lines()) {
                lines.computeIfAbsent(line.collection(), _ -> new ArrayList<>()).add(line.write());
            }
            folding.held().values().forEach(i -> held.add(store.held().write(i)));
            parkings.addAll(folding.parkings());
            folding.write()
                    .ifPresent(
                            w ->
                                    slices.computeIfAbsent(
                                                    folding.kind().definition().collection(),
                                                    _ -> new ArrayList<>())
                                            .add(w));
        }
        List<Write> writes = new ArrayList<>();
        lines.forEach((name, models) -> writes.add(to(name, models, false)));
        slices.forEach((name, models) -> writes.add(to(name, models, true)));
        writes.add(new Write(store.held().documents(), held, false));
        writes.add(new Write(store.parked().documents(), store.parked().writes(parkings), false));
        boolean written = false;
        try {
            written = store.write(writes);
        } finally {
            if (written) {
                recent.written(foldings);
            } else {
                foldings.forEach(folding -> recent.forget(folding.before().stream()));
            }
        }
        return written;
    }

    private Write to(String name, List<WriteModel<Document>> models, boolean guarded) {
        return new Write(store.collection(name), models, guarded);
    }

    private static void report(List<StreamFolding<?>> foldings, List<Parking> foreign) {
        List<Parking> all = new ArrayList<>(foreign);
        foldings.forEach(folding -> all.addAll(folding.parkings()));
        Map<String, List<Parking>> byReason = new TreeMap<>();
        all.forEach(p -> byReason.computeIfAbsent(p.reason(), _ -> new ArrayList<>()).add(p));
        byReason.forEach(
                (code, parked) -> {
                    String first = StoredRecord.position(parked.getFirst().raw());
                    if (code.startsWith("event.contradicts")) {
                        LOG.error("{} record(s), {}, parked: first {}", parked.size(), code, first);
                    } else {
                        LOG.warn("{} record(s), {}, parked: first {}", parked.size(), code, first);
                    }
                });
    }

    private static String key(Incoming incoming) {
        return HeldEvents.key(incoming.event().subject(), incoming.event().sequence());
    }
}
