package org.ashar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;

/**
 * A specification in one expression: {@code spec.given(events).when(command).then(events)}.
 *
 * <p>Every {@code then} also folds what was decided, so an {@code evolve} that throws on a new
 * event fails there.
 *
 * @param <C> commands
 * @param <S> states
 * @param <E> events
 */
public final class DeciderSpec<C, S, E> {

    private final Decider<C, S, E> decider;

    private DeciderSpec(Decider<C, S, E> decider) {
        this.decider = decider;
    }

    /** Specifies this decider. */
    public static <C, S, E> DeciderSpec<C, S, E> of(Decider<C, S, E> decider) {
        return new DeciderSpec<>(decider);
    }

    /** What happened before; nothing, for a new aggregate. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Given given(E... history) {
        return new Given(List.of(history));
    }

    /** What happened before. */
    public Given given(List<? extends E> history) {
        return new Given(List.copyOf(history));
    }

    /** A history. */
    public final class Given {
        private final List<E> history;

        private Given(List<E> history) {
            this.history = history;
        }

        /** Gives the command to the aggregate with this history. */
        public When when(C command) {
            S state = decider.fold(decider.initial().get(), history);
            return new When(state, decider.decide().apply(state, command));
        }

        /** The state after this history. */
        public S state() {
            return decider.fold(decider.initial().get(), history);
        }
    }

    /** What the aggregate decided. */
    public final class When {
        private final S before;
        private final Decision<E> decision;

        private When(S before, Decision<E> decision) {
            this.before = before;
            this.decision = decision;
        }

        /** It accepted, with exactly these events in this order. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final void then(E... expected) {
            assertThat(events()).containsExactly(expected);
        }

        /** It accepted, and nothing happened: the wish was fulfilled already. */
        public void thenNothing() {
            assertThat(events()).isEmpty();
        }

        /** It refused with this code. */
        public void thenRefused(String code) {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(code));
        }

        /** It refused with this code, of this kind. */
        public void thenRefused(Refusal.Kind kind, String code) {
            thenRefused(code);
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.refusal().kind()).isEqualTo(kind));
        }

        /** The decision itself, for tables. */
        public Decision<E> decision() {
            return decision;
        }

        /** The events of an acceptance, folded once to show that they can be. */
        public List<E> events() {
            assertThat(decision).isInstanceOf(Decision.Accepted.class);
            List<E> events =
                    switch (decision) {
                        case Decision.Accepted<E>(List<E> accepted) -> accepted;
                        case Decision.Refused<E> refused ->
                                throw new AssertionError(refused.refusal().code());
                    };
            assertThat(decider.fold(before, events)).isNotNull();
            return events;
        }
    }
}
