package org.ashar.kernel;

import java.util.List;

/**
 * What an aggregate answers to a command: the events that follow, or a refusal. A refusal is a
 * value, never thrown.
 */
public sealed interface Decision<E> {

    /**
     * The command holds; {@code events} follow from it. An empty list means the wish is already
     * fulfilled.
     */
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** The command does not hold; nothing happened. */
    record Refused<E>(Refusal refusal) implements Decision<E> {}

    /** Accepts with these events, in order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <E> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    /** Accepts with these events, in order. */
    static <E> Decision<E> accept(List<E> events) {
        return new Accepted<>(events);
    }

    /** Refuses. */
    static <E> Decision<E> refuse(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
