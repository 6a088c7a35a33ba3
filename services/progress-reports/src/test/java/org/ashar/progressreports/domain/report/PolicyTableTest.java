package org.ashar.progressreports.domain.report;

import static org.ashar.progressreports.domain.report.Samples.CONTENT;
import static org.ashar.progressreports.domain.report.Samples.CORRECTED;
import static org.ashar.progressreports.domain.report.Samples.DISCARDED;
import static org.ashar.progressreports.domain.report.Samples.DRAFTED;
import static org.ashar.progressreports.domain.report.Samples.ON;
import static org.ashar.progressreports.domain.report.Samples.OTHER_CONTENT;
import static org.ashar.progressreports.domain.report.Samples.PERIOD;
import static org.ashar.progressreports.domain.report.Samples.PUBLISHED;
import static org.ashar.progressreports.domain.report.Samples.REASON;
import static org.ashar.progressreports.domain.report.Samples.SPEC;
import static org.ashar.progressreports.domain.report.Samples.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Decision.Accepted;
import org.ashar.kernel.Decision.Refused;
import org.ashar.kernel.Refusal;
import org.ashar.progressreports.domain.report.ReportCommand.Correct;
import org.ashar.progressreports.domain.report.ReportCommand.Discard;
import org.ashar.progressreports.domain.report.ReportCommand.Draft;
import org.ashar.progressreports.domain.report.ReportCommand.Edit;
import org.ashar.progressreports.domain.report.ReportCommand.Publish;
import org.ashar.progressreports.domain.report.ReportRules.Rule;
import org.ashar.progressreports.domain.report.Subject.Unknown;
import org.junit.jupiter.api.Test;

/** Holds the table in the README against the code. */
class PolicyTableTest {

    private record Row(String role, Set<String> states, Set<String> events, Set<String> refusals) {}

    private static final List<ReportCommand> COMMANDS =
            List.of(
                    new Draft(SUBJECT, PERIOD, Samples.ORGANISATION, CONTENT, ON),
                    new Edit(SUBJECT, CONTENT, ON),
                    new Discard(),
                    new Publish(SUBJECT, ON, false),
                    new Correct(SUBJECT, Samples.content("Башка сөз"), REASON, ON, false));

    private static final List<ReportCommand> ON_AN_UNKNOWN_COMMITMENT =
            List.of(
                    new Draft(
                            new Unknown(Samples.COMMITMENT),
                            PERIOD,
                            Samples.ORGANISATION,
                            CONTENT,
                            ON),
                    new Edit(new Unknown(Samples.COMMITMENT), CONTENT, ON),
                    new Discard(),
                    new Publish(new Unknown(Samples.COMMITMENT), ON, false),
                    new Correct(new Unknown(Samples.COMMITMENT), OTHER_CONTENT, REASON, ON, false));

    private static final List<ReportState> STATES =
            List.of(
                    SPEC.given().state(),
                    SPEC.given(DRAFTED).state(),
                    SPEC.given(DRAFTED, DISCARDED).state(),
                    SPEC.given(DRAFTED, PUBLISHED).state(),
                    SPEC.given(DRAFTED, PUBLISHED, CORRECTED).state());

    @Test
    void the_samples_cover_every_command_and_every_state() {
        assertThat(names(COMMANDS)).isEqualTo(permitted(ReportCommand.class));
        assertThat(names(STATES)).isEqualTo(permitted(ReportState.class));
    }

    @Test
    void the_table_is_what_the_code_does() throws IOException {
        Map<String, Row> coded = new LinkedHashMap<>();
        for (int i = 0; i < COMMANDS.size(); i++) {
            ReportCommand command = COMMANDS.get(i);
            Set<String> states = new TreeSet<>();
            Set<String> events = new TreeSet<>();
            Set<String> refusals = new TreeSet<>();
            for (ReportState state : STATES) {
                switch (ProgressReport.decide(state, command)) {
                    case Accepted<ReportEvent>(List<ReportEvent> accepted) -> {
                        states.add(name(state));
                        accepted.forEach(event -> events.add(name(event)));
                    }
                    case Refused<ReportEvent>(Refusal refusal) -> refusals.add(refusal.code());
                }
                Decision<ReportEvent> unheard =
                        ProgressReport.decide(state, ON_AN_UNKNOWN_COMMITMENT.get(i));
                if (unheard instanceof Refused<ReportEvent>(Refusal refusal)) {
                    refusals.add(refusal.code());
                }
            }
            rules(command).forEach(rule -> refusals.add(rule.code()));
            coded.put(name(command), new Row(command.role(), states, events, refusals));
        }
        assertThat(documented()).isEqualTo(coded);
    }

    private static List<Rule> rules(ReportCommand command) {
        return switch (command) {
            case Draft _ -> ReportRules.DRAFT;
            case Edit _ -> ReportRules.EDIT;
            case Discard _ -> List.of();
            case Publish _ -> ReportRules.PUBLISH;
            case Correct _ -> ReportRules.CORRECT;
        };
    }

    private static Map<String, Row> documented() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            List<String> cells = new ArrayList<>(Arrays.asList(line.split("\\|", -1)));
            if (cells.size() == 7
                    && permitted(ReportCommand.class).contains(cells.get(1).strip())) {
                rows.put(
                        cells.get(1).strip(),
                        new Row(
                                cells.get(2).strip(),
                                set(cells.get(3)),
                                set(cells.get(4)),
                                set(cells.get(5))));
            }
        }
        return rows;
    }

    private static Set<String> set(String cell) {
        return Arrays.stream(cell.split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> permitted(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(List<?> values) {
        return values.stream()
                .map(PolicyTableTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }
}
