package org.ashar.accountability.domain.finding;

import static org.ashar.accountability.domain.finding.Samples.ACCEPTED;
import static org.ashar.accountability.domain.finding.Samples.ACTION_DUE;
import static org.ashar.accountability.domain.finding.Samples.AGREED;
import static org.ashar.accountability.domain.finding.Samples.OPENED;
import static org.ashar.accountability.domain.finding.Samples.REFUSED;
import static org.ashar.accountability.domain.finding.Samples.RESPONSE_DUE;
import static org.ashar.accountability.domain.finding.Samples.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void a_response_is_due_from_its_day_on_and_late_after_it() {
        Existing opened = finding(OPENED);
        assertThat(Standing.of(opened, RESPONSE_DUE.minusDays(1))).isEqualTo(Standing.OPENED);
        assertThat(Standing.of(opened, RESPONSE_DUE)).isEqualTo(Standing.RESPONSE_DUE);
        assertThat(Standing.daysLate(opened, RESPONSE_DUE)).isZero();
        assertThat(Standing.daysLate(opened, RESPONSE_DUE.plusDays(3))).isEqualTo(3);
    }

    @Test
    void who_accepts_owes_an_action_by_the_same_day_and_who_refuses_owes_nothing() {
        assertThat(Standing.due(finding(OPENED, ACCEPTED))).contains(RESPONSE_DUE);
        assertThat(Standing.daysLate(finding(OPENED, ACCEPTED), RESPONSE_DUE.plusDays(1)))
                .isEqualTo(1);
        assertThat(Standing.due(finding(OPENED, REFUSED))).isEmpty();
        assertThat(Standing.daysLate(finding(OPENED, REFUSED), RESPONSE_DUE.plusYears(1))).isZero();
    }

    @Test
    void an_action_is_late_after_its_own_day() {
        Existing agreed = finding(OPENED, ACCEPTED, AGREED);
        assertThat(Standing.due(agreed)).contains(ACTION_DUE);
        assertThat(Standing.daysLate(agreed, ACTION_DUE.plusDays(10))).isEqualTo(10);
    }

    @Test
    void every_other_state_stands_where_it_was_recorded_and_owes_nothing() {
        List<Standing> standings = new ArrayList<>();
        LocalDate later = ACTION_DUE.plusYears(1);
        Samples.histories()
                .forEach(
                        (state, history) -> {
                            if (SPEC.given(history).state() instanceof Existing finding) {
                                standings.add(Standing.of(finding, later));
                                if (finding instanceof FindingState.Ended
                                        || finding instanceof FindingState.Implemented) {
                                    assertThat(Standing.due(finding)).as(state).isEmpty();
                                }
                            }
                        });
        assertThat(standings)
                .containsExactly(
                        Standing.RESPONSE_DUE,
                        Standing.RESPONDED,
                        Standing.ACTION_AGREED,
                        Standing.IMPLEMENTED,
                        Standing.CLOSED,
                        Standing.NOT_ACCEPTED);
    }

    private static Existing finding(FindingEvent... history) {
        return (Existing) SPEC.given(history).state();
    }
}
