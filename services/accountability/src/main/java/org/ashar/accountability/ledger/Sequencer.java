package org.ashar.accountability.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.StoredRecord;
import org.ashar.messaging.TopicGuard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records to the log, each event once and in its stream's order. For one thread.
 *
 * <p>When {@link #take} answers true, all its records are logged and published, held or parked. It
 * may be given the same records again, in whole or in part, also after it died at any point, also
 * while another process appends: the head decides, and who loses begins anew.
 */
final class Sequencer {

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    /** Half a batch: leaves are at most 64 KiB, so these are never more than a batch may have. */
    private static final int HELD_AT_ONCE = Batch.MOST_ENTRIES / 2;

    private final LedgerStore store;
    private final Waiting waiting;
    private final LogKey key;
    private final TopicGuard guard;
    private final int heldLimit;
    private final LongConsumer published;
    private final Map<TopicPartition, Long> full = new HashMap<>();
    private Head head = Head.NONE;
    private Map<TopicPartition, Long> offsets = Map.of();
    private Map<StreamId, NavigableSet<Long>> held = Map.of();
    private Set<String> unreadable = new HashSet<>();

    /**
     * @param heldLimit events that may be held at once; a partition with more of them waits
     * @param published hears of the log's size each time more of it may be seen
     */
    Sequencer(
            LedgerStore store,
            Waiting waiting,
            LogKey key,
            TopicGuard guard,
            int heldLimit,
            LongConsumer published) {
        this.store = store;
        this.waiting = waiting;
        this.key = key;
        this.guard = guard;
        this.heldLimit = heldLimit;
        this.published = published;
    }

    /**
     * Takes the log over as it stands: finishes what its head points to, and logs what was held and
     * is due. Answers for each partition the offset to go on from; those not named, from the first.
     * To be called before {@link #take}, and again when that answers false or throws.
     */
    Map<TopicPartition, Long> begin() {
        do {
            head = store.head();
            store.finish(head, key);
            store.dropBefore(head);
            published.accept(head.size());
            offsets = head.offsets();
            held = waiting.sequences();
            unreadable = waiting.unreadable();
        } while (!settle(List.copyOf(held.keySet())));
        return offsets;
    }

    /**
     * Logs, holds or parks each record, but those of {@link #full} partitions; false where another
     * process has appended meanwhile.
     */
    boolean take(List<ConsumerRecord<String, byte[]>> records) {
        full.clear();
        List<Incoming> chunk = new ArrayList<>();
        Map<TopicPartition, Long> reached = new HashMap<>(offsets);
        int bytes = 0;
        for (ConsumerRecord<String, byte[]> raw : records) {
            Incoming incoming = judge(raw);
            int more = incoming == null ? 0 : incoming.entry().bytes();
            if (chunk.size() == Batch.MOST_ENTRIES || bytes + more > Batch.MOST_BYTES) {
                if (!process(chunk, reached)) {
                    return false;
                }
                chunk.clear();
                bytes = 0;
            }
            if (incoming != null) {
                chunk.add(incoming);
                bytes += more;
            }
            reached.merge(partition(raw), raw.offset() + 1, Math::max);
        }
        return process(chunk, reached);
    }

    /**
     * The partitions that the last {@link #take} did not take whole, since no more may be held, and
     * the offset from which each must be read again.
     */
    Map<TopicPartition, Long> full() {
        return Map.copyOf(full);
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> raw) {
        return new TopicPartition(raw.topic(), raw.partition());
    }

    private @Nullable Incoming judge(ConsumerRecord<String, byte[]> raw) {
        if (StoredRecord.isTooLarge(raw)) {
            park(raw, "event.too-large", StoredRecord.excess(raw));
            return null;
        }
        return switch (guard.read(raw).then(Entry::of)) {
            case Checked.Valid<Entry>(Entry entry) -> new Incoming(entry, raw);
            case Checked.Invalid<Entry>(String code, Map<String, String> arguments) -> {
                park(raw, code, arguments.toString());
                yield null;
            }
        };
    }

    private void park(ConsumerRecord<String, byte[]> raw, String code, String detail) {
        waiting.park(raw, code, detail);
        if (KafkaCloudEvents.fromRecord(raw)
                instanceof Checked.Valid<PublishedEvent>(PublishedEvent event)) {
            unreadable.add(event.id());
        }
        LOG.error("{} is not in the ledger and is parked: {}", StoredRecord.position(raw), code);
    }

    /**
     * Appends what of this is due, holds or parks the rest. False where the head was not what it
     * was.
     */
    private boolean process(List<Incoming> incoming, Map<TopicPartition, Long> reached) {
        Plan plan = plan(incoming);
        hold(plan.early());
        plan.contradicting().forEach(this::parkContradicting);
        Map<TopicPartition, Long> taken = new HashMap<>(reached);
        full.forEach((partition, offset) -> taken.merge(partition, offset, Math::min));
        if (!plan.due().isEmpty() && !append(plan.due(), taken)) {
            return false;
        }
        offsets = Map.copyOf(taken);
        return settle(plan.due().stream().map(Entry::stream).distinct().toList());
    }

    private boolean append(List<Entry> due, Map<TopicPartition, Long> reached) {
        Batch batch = new Batch(UUID.randomUUID().toString(), head.edge(), due);
        Head next = new Head(batch.id(), batch.after(), key.log(), reached);
        store.stage(batch);
        if (!store.replaceHead(head, next)) {
            store.drop(batch.id());
            return false;
        }
        store.finish(next, key);
        head = next;
        published.accept(next.size());
        List<String> read = due.stream().map(Entry::id).filter(unreadable::remove).toList();
        if (!read.isEmpty()) {
            waiting.unpark(read);
        }
        return true;
    }

    private void parkContradicting(Incoming incoming) {
        park(incoming.raw(), "event.contradicts-logged", "another is in the ledger");
    }

    /**
     * What becomes of events.
     *
     * @param due to be appended, in this order
     * @param early they come before their predecessor
     * @param contradicting the log has, or is about to get, another event of their id
     */
    private record Plan(List<Entry> due, List<Incoming> early, List<Incoming> contradicting) {}

    private Plan plan(List<Incoming> incoming) {
        Set<String> asked = new HashSet<>();
        for (Incoming one : incoming) {
            asked.add(one.entry().id());
            if (one.entry().predecessor() != null) {
                asked.add(one.entry().predecessor());
            }
        }
        Map<String, Long> logged = asked.isEmpty() ? Map.of() : store.indexes(asked);
        Map<String, Entry> due = new LinkedHashMap<>();
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<Long, List<Incoming>> again = new HashMap<>();
        for (Incoming one : incoming) {
            Entry entry = one.entry();
            Long at = logged.get(entry.id());
            Entry twin = due.get(entry.id());
            String before = entry.predecessor();
            if (at != null) {
                again.computeIfAbsent(at, _ -> new ArrayList<>()).add(one);
            } else if (twin != null) {
                if (!twin.equals(entry)) {
                    plan.contradicting().add(one);
                }
            } else if (before == null || logged.containsKey(before) || due.containsKey(before)) {
                due.put(entry.id(), entry);
            } else {
                plan.early().add(one);
            }
        }
        if (!again.isEmpty()) {
            store.leaves(again.keySet())
                    .forEach(
                            (at, leaf) ->
                                    again.getOrDefault(at, List.of()).stream()
                                            .filter(i -> !Arrays.equals(leaf, i.entry().leaf()))
                                            .forEach(plan.contradicting()::add));
        }
        plan.due().addAll(due.values());
        return plan;
    }

    private void hold(List<Incoming> early) {
        if (early.isEmpty()) {
            return;
        }
        Map<String, Entry> before = new HashMap<>();
        for (Incoming known :
                read(waiting.held(early.stream().map(i -> i.entry().id()).toList()))) {
            before.put(known.entry().id(), known.entry());
        }
        int count = held.values().stream().mapToInt(Set::size).sum();
        for (Incoming one : early) {
            Entry entry = one.entry();
            Entry twin = before.get(entry.id());
            if (twin == null && count >= heldLimit) {
                full.merge(partition(one.raw()), one.raw().offset(), Math::min);
            } else if (twin == null) {
                waiting.hold(one);
                before.put(entry.id(), entry);
                held.computeIfAbsent(entry.stream(), _ -> new TreeSet<>()).add(entry.sequence());
                count++;
            } else if (!twin.equals(entry)) {
                park(one.raw(), "event.contradicts-held", "another of its sequence is held");
            }
        }
    }

    /** Logs what is held of these streams and due. False where the head was not what it was. */
    private boolean settle(List<StreamId> streams) {
        for (StreamId stream : streams) {
            List<String> run = firstHeld(stream);
            while (!run.isEmpty()) {
                Plan plan = plan(read(waiting.held(run)));
                if (!plan.due().isEmpty() && !append(plan.due(), offsets)) {
                    return false;
                }
                plan.contradicting().forEach(this::parkContradicting);
                List<String> settled = new ArrayList<>(run);
                plan.early().forEach(i -> settled.remove(i.entry().id()));
                waiting.release(settled);
                NavigableSet<Long> left = held.getOrDefault(stream, new TreeSet<>());
                settled.forEach(_ -> left.pollFirst());
                if (left.isEmpty()) {
                    held.remove(stream);
                }
                run = settled.isEmpty() ? List.of() : firstHeld(stream);
            }
        }
        return true;
    }

    /** The ids of the first that are held of a stream and follow each other without a gap. */
    private List<String> firstHeld(StreamId stream) {
        List<String> run = new ArrayList<>();
        long last = 0;
        for (long sequence : held.getOrDefault(stream, new TreeSet<>())) {
            if (run.size() == HELD_AT_ONCE || (!run.isEmpty() && sequence != last + 1)) {
                break;
            }
            run.add(PublishedEvent.idOf(stream, sequence));
            last = sequence;
        }
        return run;
    }

    /** What was held, in the order of the stream. */
    private List<Incoming> read(List<ConsumerRecord<String, byte[]>> records) {
        List<Incoming> read = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> raw : records) {
            Incoming incoming = judge(raw);
            if (incoming != null) {
                read.add(incoming);
            }
        }
        read.sort(Comparator.comparing(Incoming::entry, Entry.IN_STREAM));
        return read;
    }
}
