package org.ashar.budgetcommitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ashar.budgetcommitments.api.Permission;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.CommandTable;
import org.ashar.budgetcommitments.domain.Refused;
import org.ashar.budgetcommitments.domain.budget.BudgetCommand;
import org.ashar.budgetcommitments.domain.budget.BudgetCommitment;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetSpecs;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentSpecs;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.json.NamedTypes;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;
import org.ashar.testing.DeciderSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README's tables and the code say the same. */
class CommandTableTest {

    private static final Aggregate<CommitmentCommand, CommitmentState, CommitmentEvent> COMMITMENT =
            new Aggregate<>(
                    "commitment",
                    Commitment.DECIDER,
                    StoredNames.COMMITMENT_EVENTS,
                    CommitmentSpecs.histories(),
                    CommitmentSpecs::history,
                    CommitmentSpecs.commands(),
                    CommitmentSpecs::command,
                    CommitmentSpecs.refusals(),
                    CommitmentCommand.class,
                    CommitmentState.class);

    private static final Aggregate<BudgetCommand, BudgetState, BudgetEvent> BUDGET =
            new Aggregate<>(
                    "budget",
                    BudgetCommitment.DECIDER,
                    StoredNames.BUDGET_EVENTS,
                    BudgetSpecs.histories(),
                    (state, _) -> BudgetSpecs.histories().getOrDefault(state, List.of()),
                    BudgetSpecs.commands(),
                    (_, command) -> BudgetSpecs.commands().get(command),
                    BudgetSpecs.refusals(),
                    BudgetCommand.class,
                    BudgetState.class);

    private record Aggregate<C, S, E>(
            String name,
            Decider<C, S, E> decider,
            NamedTypes<E> eventNames,
            Map<String, List<E>> histories,
            BiFunction<String, String, List<E>> history,
            Map<String, C> commands,
            BiFunction<String, String, @Nullable C> sample,
            Map<String, List<Refused<C, E>>> refusals,
            Class<C> commandType,
            Class<S> stateType) {

        Stream<DynamicTest> cells() {
            return CommandTable.states(name).entrySet().stream()
                    .flatMap(
                            row ->
                                    row.getValue().entrySet().stream()
                                            .map(
                                                    cell ->
                                                            cell(
                                                                    row.getKey(),
                                                                    cell.getKey(),
                                                                    cell.getValue())));
        }

        private DynamicTest cell(String command, String state, String expected) {
            return DynamicTest.dynamicTest(
                    command + " in " + state + " → " + expected,
                    () -> {
                        List<E> given = history.apply(state, command);
                        assertThat(stateName(given)).isEqualTo(state);
                        var when =
                                DeciderSpec.of(decider).given(given).when(command(state, command));
                        if (expected.startsWith(CommandTable.LEADS_TO)) {
                            assertThat(when.events()).isNotEmpty();
                            assertThat(
                                            CommandTable.LEADS_TO
                                                    + stateName(after(given, when.events())))
                                    .isEqualTo(expected);
                            assertThat(CommandTable.command(name, command).events())
                                    .containsAll(names(when.events()));
                        } else {
                            when.thenRefused(expected);
                        }
                    });
        }

        private C command(String state, String command) {
            C given = sample.apply(state, command);
            if (given == null) {
                throw new AssertionError("no sample of " + command);
            }
            return given;
        }

        Stream<DynamicTest> refusedCases() {
            return refusals.entrySet().stream()
                    .flatMap(
                            entry ->
                                    entry.getValue().stream()
                                            .map(
                                                    refused ->
                                                            DynamicTest.dynamicTest(
                                                                    entry.getKey()
                                                                            + ": "
                                                                            + refused.sentence(),
                                                                    () ->
                                                                            DeciderSpec.of(decider)
                                                                                    .given(
                                                                                            refused
                                                                                                    .given())
                                                                                    .when(
                                                                                            refused
                                                                                                    .when())
                                                                                    .thenRefused(
                                                                                            refused
                                                                                                    .code()))));
        }

        void tellsEveryCode() {
            Map<String, Set<String>> told = new HashMap<>();
            CommandTable.commands(name).forEach((command, row) -> told.put(command, row.codes()));
            Map<String, Set<String>> shown = new HashMap<>();
            refusals.forEach(
                    (command, cases) ->
                            shown.put(
                                    command,
                                    cases.stream()
                                            .map(Refused::code)
                                            .collect(Collectors.toCollection(TreeSet::new))));
            assertThat(shown).isEqualTo(told);
        }

        void tellsEveryState() {
            Set<String> states = new TreeSet<>(leaves(stateType));
            CommandTable.states(name)
                    .forEach(
                            (command, cells) -> {
                                assertThat(cells.keySet()).as(command).isEqualTo(states);
                                assertThat(CommandTable.command(name, command).states())
                                        .as(command)
                                        .isEqualTo(
                                                cells.entrySet().stream()
                                                        .filter(
                                                                cell ->
                                                                        cell.getValue()
                                                                                .startsWith(
                                                                                        CommandTable
                                                                                                .LEADS_TO))
                                                        .map(Map.Entry::getKey)
                                                        .collect(Collectors.toSet()));
                            });
        }

        void tellsEveryCommand() {
            assertThat(CommandTable.commands(name).keySet())
                    .isEqualTo(CommandTable.states(name).keySet())
                    .isEqualTo(commands.keySet())
                    .isEqualTo(refusals.keySet());
            assertThat(
                            commands.values().stream()
                                    .map(command -> command.getClass().getSimpleName())
                                    .toList())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(leaves(commandType));
        }

        void tellsEveryEvent() {
            Set<String> told =
                    CommandTable.commands(name).values().stream()
                            .flatMap(row -> row.events().stream())
                            .collect(Collectors.toSet());
            assertThat(told).isEqualTo(eventNames.names());
        }

        private Set<String> names(List<E> events) {
            return events.stream().map(eventNames::name).collect(Collectors.toSet());
        }

        private static <E> List<E> after(List<E> history, List<E> events) {
            return Stream.concat(history.stream(), events.stream()).toList();
        }

        private String stateName(List<E> history) {
            return DeciderSpec.of(decider).given(history).state().getClass().getSimpleName();
        }
    }

    /** Simple names of the records of a sealed type. */
    private static Set<String> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null
                ? Set.of(type.getSimpleName())
                : Arrays.stream(permitted)
                        .flatMap(subtype -> leaves(subtype).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @TestFactory
    Stream<DynamicTest> every_command_in_every_state() {
        return Stream.concat(COMMITMENT.cells(), BUDGET.cells());
    }

    @TestFactory
    Stream<DynamicTest> every_refusal() {
        return Stream.concat(COMMITMENT.refusedCases(), BUDGET.refusedCases());
    }

    @Test
    void the_tables_name_every_code_that_is_shown_and_no_other() {
        COMMITMENT.tellsEveryCode();
        BUDGET.tellsEveryCode();
    }

    @Test
    void the_tables_name_every_state_and_where_a_command_is_allowed() {
        COMMITMENT.tellsEveryState();
        BUDGET.tellsEveryState();
    }

    @Test
    void the_tables_name_every_command_and_event() {
        COMMITMENT.tellsEveryCommand();
        BUDGET.tellsEveryCommand();
        COMMITMENT.tellsEveryEvent();
        BUDGET.tellsEveryEvent();
    }

    @Test
    void the_tables_name_the_roles_that_the_api_demands() {
        Map<String, Set<String>> told = new HashMap<>();
        CommandTable.commands("commitment").forEach((name, row) -> told.put(name, row.roles()));
        CommandTable.commands("budget").forEach((name, row) -> told.put(name, row.roles()));
        Map<String, Set<String>> demanded = new HashMap<>();
        Arrays.stream(Permission.values())
                .forEach(p -> demanded.put(p.command(), new TreeSet<>(p.roles())));
        assertThat(demanded).isEqualTo(told);
    }

    @Test
    void a_draft_does_not_exist_for_others_whatever_they_wish() {
        CommitmentSpecs.commands()
                .forEach(
                        (name, command) -> {
                            if (!command.by().organisation().equals("okmotu")) {
                                DeciderSpec.of(Commitment.DECIDER)
                                        .given(CommitmentSpecs.history("Draft", name))
                                        .when(command)
                                        .thenRefused("commitment.not-found");
                            }
                        });
    }

    @Test
    void a_refusal_is_told_with_the_place_it_is_about() {
        Stream.concat(
                        CommitmentSpecs.refusals().values().stream()
                                .flatMap(List::stream)
                                .map(
                                        r ->
                                                DeciderSpec.of(Commitment.DECIDER)
                                                        .given(r.given())
                                                        .when(r.when())
                                                        .decision()),
                        BudgetSpecs.refusals().values().stream()
                                .flatMap(List::stream)
                                .map(
                                        r ->
                                                DeciderSpec.of(BudgetCommitment.DECIDER)
                                                        .given(r.given())
                                                        .when(r.when())
                                                        .decision()))
                .forEach(
                        decision -> {
                            if (decision instanceof Decision.Refused<?> refused
                                    && refused.refusal().kind() == Refusal.Kind.INVALID) {
                                assertThat(refused.refusal().violations()).isNotEmpty();
                            }
                        });
    }
}
