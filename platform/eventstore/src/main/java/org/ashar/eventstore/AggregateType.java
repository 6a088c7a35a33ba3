package org.ashar.eventstore;

import java.util.Map;
import java.util.function.Function;
import org.ashar.json.NamedTypes;
import org.ashar.kernel.Decider;

/**
 * All that the event store needs to know of one kind of aggregate. Every function in it is pure.
 *
 * @param streamType first part of its stream ids, unique across services
 * @param stateFormat raise it whenever {@code states}, {@code evolve} or {@code summary} change
 *     meaning: current documents of another number are folded again from their commits
 * @param decider its three functions
 * @param events the names under which domain events are stored, for ever
 * @param states the names under which states are cached
 * @param publication what others get to see of each domain event
 * @param summary flat fields by which the service lists its aggregates, stored under {@code s.};
 *     values that BSON knows: strings, numbers, booleans, instants, lists of these
 * @param <C> the sealed type of commands
 * @param <S> the sealed type of states
 * @param <E> the sealed type of domain events
 */
public record AggregateType<C, S, E>(
        String streamType,
        int stateFormat,
        Decider<C, S, E> decider,
        NamedTypes<E> events,
        NamedTypes<S> states,
        Publication<S, E> publication,
        Function<S, Map<String, Object>> summary) {}
