package org.ashar.messaging;

import java.util.List;

/**
 * An order in which slices or lines are found: by some fields, and behind them by key. An index is
 * read one way only, so a list that goes greatest first needs one that descends.
 *
 * @param fields those fixed by equality first, the one that ranges or sorts last
 * @param descends whether the last field and the key descend, as {@link
 *     ViewQuery#sortedDescendingBy} asks for
 */
public record ViewIndex(List<String> fields, boolean descends) {

    public ViewIndex {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("an index of no fields");
        }
        fields.forEach(Names::field);
    }

    /** For queries that sort by the last of these fields, smallest first, or not at all. */
    public static ViewIndex ascending(String... fields) {
        return new ViewIndex(List.of(fields), false);
    }

    /** For queries that sort by the last of these fields, greatest first. */
    public static ViewIndex descending(String... fields) {
        return new ViewIndex(List.of(fields), true);
    }
}
