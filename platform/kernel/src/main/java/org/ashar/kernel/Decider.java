package org.ashar.kernel;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * An aggregate as three pure functions (Chassaing's decider).
 *
 * <p>Guarantee asked of implementers: none of the three reads a clock, randomness or I/O, and
 * {@code evolve} never throws on a recorded event.
 *
 * @param <C> the sealed type of commands
 * @param <S> the sealed type of states
 * @param <E> the sealed type of domain events
 */
public record Decider<C, S, E>(
        Supplier<S> initial, BiFunction<S, C, Decision<E>> decide, BiFunction<S, E, S> evolve) {

    /** The state after all of {@code events}, in order, from {@code state}. */
    public S fold(S state, List<? extends E> events) {
        S folded = state;
        for (E event : events) {
            folded = evolve.apply(folded, event);
        }
        return folded;
    }
}
