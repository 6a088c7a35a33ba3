package org.ashar.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a growing list. Its key is the event that it comes from, so that writing it twice
 * changes nothing.
 *
 * @param collection a {@link LineDefinition}'s collection
 * @param fields flat values to find and sort by, as in {@link SliceDefinition}
 * @param body its content, written as JSON
 */
public record Line(
        String collection, Map<String, ? extends @Nullable Object> fields, Object body) {}
