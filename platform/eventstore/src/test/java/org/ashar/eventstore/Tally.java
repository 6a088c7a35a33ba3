package org.ashar.eventstore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.json.NamedTypes;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;

/** The smallest aggregate with all that the event store cares for: a draft, then in public. */
final class Tally {

    private Tally() {}

    sealed interface Command {
        record Open(String note) implements Command {}

        record Write(String note) implements Command {}

        record Add(long amount) implements Command {}

        record AddEach(List<Long> amounts) implements Command {}

        record Publish() implements Command {}

        record Discard() implements Command {}
    }

    sealed interface Event {
        record Opened(String note) implements Event {}

        record Written(String note) implements Event {}

        record Added(long amount) implements Event {}

        record Published() implements Event {}

        record Discarded() implements Event {}
    }

    sealed interface State {
        record Nothing() implements State {}

        record Draft(String note, long sum) implements State {}

        record Live(String note, long sum) implements State {}
    }

    record TallyPublished(String note, long sum) {}

    record TallyRaised(long amount, long sum) {}

    static Decision<Event> decide(State state, Command command) {
        return switch (command) {
            case Command.Open(String note) ->
                    state instanceof State.Nothing
                            ? Decision.accept(new Event.Opened(note))
                            : Decision.refuse(Refusal.conflict("tally.already-open"));
            case Command.Write(String note) ->
                    state instanceof State.Draft draft
                            ? note.equals(draft.note())
                                    ? Decision.accept()
                                    : Decision.accept(new Event.Written(note))
                            : Decision.refuse(Refusal.conflict("tally.not-a-draft"));
            case Command.Add(long amount) ->
                    state instanceof State.Nothing
                            ? Decision.refuse(Refusal.conflict("tally.not-open"))
                            : Decision.accept(new Event.Added(amount));
            case Command.AddEach(List<Long> amounts) ->
                    Decision.accept(amounts.stream().<Event>map(Event.Added::new).toList());
            case Command.Publish() ->
                    state instanceof State.Draft
                            ? Decision.accept(new Event.Published())
                            : Decision.refuse(Refusal.conflict("tally.not-a-draft"));
            case Command.Discard() ->
                    state instanceof State.Draft
                            ? Decision.accept(new Event.Discarded())
                            : Decision.refuse(Refusal.conflict("tally.not-a-draft"));
        };
    }

    static State evolve(State state, Event event) {
        return switch (event) {
            case Event.Opened(String note) -> new State.Draft(note, 0);
            case Event.Written(String note) -> new State.Draft(note, sum(state));
            case Event.Added(long amount) ->
                    switch (state) {
                        case State.Draft(String note, long sum) ->
                                new State.Draft(note, sum + amount);
                        case State.Live(String note, long sum) ->
                                new State.Live(note, sum + amount);
                        case State.Nothing nothing -> nothing;
                    };
            case Event.Published() -> new State.Live(note(state), sum(state));
            case Event.Discarded() -> new State.Nothing();
        };
    }

    static String note(State state) {
        return switch (state) {
            case State.Nothing() -> "";
            case State.Draft draft -> draft.note();
            case State.Live live -> live.note();
        };
    }

    static long sum(State state) {
        return switch (state) {
            case State.Nothing() -> 0;
            case State.Draft draft -> draft.sum();
            case State.Live live -> live.sum();
        };
    }

    private static final class Public implements Publication<State, Event> {
        @Override
        public List<Fact> publish(State before, Event event, State after, CommandMeta meta) {
            if (!(after instanceof State.Live live)) {
                return List.of();
            }
            return event instanceof Event.Added(long amount)
                    ? List.of(new Fact("tally-raised", 1, new TallyRaised(amount, live.sum())))
                    : List.of(published(live.note(), live.sum()));
        }

        @Override
        public Optional<Fact> preview(State after) {
            return after instanceof State.Draft(String note, long sum)
                    ? Optional.of(published(note, sum))
                    : Optional.empty();
        }

        private static Fact published(String note, long sum) {
            return new Fact("tally-published", 1, new TallyPublished(note, sum));
        }
    }

    static AggregateType<Command, State, Event> type(int stateFormat) {
        return new AggregateType<>(
                "tally",
                stateFormat,
                new Decider<>(State.Nothing::new, Tally::decide, Tally::evolve),
                NamedTypes.of(
                        Map.of(
                                "opened", Event.Opened.class,
                                "written", Event.Written.class,
                                "added", Event.Added.class,
                                "published", Event.Published.class,
                                "discarded", Event.Discarded.class)),
                NamedTypes.of(
                        Map.of(
                                "nothing", State.Nothing.class,
                                "draft", State.Draft.class,
                                "live", State.Live.class)),
                new Public(),
                state -> Map.of("sum", sum(state) * stateFormat));
    }
}
