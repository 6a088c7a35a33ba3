package org.ashar.messaging;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a view keeps of one kind of stream: one document a stream, and lines.
 *
 * @param fromService the service whose topic the stream's events are on
 * @param streamType the kind of stream
 * @param collection name within the view, lower-case letters, digits and {@code _}
 * @param type what a slice's body is read as, best a record: it is never changed
 * @param knownTypes full event type ({@code org.ashar.<service>.<fact>.v<n>}) to the consumer's own
 *     record of what it reads of such an event. Another version of a fact named here is parked; a
 *     fact not named here only advances the sequence
 * @param fold folds events into the slice
 * @param fields flat values to find and sort slices by: names of letters, digits and {@code _};
 *     values String, Integer, Long, Double, Boolean, LocalDate (kept as ISO text), Instant, or a
 *     list of Strings; null values are left out. A field holds one type in all slices
 * @param lines the lines of each event
 * @param indexes what slices are found by
 * @param lineDefinitions the collections that {@code lines} writes to
 * @param <D> the slice's content
 */
public record SliceDefinition<D>(
        String fromService,
        String streamType,
        String collection,
        Class<D> type,
        Map<String, Class<?>> knownTypes,
        SliceFold<D> fold,
        Function<D, ? extends Map<String, ? extends @Nullable Object>> fields,
        LineFold lines,
        List<ViewIndex> indexes,
        List<LineDefinition<?>> lineDefinitions) {

    public SliceDefinition {
        Names.kebab(fromService);
        Names.kebab(streamType);
        Names.collection(collection);
        knownTypes = Map.copyOf(knownTypes);
        indexes = List.copyOf(indexes);
        lineDefinitions = List.copyOf(lineDefinitions);
        for (String known : knownTypes.keySet()) {
            if (!EventType.parse(known).service().equals(fromService)) {
                throw new IllegalArgumentException(known + " is not an event of " + fromService);
            }
        }
    }

    /** A slice without lines. */
    public SliceDefinition(
            String fromService,
            String streamType,
            String collection,
            Class<D> type,
            Map<String, Class<?>> knownTypes,
            SliceFold<D> fold,
            Function<D, ? extends Map<String, ? extends @Nullable Object>> fields,
            List<ViewIndex> indexes) {
        this(
                fromService,
                streamType,
                collection,
                type,
                knownTypes,
                fold,
                fields,
                LineFold.NONE,
                indexes,
                List.of());
    }
}
