package org.ashar.accountability.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
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
    private final LongConsumer published;
    private Head head = Head.NONE;
    private Map<TopicPartition, Long> offsets = Map.of();
    private Set<StreamId> heldStreams = new HashSet<>();

    /**
     * @param published hears of the log's size each time more of it may be seen
     */
    Sequencer(
            LedgerStore store,
            Waiting waiting,
            LogKey key,
            TopicGuard guard,
            LongConsumer published) {
        this.store = store;
        this.waiting = waiting;
        this.key = key;
        this.guard = guard;
        this.published = published;
    }

    /**
     * Takes the log over as it stands: finishes what its head points to, and logs what was held and
     * is due. Answers for each partition the offset to go on from; those not named, from the first.
     * To be called before {@link #take}, and again when that answers false or throws.
     */
    Map<TopicPartition, Long> begin() {
        while (true) {
            head = store.head();
            store.finish(head, key);
            published.accept(head.size());
            offsets = head.offsets();
            heldStreams = waiting.streams();
            if (appendAllHeld()) {
                return offsets;
            }
        }
    }

    private boolean appendAllHeld() {
        String after = "";
        while (true) {
            List<String> page = waiting.ids(after, HELD_AT_ONCE);
            if (page.isEmpty()) {
                return true;
            }
            if (!appendHeld(waiting.held(page))) {
                return false;
            }
            after = page.getLast();
        }
    }

    /** Logs, holds or parks each record; false where another process has appended meanwhile. */
    boolean take(List<ConsumerRecord<String, byte[]>> records) {
        List<Incoming> chunk = new ArrayList<>();
        Map<TopicPartition, Long> reached = new HashMap<>(offsets);
        int bytes = 0;
        for (ConsumerRecord<String, byte[]> raw : records) {
            Incoming incoming = judge(raw);
            int more = incoming == null ? 0 : incoming.entry().leaf().length;
            if (chunk.size() == Batch.MOST_ENTRIES || bytes + more > Batch.MOST_BYTES) {
                if (!append(chunk, reached, false)) {
                    return false;
                }
                chunk.clear();
                bytes = 0;
            }
            if (incoming != null) {
                chunk.add(incoming);
                bytes += more;
            }
            reached.merge(
                    new TopicPartition(raw.topic(), raw.partition()), raw.offset() + 1, Math::max);
        }
        return append(chunk, reached, false);
    }

    private @Nullable Incoming judge(ConsumerRecord<String, byte[]> raw) {
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
        LOG.error("{} is not in the ledger and is parked: {}", StoredRecord.position(raw), code);
    }

    /** Appends what of this is due. False where the head was not what it was. */
    private boolean append(
            List<Incoming> incoming, Map<TopicPartition, Long> reached, boolean wereHeld) {
        Plan plan = plan(incoming);
        hold(plan.early());
        plan.contradicting()
                .forEach(
                        i -> park(i.raw(), "event.contradicts-logged", "another is in the ledger"));
        if (!plan.due().isEmpty() && !append(plan.due(), reached)) {
            return false;
        }
        offsets = Map.copyOf(reached); // the caller goes on counting
        if (wereHeld) {
            Set<String> settled = new HashSet<>();
            incoming.forEach(i -> settled.add(i.entry().id()));
            plan.early().forEach(i -> settled.remove(i.entry().id()));
            waiting.release(settled);
        }
        return settleBehind(plan.due());
    }

    private boolean append(List<Entry> due, Map<TopicPartition, Long> reached) {
        Batch batch = new Batch(UUID.randomUUID().toString(), head.edge(), due);
        Head next = new Head(batch.id(), batch.after(), reached);
        store.stage(batch);
        if (!store.replaceHead(head, next)) {
            store.drop(batch.id());
            return false;
        }
        store.finish(next, key);
        head = next;
        published.accept(next.size());
        return true;
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
        Map<Long, Incoming> again = new HashMap<>();
        for (Incoming one : incoming) {
            Entry entry = one.entry();
            Long at = logged.get(entry.id());
            Entry twin = due.get(entry.id());
            String before = entry.predecessor();
            if (at != null) {
                Incoming other = again.putIfAbsent(at, one);
                if (other != null && !other.entry().equals(entry)) {
                    plan.contradicting().add(one);
                }
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
                            (at, leaf) -> {
                                Incoming one = again.get(at);
                                if (one != null && !Arrays.equals(leaf, one.entry().leaf())) {
                                    plan.contradicting().add(one);
                                }
                            });
        }
        plan.due().addAll(due.values());
        return plan;
    }

    private void hold(List<Incoming> early) {
        if (early.isEmpty()) {
            return;
        }
        Map<String, Entry> before = new HashMap<>();
        for (Incoming held : read(waiting.held(early.stream().map(i -> i.entry().id()).toList()))) {
            before.put(held.entry().id(), held.entry());
        }
        for (Incoming one : early) {
            Entry twin = before.putIfAbsent(one.entry().id(), one.entry());
            if (twin == null) {
                waiting.hold(one);
                heldStreams.add(one.entry().stream());
            } else if (!twin.equals(one.entry())) {
                park(one.raw(), "event.contradicts-held", "another of its sequence is held");
            }
        }
    }

    /**
     * Takes what is held of these streams, from their first entry here on, now that it may be due.
     */
    private boolean settleBehind(List<Entry> appended) {
        Set<String> ids = new HashSet<>();
        for (Entry entry : appended) {
            if (heldStreams.contains(entry.stream())) {
                ids.add(entry.id());
                for (int next = 1; next <= HELD_AT_ONCE; next++) {
                    ids.add(PublishedEvent.idOf(entry.stream(), entry.sequence() + next));
                }
            }
        }
        return ids.isEmpty() || appendHeld(waiting.held(ids));
    }

    private boolean appendHeld(List<ConsumerRecord<String, byte[]>> records) {
        List<Incoming> held = read(records);
        held.sort(Comparator.comparing(Incoming::entry, Entry.IN_STREAM));
        for (int from = 0; from < held.size(); from += HELD_AT_ONCE) {
            int to = Math.min(held.size(), from + HELD_AT_ONCE);
            if (!append(held.subList(from, to), offsets, true)) {
                return false;
            }
        }
        return true;
    }

    private List<Incoming> read(List<ConsumerRecord<String, byte[]>> records) {
        List<Incoming> read = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> raw : records) {
            Incoming incoming = judge(raw);
            if (incoming != null) {
                read.add(incoming);
            }
        }
        return read;
    }
}
