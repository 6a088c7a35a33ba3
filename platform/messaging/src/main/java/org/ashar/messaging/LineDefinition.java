package org.ashar.messaging;

import java.util.List;

/**
 * A growing list: documents of their own, one a line, read in pages.
 *
 * @param collection name within the view, lower-case letters, digits and {@code _}
 * @param type what a line's body is read as
 * @param indexes what lines are found by
 * @param <T> a line's body
 */
public record LineDefinition<T>(String collection, Class<T> type, List<ViewIndex> indexes) {

    public LineDefinition {
        Names.collection(collection);
        indexes = List.copyOf(indexes);
    }
}
