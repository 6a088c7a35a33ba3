package org.ashar.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.ashar.messaging.Generations.Building;
import org.ashar.messaging.Generations.State;
import org.jspecify.annotations.Nullable;

/** Measures how a view is doing. Used by one thread. */
final class ViewGauge {

    private final ViewDefinition view;
    private final Clock clock;
    private Map<TopicPartition, Long> ends = Map.of();
    private @Nullable Map<TopicPartition, Long> endsAtStart;
    private boolean ready;
    private Instant caughtUp;

    ViewGauge(ViewDefinition view, Clock clock) {
        this.view = view;
        this.clock = clock;
        this.caughtUp = clock.instant();
    }

    /** Where the topics end now; the first time, what must be applied to be ready. */
    void sawEnds(Map<TopicPartition, Long> seen) {
        ends = seen;
        if (endsAtStart == null) {
            endsAtStart = seen;
        }
    }

    ViewStatus status(
            State state,
            Map<TopicPartition, Long> active,
            @Nullable Map<TopicPartition, Long> built,
            Map<Integer, GenerationConsumer> consumers,
            GenerationStore store) {
        long lag = missing(ends, active);
        Instant now = clock.instant();
        GenerationConsumer consumer = consumers.get(state.active());
        Instant upTo = Instant.ofEpochMilli(consumer == null ? 0 : consumer.lastTimestamp());
        if (lag == 0) {
            caughtUp = now;
        } else if (upTo.isAfter(caughtUp)) {
            caughtUp = upTo.isBefore(now) ? upTo : now;
        }
        ready = ready || endsAtStart != null && missing(endsAtStart, active) == 0;
        List<String> paused = new ArrayList<>();
        String trouble = null;
        for (GenerationConsumer one : consumers.values()) {
            one.full().forEach(p -> paused.add(p.topic() + ":" + p.partition()));
            trouble = trouble == null ? one.trouble() : trouble;
        }
        Building building = state.building();
        return new ViewStatus(
                view.name(),
                ready,
                state.active(),
                lag,
                Duration.between(caughtUp, now),
                store.held().count(),
                store.parked().count(),
                paused.stream().distinct().sorted().toList(),
                building == null
                        ? null
                        : new ViewStatus.Rebuild(
                                building.generation(),
                                building.startedAt(),
                                sum(built),
                                sum(building.ends())),
                trouble);
    }

    private static long sum(@Nullable Map<TopicPartition, Long> offsets) {
        return offsets == null ? 0 : offsets.values().stream().mapToLong(n -> n).sum();
    }

    /** How many events {@code positions} lack to {@code ends}. */
    static long missing(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
        long missing = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            missing += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L));
        }
        return missing;
    }
}
