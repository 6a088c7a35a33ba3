package org.ashar.progressreports.domain.report;

import static org.ashar.progressreports.domain.report.Samples.COMMITMENT;
import static org.ashar.progressreports.domain.report.Samples.CONTENT;
import static org.ashar.progressreports.domain.report.Samples.CORRECTED;
import static org.ashar.progressreports.domain.report.Samples.DISCARDED;
import static org.ashar.progressreports.domain.report.Samples.DRAFTED;
import static org.ashar.progressreports.domain.report.Samples.ON;
import static org.ashar.progressreports.domain.report.Samples.OTHER_CONTENT;
import static org.ashar.progressreports.domain.report.Samples.PERIOD;
import static org.ashar.progressreports.domain.report.Samples.PUBLISHED;
import static org.ashar.progressreports.domain.report.Samples.REASON;
import static org.ashar.progressreports.domain.report.Samples.RELIED_ON;
import static org.ashar.progressreports.domain.report.Samples.SPEC;
import static org.ashar.progressreports.domain.report.Samples.SUBJECT;
import static org.ashar.progressreports.domain.report.Samples.content;
import static org.ashar.progressreports.domain.report.Samples.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.Measure;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Content.Status;
import org.ashar.progressreports.domain.report.ReportCommand.Correct;
import org.ashar.progressreports.domain.report.ReportCommand.Discard;
import org.ashar.progressreports.domain.report.ReportCommand.Draft;
import org.ashar.progressreports.domain.report.ReportCommand.Edit;
import org.ashar.progressreports.domain.report.ReportCommand.Publish;
import org.ashar.progressreports.domain.report.ReportEvent.ReportCorrected;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDrafted;
import org.ashar.progressreports.domain.report.ReportEvent.ReportEdited;
import org.ashar.progressreports.domain.report.ReportEvent.ReportPublished;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.ReportState.Corrected;
import org.ashar.progressreports.domain.report.ReportState.Published;
import org.ashar.progressreports.domain.report.Subject.Known;
import org.ashar.progressreports.domain.report.Subject.ReliedOn;
import org.ashar.progressreports.domain.report.Subject.Unknown;
import org.ashar.testing.DeciderSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressReportTest {

    private static final MultilingualText NAME = MultilingualText.of("en", "Pipe laid");

    @Test
    void one_commitment_and_period_have_one_stream() {
        assertThat(ProgressReport.stream(COMMITMENT, PERIOD))
                .isEqualTo(ProgressReport.stream(COMMITMENT, PERIOD))
                .isNotEqualTo(ProgressReport.stream(COMMITMENT, PERIOD.next()))
                .isNotEqualTo(
                        ProgressReport.stream(StreamId.derived("commitment", "road"), PERIOD));
    }

    @Test
    void a_draft_rests_on_what_was_heard_of_the_commitment() {
        SPEC.given().when(draft(CONTENT)).then(DRAFTED);
    }

    @Test
    void a_second_report_of_the_period_is_refused() {
        SPEC.given(DRAFTED).when(draft(CONTENT)).thenRefused("report.already-drafted");
        SPEC.given(DRAFTED, PUBLISHED).when(draft(CONTENT)).thenRefused("report.already-published");
    }

    @Test
    void who_may_not_report_is_not_told_whether_others_have_a_draft() {
        Draft strangers = new Draft(SUBJECT, PERIOD, "other-org", CONTENT, ON);
        SPEC.given().when(strangers).thenRefused("report.other-organisation");
        SPEC.given(DRAFTED).when(strangers).thenRefused("report.other-organisation");
    }

    @Test
    void a_discarded_draft_can_be_begun_again() {
        SPEC.given(DRAFTED).when(new Discard()).then(DISCARDED);
        SPEC.given(DRAFTED, DISCARDED)
                .when(draft(OTHER_CONTENT))
                .then(new ReportDrafted(Samples.ABOUT, OTHER_CONTENT, RELIED_ON));
        SPEC.given(DRAFTED, DISCARDED).when(new Discard()).thenRefused("report.discarded");
        SPEC.given(DRAFTED, DISCARDED).when(publish()).thenRefused("report.discarded");
    }

    @Test
    void what_was_published_cannot_be_discarded_or_edited() {
        SPEC.given(DRAFTED, PUBLISHED).when(new Discard()).thenRefused("report.already-published");
        SPEC.given(DRAFTED, PUBLISHED)
                .when(edit(OTHER_CONTENT))
                .thenRefused("report.already-published");
        SPEC.given(DRAFTED, PUBLISHED).when(publish()).thenRefused("report.already-published");
    }

    @Test
    void an_unknown_commitment_has_no_reports() {
        SPEC.given()
                .when(new Draft(new Unknown(COMMITMENT), PERIOD, Samples.ORGANISATION, CONTENT, ON))
                .thenRefused("report.subject-unknown");
    }

    @Test
    void a_withdrawn_commitment_is_reported_on_for_the_time_before() {
        Known withdrawn = subject(LocalDate.of(2025, 3, 31), true);
        SPEC.given()
                .when(new Draft(withdrawn, PERIOD, Samples.ORGANISATION, CONTENT, ON))
                .thenRefused("report.subject-withdrawn");
        SPEC.given(DRAFTED)
                .when(new Publish(withdrawn, ON, false))
                .thenRefused("report.subject-withdrawn");
        SPEC.given(DRAFTED, PUBLISHED)
                .when(new Correct(withdrawn, OTHER_CONTENT, REASON, ON, false))
                .then(CORRECTED);
        Known later = subject(LocalDate.of(2025, 4, 1), true);
        SPEC.given()
                .when(new Draft(later, PERIOD, Samples.ORGANISATION, CONTENT, ON))
                .then(DRAFTED);
        SPEC.given(DRAFTED).when(new Publish(later, ON, false)).then(PUBLISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"district-office", " District-OFFICE "})
    void those_who_drafted_or_lead_a_commitment_report_on_it_and_nobody_else(String written) {
        SPEC.given()
                .when(new Draft(SUBJECT, PERIOD, written, CONTENT, ON))
                .then(
                        new ReportDrafted(
                                new About(COMMITMENT, Samples.PLACE, PERIOD, written),
                                CONTENT,
                                RELIED_ON));
        SPEC.given()
                .when(new Draft(SUBJECT, PERIOD, "another-office", CONTENT, ON))
                .thenRefused(Refusal.Kind.FORBIDDEN, "report.other-organisation");
    }

    @Test
    void the_period_is_of_the_commitments_frequency() {
        refusedAt(
                SPEC.given()
                        .when(
                                new Draft(
                                        SUBJECT,
                                        new ReportingPeriod(Frequency.HALF_YEAR, 2025, 1),
                                        Samples.ORGANISATION,
                                        CONTENT,
                                        ON)),
                "report.period-other-frequency",
                "/period");
    }

    @Test
    void the_period_is_not_before_publication_nor_after_completion() {
        refusedAt(
                SPEC.given()
                        .when(
                                new Draft(
                                        SUBJECT,
                                        new ReportingPeriod(Frequency.QUARTER, 2024, 4),
                                        Samples.ORGANISATION,
                                        CONTENT,
                                        ON)),
                "report.period-before-publication",
                "/period");
        refusedAt(
                SPEC.given()
                        .when(
                                new Draft(
                                        subject(LocalDate.of(2025, 3, 31), false),
                                        PERIOD,
                                        Samples.ORGANISATION,
                                        CONTENT,
                                        ON)),
                "report.period-after-completion",
                "/period");
        SPEC.given()
                .when(
                        new Draft(
                                subject(LocalDate.of(2025, 4, 1), false),
                                PERIOD,
                                Samples.ORGANISATION,
                                CONTENT,
                                ON))
                .then(DRAFTED);
    }

    @Test
    void nothing_is_published_of_a_period_that_has_not_begun() {
        SPEC.given(DRAFTED)
                .when(new Publish(SUBJECT, LocalDate.of(2025, 3, 31), false))
                .thenRefused("report.period-not-begun");
        SPEC.given(DRAFTED)
                .when(new Publish(SUBJECT, LocalDate.of(2025, 4, 1), false))
                .then(PUBLISHED);
    }

    @Test
    void a_published_report_tells_something_or_says_that_there_was_no_progress() {
        Content silent =
                new Content(Status.NOT_STARTED, null, false, List.of(), List.of(), List.of());
        Content noProgress =
                new Content(Status.NOT_STARTED, null, true, List.of(), List.of(), List.of());
        refusedAt(
                SPEC.given(new ReportDrafted(Samples.ABOUT, silent, RELIED_ON)).when(publish()),
                "report.says-nothing",
                "/narrative");
        SPEC.given(new ReportDrafted(Samples.ABOUT, noProgress, RELIED_ON))
                .when(publish())
                .then(PUBLISHED);
        refusedAt(
                SPEC.given(DRAFTED, PUBLISHED)
                        .when(new Correct(SUBJECT, silent, REASON, ON, false)),
                "report.says-nothing",
                "/narrative");
    }

    @Test
    void a_correction_stands_beside_the_published_text() {
        SPEC.given(DRAFTED, PUBLISHED).when(correct(OTHER_CONTENT)).then(CORRECTED);
        SPEC.given(DRAFTED, PUBLISHED, CORRECTED)
                .when(correct(CONTENT))
                .then(new ReportCorrected(2, CONTENT, REASON, RELIED_ON));
        assertThat(SPEC.given(DRAFTED, PUBLISHED).state())
                .isEqualTo(new Published(Samples.ABOUT, CONTENT));
        assertThat(SPEC.given(DRAFTED, PUBLISHED, CORRECTED).state())
                .isEqualTo(new Corrected(Samples.ABOUT, OTHER_CONTENT, 1));
    }

    @Test
    void a_correction_changes_something() {
        SPEC.given(DRAFTED, PUBLISHED)
                .when(correct(CONTENT))
                .thenRefused("report.correction-changes-nothing");
        SPEC.given(DRAFTED, PUBLISHED, CORRECTED)
                .when(correct(OTHER_CONTENT))
                .thenRefused("report.correction-changes-nothing");
    }

    @Test
    void only_what_was_published_can_be_corrected() {
        SPEC.given(DRAFTED).when(correct(OTHER_CONTENT)).thenRefused("report.not-published");
        SPEC.given().when(correct(OTHER_CONTENT)).thenRefused("report.unknown");
        SPEC.given()
                .when(correct(OTHER_CONTENT))
                .thenRefused(Refusal.Kind.NOT_FOUND, "report.unknown");
    }

    @Test
    void every_decision_records_the_sequence_it_relied_on() {
        Known later =
                new Known(
                        COMMITMENT,
                        Samples.PLACE,
                        9,
                        SUBJECT.publishedOn(),
                        Frequency.QUARTER,
                        null,
                        false,
                        SUBJECT.milestones(),
                        SUBJECT.organisations());
        ReliedOn nine = new ReliedOn(COMMITMENT, 9);
        SPEC.given(DRAFTED)
                .when(new Edit(later, OTHER_CONTENT, ON))
                .then(new ReportEdited(OTHER_CONTENT, nine));
        SPEC.given(DRAFTED).when(new Publish(later, ON, false)).then(new ReportPublished(nine));
    }

    @Test
    void qualitative_indicators_have_no_number_and_all_others_have_one() {
        refusedAt(
                SPEC.given()
                        .when(
                                draft(
                                        indicators(
                                                new IndicatorValue(
                                                        NAME, Measure.UNIT, "m", null, null)))),
                "report.indicator-number-missing",
                "/indicators/0/value");
        refusedAt(
                SPEC.given()
                        .when(
                                draft(
                                        indicators(
                                                new IndicatorValue(
                                                        NAME, Measure.UNIT, "m", "4000", null),
                                                new IndicatorValue(
                                                        NAME,
                                                        Measure.QUALITATIVE,
                                                        null,
                                                        "1",
                                                        null)))),
                "report.indicator-number-not-allowed",
                "/indicators/1/value");
    }

    @Test
    void notes_are_about_the_commitments_milestones_each_once() {
        MilestoneNote note = new MilestoneNote("m1", NAME);
        refusedAt(
                SPEC.given().when(draft(notes(note, new MilestoneNote("m9", NAME)))),
                "report.milestone-unknown",
                "/milestoneNotes/1/milestone");
        refusedAt(
                SPEC.given(DRAFTED).when(edit(notes(note, note))),
                "report.milestone-twice",
                "/milestoneNotes/1/milestone");
    }

    @Test
    void evidence_is_of_the_past_and_each_file_is_named_once() {
        refusedAt(
                SPEC.given().when(draft(withEvidence(evidence("photo", ON.plusDays(1))))),
                "evidence.captured-in-future",
                "/evidence/0/capturedOn");
        refusedAt(
                SPEC.given()
                        .when(draft(withEvidence(evidence("photo", ON), evidence("photo", ON)))),
                "report.evidence-twice",
                "/evidence/1/sha256");
    }

    @Test
    void personal_data_is_published_only_when_the_warning_was_acknowledged() {
        Content named = content("Уста: +996 555 12 34 56, usta@example.kg");
        refusedAt(
                SPEC.given(new ReportDrafted(Samples.ABOUT, named, RELIED_ON)).when(publish()),
                "text.personal-data",
                "/narrative/texts/ky/value",
                "/narrative/texts/ky/value");
        SPEC.given(new ReportDrafted(Samples.ABOUT, named, RELIED_ON))
                .when(new Publish(SUBJECT, ON, true))
                .then(PUBLISHED);
        MultilingualText reason = MultilingualText.of("ky", "usta@example.kg жазды");
        refusedAt(
                SPEC.given(DRAFTED, PUBLISHED)
                        .when(new Correct(SUBJECT, OTHER_CONTENT, reason, ON, false)),
                "text.personal-data",
                "/reason/texts/ky/value");
    }

    @Test
    void a_recorded_event_never_breaks_the_fold() {
        List<ReportEvent> all =
                List.of(
                        DRAFTED,
                        new ReportEdited(OTHER_CONTENT, RELIED_ON),
                        DISCARDED,
                        PUBLISHED,
                        CORRECTED);
        for (ReportEvent first : all) {
            for (ReportEvent second : all) {
                assertThat(SPEC.given(first, second).state()).isNotNull();
            }
        }
    }

    private static void refusedAt(
            DeciderSpec<ReportCommand, ReportState, ReportEvent>.When outcome,
            String code,
            String... pointers) {
        outcome.thenRefused(code);
        if (outcome.decision() instanceof Decision.Refused<ReportEvent>(Refusal refusal)) {
            assertThat(refusal.violations().stream().map(Refusal.Violation::pointer).toList())
                    .containsExactly(pointers);
        }
    }

    private static Draft draft(Content content) {
        return new Draft(SUBJECT, PERIOD, Samples.ORGANISATION, content, ON);
    }

    private static Edit edit(Content content) {
        return new Edit(SUBJECT, content, ON);
    }

    private static Publish publish() {
        return new Publish(SUBJECT, ON, false);
    }

    private static Correct correct(Content content) {
        return new Correct(SUBJECT, content, REASON, ON, false);
    }

    private static Known subject(@Nullable LocalDate endedOn, boolean withdrawn) {
        return new Known(
                COMMITMENT,
                Samples.PLACE,
                3,
                SUBJECT.publishedOn(),
                Frequency.QUARTER,
                endedOn,
                withdrawn,
                SUBJECT.milestones(),
                SUBJECT.organisations());
    }

    private static Content indicators(IndicatorValue... indicators) {
        return new Content(Status.LIMITED, NAME, false, List.of(indicators), List.of(), List.of());
    }

    private static Content notes(MilestoneNote... notes) {
        return new Content(Status.LIMITED, NAME, false, List.of(), List.of(notes), List.of());
    }

    private static Content withEvidence(Evidence... evidence) {
        return new Content(Status.LIMITED, NAME, false, List.of(), List.of(), List.of(evidence));
    }
}
