package org.ashar.messaging;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A view: what a service keeps of some kinds of streams.
 *
 * @param service the service that keeps it
 * @param name kebab-case, unique in the service; part of collections and consumer groups
 * @param format counts the shapes that the view has had, from 1: raised whenever slices, lines or
 *     flat fields come out otherwise than before, or a topic comes or goes. A view that was kept in
 *     another format is rebuilt by itself; until then what was kept is served, so readers must bear
 *     what it lacks
 * @param slices one for each kind of stream, each in a collection of its own
 */
public record ViewDefinition(
        String service, String name, int format, List<SliceDefinition<?>> slices) {

    public ViewDefinition {
        Names.kebab(service);
        Names.kebab(name);
        slices = List.copyOf(slices);
        if (format < 1) {
            throw new IllegalArgumentException("view " + name + " has format " + format);
        }
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("view " + name + " keeps nothing");
        }
        // What the generation keeps for itself beside the slices and lines.
        Set<String> taken = new HashSet<>(Set.of("held", "parked"));
        Set<String> streamTypes = new HashSet<>();
        Map<String, LineDefinition<?>> lines = new HashMap<>();
        for (SliceDefinition<?> slice : slices) {
            if (!streamTypes.add(slice.streamType()) || !taken.add(slice.collection())) {
                throw new IllegalArgumentException("view " + name + " keeps a thing twice");
            }
            for (LineDefinition<?> line : slice.lineDefinitions()) {
                LineDefinition<?> other = lines.putIfAbsent(line.collection(), line);
                if (other != null && !other.equals(line)) {
                    throw new IllegalArgumentException("two meanings of " + line.collection());
                }
            }
        }
        lines.keySet()
                .forEach(
                        line -> {
                            if (!taken.add(line)) {
                                throw new IllegalArgumentException("two meanings of " + line);
                            }
                        });
    }

    /** A view in its first format. */
    public ViewDefinition(String service, String name, List<SliceDefinition<?>> slices) {
        this(service, name, 1, slices);
    }

    /** The services whose topics it reads. */
    Set<String> fromServices() {
        Set<String> services = new HashSet<>();
        slices.forEach(slice -> services.add(slice.fromService()));
        return services;
    }

    /** All collections of lines, each once. */
    Set<LineDefinition<?>> lineDefinitions() {
        Set<LineDefinition<?>> lines = new HashSet<>();
        slices.forEach(slice -> lines.addAll(slice.lineDefinitions()));
        return lines;
    }
}
