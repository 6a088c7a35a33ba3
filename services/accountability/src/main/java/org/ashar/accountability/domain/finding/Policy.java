package org.ashar.accountability.domain.finding;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;

/**
 * The rules of one command, in the order in which they are applied: the first broken one decides.
 *
 * @param <S> what they judge by
 */
record Policy<S, C>(List<Rule<? super S, ? super C>> rules) {

    /** One rule, by the code of its refusal. */
    record Rule<S, C>(String code, BiFunction<S, C, Optional<Refusal>> broken) {}

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <S, C> Policy<S, C> of(Rule<? super S, ? super C>... rules) {
        return new Policy<>(List.<Rule<? super S, ? super C>>of(rules));
    }

    Decision<FindingEvent> decide(S judged, C command, Supplier<FindingEvent> event) {
        for (Rule<? super S, ? super C> rule : rules) {
            Optional<Refusal> broken = rule.broken().apply(judged, command);
            if (broken.isPresent()) {
                return Decision.refuse(broken.get());
            }
        }
        return Decision.accept(event.get());
    }
}
