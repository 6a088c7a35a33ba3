package org.ashar.messaging;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Flat field values as the store keeps them. Nothing but plain values passes: no operators. */
final class FieldValues {

    private FieldValues() {}

    /** Throws {@link IllegalArgumentException} on a name or value that is not flat. */
    static Document toStore(Map<String, ? extends @Nullable Object> fields) {
        Document stored = new Document();
        fields.forEach(
                (name, value) -> {
                    if (value != null) {
                        stored.append(Names.field(name), toStore(value));
                    }
                });
        return stored;
    }

    static Object toStore(Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Double number -> number;
            case Boolean truth -> truth;
            case Instant instant -> Date.from(instant);
            case LocalDate date -> date.toString();
            case Collection<?> texts -> {
                List<String> stored = new ArrayList<>();
                for (Object text : texts) {
                    if (!(text instanceof String string)) {
                        throw new IllegalArgumentException("a list of other than texts");
                    }
                    stored.add(string);
                }
                yield stored;
            }
            default -> throw new IllegalArgumentException("not a flat value: " + value.getClass());
        };
    }

    static Map<String, Object> fromStore(@Nullable Document stored) {
        if (stored == null) {
            return Map.of();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        stored.forEach(
                (name, value) ->
                        fields.put(name, value instanceof Date date ? date.toInstant() : value));
        return Map.copyOf(fields);
    }
}
