package org.ashar.messaging;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.ashar.messaging.Generations.Building;
import org.ashar.messaging.Generations.Retired;
import org.ashar.messaging.Generations.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a view what its generation document says, step by step: {@link #look} finds out where
 * things stand and does what is next, whether this process or one that died began it. Every step
 * may be repeated. Used by one thread.
 */
final class ViewKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ViewKeeper.class);

    /** How long the active generation stands still for a switch, at most, and between attempts. */
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private final MongoDatabase database;
    private final ViewDefinition view;
    private final ViewSettings settings;
    private final Clock clock;
    private final Generations generations;
    private final ViewReader reader;
    private final TopicOffsets offsets;
    private final ViewGauge gauge;
    private final Map<Integer, GenerationConsumer> consumers = new TreeMap<>();
    private boolean renewed;
    private boolean orphansDropped;
    private @Nullable Instant standstill;
    private Instant notBefore = Instant.MIN;

    ViewKeeper(
            MongoDatabase database,
            ViewDefinition view,
            ViewSettings settings,
            Clock clock,
            Generations generations,
            ViewReader reader,
            TopicOffsets offsets) {
        this.database = database;
        this.view = view;
        this.settings = settings;
        this.clock = clock;
        this.generations = generations;
        this.reader = reader;
        this.offsets = offsets;
        this.gauge = new ViewGauge(view, clock);
    }

    /** Does what is next and tells how things stand. */
    ViewStatus look() {
        State state = begin().orElse(null);
        if (state == null) {
            // Of a store that was emptied under them.
            stop();
            return ViewStatus.unknown(
                    view.name(),
                    Generations.FIRST,
                    "consumers of an earlier life have not left their group yet");
        }
        state = renew(state);
        Optional<Map<TopicPartition, Long>> present = offsets.ends();
        if (present.isEmpty()) {
            return ViewStatus.unknown(view.name(), state.active(), "a topic does not exist yet");
        }
        Map<TopicPartition, Long> ends = present.get();
        gauge.sawEnds(ends);
        state = captureEnds(state, ends);
        run(state);
        Map<TopicPartition, Long> active = positions(state.active());
        Building building = state.building();
        Map<TopicPartition, Long> built = null;
        if (building != null && building.ends() != null) {
            built = positions(building.generation());
            if (isToSwitch(state, building.ends(), built)) {
                state = switchTo(building, state);
                active = positions(state.active());
            }
        }
        sweep(state);
        resumeFull();
        return gauge.status(
                state,
                active,
                built,
                consumers,
                new GenerationStore(database, view, state.active(), clock));
    }

    /** Stops what runs, all at once. */
    void stop() {
        List<Thread> stopping = new ArrayList<>();
        consumers
                .values()
                .forEach(consumer -> stopping.add(Thread.startVirtualThread(consumer::stop)));
        for (Thread thread : stopping) {
            try {
                if (!thread.join(settings.stopWithin())) {
                    LOG.warn("View {} is still applying a batch; it ends by itself", view.name());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        consumers.clear();
    }

    /**
     * A store that is empty is filled from the first event, whatever was applied to another. Not
     * while the group has members, who keep its offsets: dead ones leave it when their session
     * ends, and those of another instance show that it has begun meanwhile.
     */
    private Optional<State> begin() {
        Optional<State> found = generations.read();
        if (found.isPresent() || !offsets.forget(group(Generations.FIRST))) {
            return found;
        }
        return Optional.of(generations.readOrBegin(view.format()));
    }

    /**
     * Once, at the start: what was kept in another format is built anew. Not later, or else two
     * instances of different versions would rebuild against each other without end.
     */
    private State renew(State state) {
        if (renewed || state.coming() == view.format()) {
            renewed = true;
            return state;
        }
        State begun = state.rebuilding(view.format(), clock.instant());
        if (!generations.replace(state, begun)) {
            return generations.readOrBegin(view.format());
        }
        renewed = true;
        LOG.info(
                "View {} was kept in format {} and is rebuilt in format {} as generation {}",
                view.name(),
                state.coming(),
                view.format(),
                state.next());
        return begun;
    }

    private State captureEnds(State state, Map<TopicPartition, Long> ends) {
        Building building = state.building();
        if (building == null || building.ends() != null) {
            return state;
        }
        // The store may have been restored to a time before this generation was built once.
        if (!offsets.forget(group(building.generation()))) {
            return state;
        }
        State captured = state.capturing(building, ends);
        return generations.replace(state, captured)
                ? captured
                : generations.readOrBegin(view.format());
    }

    /** Lets consume what is active or being built, and nothing else. */
    private void run(State state) {
        Building building = state.building();
        Set<Integer> wanted =
                building == null || building.ends() == null
                        ? Set.of(state.active())
                        : Set.of(state.active(), building.generation());
        for (int generation : List.copyOf(consumers.keySet())) {
            GenerationConsumer consumer = consumers.get(generation);
            if (consumer != null && (!wanted.contains(generation) || !consumer.isAlive())) {
                consumer.stop();
                consumers.remove(generation);
            }
        }
        for (int generation : wanted) {
            if (!consumers.containsKey(generation)) {
                GenerationStore store = new GenerationStore(database, view, generation, clock);
                store.declareIndexes();
                BatchApplier applier =
                        new BatchApplier(
                                store,
                                new Intake(view, settings.installation()),
                                settings.heldLimit());
                GenerationConsumer consumer =
                        new GenerationConsumer(view, settings, generation, applier);
                consumer.start();
                consumers.put(generation, consumer);
            }
        }
    }

    /** For each partition the offset to go on from, in whatever process it is applied. */
    private Map<TopicPartition, Long> positions(int generation) {
        Map<TopicPartition, Long> positions = new HashMap<>(offsets.committed(group(generation)));
        GenerationConsumer consumer = consumers.get(generation);
        if (consumer != null) {
            consumer.positions().forEach((p, next) -> positions.merge(p, next, Math::max));
        }
        return positions;
    }

    /**
     * Whether the new generation has passed the captured ends and what readers have seen of the
     * active one, which for that stands still for a moment.
     */
    private boolean isToSwitch(
            State state, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> built) {
        GenerationConsumer active = consumers.get(state.active());
        if (active == null || ViewGauge.missing(ends, built) > 0) {
            return false;
        }
        Instant now = clock.instant();
        if (standstill == null) {
            long behind = ViewGauge.missing(positions(state.active()), built);
            if (!now.isBefore(notBefore) && behind <= settings.batch()) {
                active.pause();
                standstill = now;
            }
            return false;
        }
        if (active.isPaused()
                && ViewGauge.missing(positions(state.active()), positions(newest(state))) == 0) {
            return true;
        }
        if (now.isAfter(standstill.plus(STANDSTILL))) {
            active.resume();
            standstill = null;
            notBefore = now.plus(STANDSTILL);
        }
        return false;
    }

    private static int newest(State state) {
        Building building = state.building();
        return building == null ? state.active() : building.generation();
    }

    private State switchTo(Building built, State state) {
        State switched = state.reading(built, clock.instant());
        boolean done = generations.replace(state, switched);
        reader.forget();
        standstill = null;
        State present = done ? switched : generations.readOrBegin(view.format());
        if (done) {
            LOG.info("View {} is read from generation {} now", view.name(), built.generation());
        }
        run(present);
        return present;
    }

    /** Drops generations that nobody can be reading any more. */
    private void sweep(State state) {
        for (Retired retired : state.retired()) {
            int generation = retired.generation();
            boolean due = clock.instant().isAfter(retired.since().plus(settings.retireAfter()));
            if (due && offsets.deleteGroup(group(generation))) {
                new GenerationStore(database, view, generation, clock).drop();
                generations.replace(state, state.without(retired));
                LOG.info("View {} has dropped generation {}", view.name(), generation);
                return;
            }
        }
        if (!orphansDropped && state.retired().isEmpty()) {
            for (int left : GenerationStore.leftovers(database, view, state.active())) {
                new GenerationStore(database, view, left, clock).drop();
            }
            orphansDropped = true;
        }
    }

    private String group(int generation) {
        return GenerationNames.group(view.service(), view.name(), generation);
    }

    private void resumeFull() {
        consumers.forEach(
                (generation, consumer) -> {
                    for (TopicPartition partition : consumer.full()) {
                        HeldEvents held =
                                new GenerationStore(database, view, generation, clock).held();
                        // Not at the first free place: that would stop again with the next event.
                        if (held.count(partition) <= settings.heldLimit() * 9L / 10) {
                            consumer.resume(partition);
                        }
                    }
                });
    }
}
