package org.ashar.budgetcommitments.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.kernel.Refusal.Violation;

/**
 * The named rules of one command, in order. The first broken rule that is not about a value decides
 * alone; broken values are told all at once, under the first one's code.
 */
public record Policy<S, C>(List<Rule<S, C>> rules) {

    /** One rule: nothing where it holds. */
    public record Rule<S, C>(String name, BiFunction<S, C, Optional<Refusal>> check) {}

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <S, C> Policy<S, C> of(Rule<S, C>... rules) {
        return new Policy<>(List.of(rules));
    }

    public <E> Decision<E> decide(S state, C command, Supplier<Decision<E>> decision) {
        Optional<Refusal> refusal = refusal(state, command);
        return refusal.<Decision<E>>map(Decision::refuse).orElseGet(decision);
    }

    public Optional<Refusal> refusal(S state, C command) {
        List<Refusal> broken = new ArrayList<>();
        for (Rule<S, C> rule : rules) {
            Optional<Refusal> refusal = rule.check().apply(state, command);
            if (refusal.isPresent() && refusal.get().kind() != Kind.INVALID) {
                return refusal;
            }
            refusal.ifPresent(broken::add);
        }
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        List<Violation> violations =
                broken.stream().flatMap(refusal -> refusal.violations().stream()).toList();
        Refusal first = broken.getFirst();
        return Optional.of(new Refusal(Kind.INVALID, first.code(), first.arguments(), violations));
    }
}
