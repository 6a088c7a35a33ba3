package org.ashar.progressreports.readmodel.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.EventEnvelope;
import org.ashar.messaging.Line;
import org.ashar.messaging.LineEntry;
import org.ashar.messaging.Page;
import org.ashar.messaging.Slice;
import org.ashar.messaging.SliceDefinition;
import org.jspecify.annotations.Nullable;

/** The rules of a view in a few lines of memory: known events dropped, early ones held. */
final class Deliveries {

    /** An event as it comes. */
    record Delivery(EventEnvelope envelope, Object payload) {

        /** The same, recorded at another time than it says. */
        Delivery recorded(String at) {
            return new Delivery(
                    new EventEnvelope(
                            envelope.stream(),
                            envelope.id(),
                            envelope.type(),
                            envelope.sequence(),
                            envelope.time(),
                            Instant.parse(at)),
                    payload);
        }
    }

    private final Map<StreamId, Object> bodies = new TreeMap<>();
    private final Map<StreamId, Long> sequences = new HashMap<>();
    private final Map<StreamId, TreeMap<Long, Delivery>> held = new HashMap<>();
    private final Map<String, Map<String, LineEntry<?>>> lines = new HashMap<>();

    static Delivery event(
            StreamId stream, long sequence, String fact, Instant time, Object payload) {
        String service =
                stream.type().equals("progress-report") ? "progress-reports" : "budget-commitments";
        return new Delivery(
                new EventEnvelope(
                        stream,
                        stream + "@" + sequence,
                        "org.ashar." + service + "." + fact + ".v1",
                        sequence,
                        time,
                        null),
                payload);
    }

    void deliver(Delivery delivery) {
        StreamId stream = delivery.envelope().stream();
        TreeMap<Long, Delivery> waiting = held.computeIfAbsent(stream, _ -> new TreeMap<>());
        if (delivery.envelope().sequence() > sequences.getOrDefault(stream, 0L)) {
            waiting.put(delivery.envelope().sequence(), delivery);
        }
        while (!waiting.isEmpty() && waiting.firstKey() == sequences.getOrDefault(stream, 0L) + 1) {
            apply(waiting.pollFirstEntry().getValue());
        }
    }

    CommitmentRecord record(StreamId commitment, Lateness lateness) {
        List<Slice<ReportSlice>> reports =
                slices(ReportSlice.class, ReportSlice::commitment, commitment).stream()
                        .sorted(Comparator.comparing((Slice<ReportSlice> s) -> s.body().period()))
                        .toList();
        return new CommitmentRecordWriter(
                        new CommitmentParts(
                                slices(CommitmentSlice.class, CommitmentSlice::id, commitment)
                                        .getFirst(),
                                slices(BudgetSlice.class, BudgetSlice::commitment, commitment),
                                reports,
                                new Page<>(lines("spending", SpendingEntry.class), null),
                                lines("versions", ReportVersion.class),
                                new Page<>(lines("history", HistoryEntry.class), null),
                                lines("history", HistoryEntry.class),
                                null),
                        lateness)
                .write();
    }

    <D> List<Slice<D>> slices(
            Class<D> type, Function<D, StreamId> commitmentOf, StreamId commitment) {
        List<Slice<D>> found = new ArrayList<>();
        bodies.forEach(
                (stream, body) -> {
                    if (type.isInstance(body)
                            && commitmentOf.apply(type.cast(body)).equals(commitment)) {
                        found.add(
                                new Slice<>(
                                        stream,
                                        sequences.getOrDefault(stream, 0L),
                                        null,
                                        type.cast(body),
                                        Map.of()));
                    }
                });
        return found;
    }

    private <T> List<LineEntry<T>> lines(String collection, Class<T> type) {
        List<LineEntry<T>> found = new ArrayList<>();
        lines.getOrDefault(collection, Map.of())
                .values()
                .forEach(
                        line ->
                                found.add(
                                        new LineEntry<>(
                                                line.stream(),
                                                line.sequence(),
                                                line.fields(),
                                                type.cast(line.body()))));
        return found;
    }

    private void apply(Delivery delivery) {
        EventEnvelope event = delivery.envelope();
        switch (event.stream().type()) {
            case "commitment" -> fold(RecordView.COMMITMENTS, delivery);
            case "budget-commitment" -> fold(RecordView.BUDGETS, delivery);
            case "progress-report" -> fold(RecordView.REPORTS, delivery);
            default -> throw new IllegalStateException(event.id());
        }
        sequences.put(event.stream(), event.sequence());
    }

    private <D> void fold(SliceDefinition<D> slices, Delivery delivery) {
        EventEnvelope event = delivery.envelope();
        @Nullable D before =
                bodies.get(event.stream()) == null
                        ? null
                        : slices.type().cast(bodies.get(event.stream()));
        bodies.put(event.stream(), slices.fold().apply(before, event, delivery.payload()));
        for (Line line : slices.lines().lines(event, delivery.payload())) {
            lines.computeIfAbsent(line.collection(), _ -> new TreeMap<>())
                    .put(
                            event.stream() + "@" + "%012d".formatted(event.sequence()),
                            new LineEntry<>(
                                    event.stream(), event.sequence(), Map.of(), line.body()));
        }
    }
}
