package org.ashar.messaging;

import java.util.List;

/**
 * A growing list: documents of their own, one a line, read in pages.
 *
 * @param collection name within the view, lower-case letters, digits and {@code _}
 * @param type what a line's body is read as
 * @param indexes lists of field names to find lines by; those fixed by equality first, the one that
 *     ranges or sorts last
 * @param <T> a line's body
 */
public record LineDefinition<T>(String collection, Class<T> type, List<List<String>> indexes) {

    public LineDefinition {
        Names.collection(collection);
        indexes = Names.indexes(indexes);
    }
}
