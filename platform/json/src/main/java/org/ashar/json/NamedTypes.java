package org.ashar.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.ObjectReader;

/**
 * Explicit names for the records of a sealed type, so that what is stored never depends on the name
 * of a class. Immutable; safe for use by many threads.
 *
 * @param <T> the sealed type
 */
public final class NamedTypes<T> {

    private final Map<String, ObjectReader> readers;
    private final Map<Class<?>, String> names;

    private NamedTypes(Map<String, Class<? extends T>> types) {
        Map<String, ObjectReader> byName = new HashMap<>();
        Map<Class<?>, String> byType = new HashMap<>();
        types.forEach(
                (name, type) -> {
                    byName.put(name, AsharJson.strict().readerFor(type));
                    if (byType.put(type, name) != null) {
                        throw new IllegalArgumentException("two names for " + type);
                    }
                });
        readers = Map.copyOf(byName);
        names = Map.copyOf(byType);
    }

    /** Names are for ever: a new shape is a new name. */
    public static <T> NamedTypes<T> of(Map<String, Class<? extends T>> types) {
        return new NamedTypes<>(types);
    }

    /** All names. */
    public Set<String> names() {
        return readers.keySet();
    }

    /**
     * The name of this value's record; throws {@link IllegalArgumentException} where none was
     * given.
     */
    public String name(T value) {
        String name = names.get(value.getClass());
        if (name == null) {
            throw new IllegalArgumentException("no name was given to " + value.getClass());
        }
        return name;
    }

    /** The value as JSON text, without its name. */
    public String write(T value) {
        return AsharJson.strict().writeValueAsString(value);
    }

    /**
     * Reads back what {@link #write} wrote under {@code name}. Throws {@link
     * IllegalArgumentException} on an unknown name and {@link tools.jackson.core.JacksonException}
     * on text that is not of that shape.
     */
    public T read(String name, String json) {
        ObjectReader reader = readers.get(name);
        if (reader == null) {
            throw new IllegalArgumentException("unknown name: " + name);
        }
        return reader.readValue(json);
    }
}
