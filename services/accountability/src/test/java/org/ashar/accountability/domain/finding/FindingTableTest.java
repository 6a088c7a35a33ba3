package org.ashar.accountability.domain.finding;

import static org.ashar.accountability.domain.finding.Samples.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ashar.accountability.domain.finding.FindingCommand.Agree;
import org.ashar.accountability.domain.finding.FindingCommand.Close;
import org.ashar.accountability.domain.finding.FindingCommand.CloseAsNotAccepted;
import org.ashar.accountability.domain.finding.FindingCommand.Open;
import org.ashar.accountability.domain.finding.FindingCommand.ReportImplemented;
import org.ashar.accountability.domain.finding.FindingCommand.Respond;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Decision.Accepted;
import org.ashar.kernel.Decision.Refused;
import org.junit.jupiter.api.Test;

/** The README's tables and the code say the same. */
class FindingTableTest {

    private static final String LEADS_TO = "→ ";

    private record Row(
            Set<String> roles, Set<String> states, Set<String> events, Set<String> codes) {}

    @Test
    void the_samples_cover_every_command_every_state_and_every_event() {
        assertThat(
                        Samples.commands().values().stream()
                                .map(FindingTableTest::name)
                                .collect(Collectors.toSet()))
                .isEqualTo(leaves(FindingCommand.class));
        assertThat(Samples.histories().keySet()).isEqualTo(leaves(FindingState.class));
        assertThat(
                        Samples.histories().values().stream()
                                .flatMap(List::stream)
                                .map(FindingTableTest::name)
                                .collect(Collectors.toSet()))
                .isEqualTo(leaves(FindingEvent.class));
    }

    @Test
    void every_command_does_in_every_state_what_the_table_says() throws IOException {
        Map<String, Map<String, String>> coded = new LinkedHashMap<>();
        Samples.commands()
                .forEach(
                        (command, sample) -> {
                            Map<String, String> cells = new LinkedHashMap<>();
                            Samples.histories()
                                    .forEach(
                                            (state, history) -> {
                                                assertThat(name(SPEC.given(history).state()))
                                                        .isEqualTo(state);
                                                cells.put(state, outcome(history, sample));
                                            });
                            coded.put(command, cells);
                        });
        assertThat(states()).isEqualTo(coded);
    }

    @Test
    void every_command_has_the_roles_states_events_and_codes_that_the_table_says()
            throws IOException {
        Map<String, Row> coded = new LinkedHashMap<>();
        Samples.commands()
                .forEach(
                        (command, sample) -> {
                            Set<String> states = new TreeSet<>();
                            Set<String> events = new TreeSet<>();
                            Samples.histories()
                                    .forEach(
                                            (state, history) -> {
                                                Decision<FindingEvent> decision =
                                                        SPEC.given(history).when(sample).decision();
                                                if (decision
                                                        instanceof
                                                        Accepted<FindingEvent>(
                                                                List<FindingEvent> accepted)) {
                                                    states.add(state);
                                                    accepted.forEach(e -> events.add(kebab(e)));
                                                }
                                            });
                            coded.put(
                                    command,
                                    new Row(
                                            new TreeSet<>(sample.roles()),
                                            states,
                                            events,
                                            codes(sample)));
                        });
        Map<String, Row> told = new LinkedHashMap<>();
        for (List<String> cells : rows("finding commands").subList(2, coded.size() + 2)) {
            told.put(
                    cells.get(0),
                    new Row(
                            set(cells.get(1)),
                            set(cells.get(2)),
                            set(cells.get(3)),
                            set(cells.get(4))));
        }
        assertThat(told).isEqualTo(coded);
    }

    /** What its rules, and what was given before, can refuse it for. */
    private static Set<String> codes(FindingCommand command) {
        Set<String> codes = new TreeSet<>();
        policy(command).rules().forEach(rule -> codes.add(rule.code()));
        if (command instanceof Open) {
            codes.add("finding.subject-unknown");
        }
        if (command instanceof Agree) {
            codes.add("finding.response-not-accepting");
        }
        return codes;
    }

    private static Policy<?, ?> policy(FindingCommand command) {
        return switch (command) {
            case Open _ -> FindingRules.OPENING;
            case Respond _ -> FindingRules.RESPONDING;
            case Agree _ -> FindingRules.AGREEING;
            case ReportImplemented _ -> FindingRules.REPORTING;
            case Close _ -> FindingRules.CLOSING;
            case CloseAsNotAccepted _ -> FindingRules.CLOSING_AS_NOT_ACCEPTED;
        };
    }

    private static String outcome(List<FindingEvent> history, FindingCommand command) {
        return switch (SPEC.given(history).when(command).decision()) {
            case Accepted<FindingEvent>(List<FindingEvent> events) ->
                    LEADS_TO
                            + name(
                                    SPEC.given(
                                                    Stream.concat(history.stream(), events.stream())
                                                            .toList())
                                            .state());
            case Refused<FindingEvent> refused -> refused.refusal().code();
        };
    }

    private static Map<String, Map<String, String>> states() throws IOException {
        List<List<String>> rows = rows("finding states");
        List<String> header = rows.getFirst();
        Map<String, Map<String, String>> commands = new LinkedHashMap<>();
        for (List<String> cells : rows.subList(2, rows.size())) {
            Map<String, String> states = new LinkedHashMap<>();
            for (int i = 1; i < cells.size(); i++) {
                String cell = cells.get(i);
                boolean whole = cell.startsWith(LEADS_TO) || cell.contains(".");
                states.put(header.get(i), whole ? cell : "finding." + cell);
            }
            commands.put(cells.getFirst(), states);
        }
        return commands;
    }

    /** The lines of a table, its header and the line under it first. */
    private static List<List<String>> rows(String table) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        int begin = lines.indexOf("<!-- table: " + table + " -->");
        assertThat(begin).as(table).isNotNegative();
        return lines.stream()
                .skip(begin + 1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                .toList();
    }

    private static Set<String> set(String cell) {
        return Arrays.stream(cell.split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> leaves(Class<?> sealed) {
        Set<String> leaves = new TreeSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                leaves.addAll(leaves(permitted));
            } else {
                leaves.add(permitted.getSimpleName());
            }
        }
        return leaves;
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }

    private static String kebab(Object value) {
        return name(value).replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
