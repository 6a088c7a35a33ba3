package org.ashar.progressreports.domain.report;

import static org.ashar.progressreports.domain.report.ReportRules.firstBroken;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.ReportCommand.Correct;
import org.ashar.progressreports.domain.report.ReportCommand.Discard;
import org.ashar.progressreports.domain.report.ReportCommand.Draft;
import org.ashar.progressreports.domain.report.ReportCommand.Edit;
import org.ashar.progressreports.domain.report.ReportCommand.Publish;
import org.ashar.progressreports.domain.report.ReportEvent.ReportCorrected;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDiscarded;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDrafted;
import org.ashar.progressreports.domain.report.ReportEvent.ReportEdited;
import org.ashar.progressreports.domain.report.ReportEvent.ReportPublished;
import org.ashar.progressreports.domain.report.ReportRules.Proposal;
import org.ashar.progressreports.domain.report.ReportRules.Rule;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.ReportState.Absent;
import org.ashar.progressreports.domain.report.ReportState.Corrected;
import org.ashar.progressreports.domain.report.ReportState.Discarded;
import org.ashar.progressreports.domain.report.ReportState.Drafted;
import org.ashar.progressreports.domain.report.ReportState.Published;
import org.ashar.progressreports.domain.report.Subject.Known;
import org.ashar.progressreports.domain.report.Subject.Unknown;

/** A progress report: drafted, published once, never changed, corrected beside the original. */
public final class ProgressReport {

    public static final String STREAM_TYPE = "progress-report";

    public static final Decider<ReportCommand, ReportState, ReportEvent> DECIDER =
            new Decider<>(ProgressReport::initial, ProgressReport::decide, ProgressReport::evolve);

    private ProgressReport() {}

    /** The one stream of this commitment and period. */
    public static StreamId stream(StreamId commitment, ReportingPeriod period) {
        return StreamId.derived(STREAM_TYPE, commitment.toString(), period.id());
    }

    static ReportState initial() {
        return new Absent();
    }

    static Decision<ReportEvent> decide(ReportState state, ReportCommand command) {
        return switch (command) {
            case Draft draft ->
                    switch (state) {
                        case Absent _, Discarded _ -> draft(draft);
                        case Drafted _ ->
                                mayReport(draft)
                                        ? conflict("report.already-drafted")
                                        : draft(draft);
                        case Published _, Corrected _ -> conflict("report.already-published");
                    };
            case Edit edit ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Discarded _ -> conflict("report.discarded");
                        case Drafted(About about, _) -> edit(about, edit);
                        case Published _, Corrected _ -> conflict("report.already-published");
                    };
            case Discard _ ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Discarded _ -> conflict("report.discarded");
                        case Drafted _ -> Decision.accept(new ReportDiscarded());
                        case Published _, Corrected _ -> conflict("report.already-published");
                    };
            case Publish publish ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Discarded _ -> conflict("report.discarded");
                        case Drafted(About about, Content content) ->
                                publish(about, content, publish);
                        case Published _, Corrected _ -> conflict("report.already-published");
                    };
            case Correct correct ->
                    switch (state) {
                        case Absent _ -> unknown();
                        case Discarded _ -> conflict("report.discarded");
                        case Drafted _ -> conflict("report.not-published");
                        case Published(About about, Content content) ->
                                correct(about, content, 1, correct);
                        case Corrected(About about, Content content, int corrections) ->
                                correct(about, content, corrections + 1, correct);
                    };
        };
    }

    static ReportState evolve(ReportState state, ReportEvent event) {
        return switch (event) {
            case ReportDrafted(About about, Content content, _) -> new Drafted(about, content);
            case ReportEdited(Content content, _) ->
                    state instanceof Drafted(About about, _) ? new Drafted(about, content) : state;
            case ReportDiscarded _ ->
                    state instanceof Drafted(About about, _) ? new Discarded(about) : state;
            case ReportPublished _ ->
                    state instanceof Drafted(About about, Content content)
                            ? new Published(about, content)
                            : state;
            case ReportCorrected(int number, Content content, _, _) ->
                    switch (state) {
                        case Published(About about, _) -> new Corrected(about, content, number);
                        case Corrected(About about, _, _) -> new Corrected(about, content, number);
                        case Absent _, Drafted _, Discarded _ -> state;
                    };
        };
    }

    /** Others are refused as if there were no draft: that there is one is not for them to know. */
    private static boolean mayReport(Draft command) {
        return command.subject() instanceof Known known
                && known.isReportedOnBy(command.organisation());
    }

    private static Decision<ReportEvent> draft(Draft command) {
        return onKnown(
                command.subject(),
                ReportRules.DRAFT,
                subject ->
                        new Proposal(
                                subject,
                                command.organisation(),
                                command.period(),
                                command.content(),
                                command.on(),
                                Optional.empty(),
                                false,
                                Optional.empty()),
                subject ->
                        new ReportDrafted(
                                new About(
                                        subject.commitment(),
                                        subject.place(),
                                        command.period(),
                                        command.organisation()),
                                command.content(),
                                subject.reliedOn()));
    }

    private static Decision<ReportEvent> edit(About about, Edit command) {
        return onKnown(
                command.subject(),
                ReportRules.EDIT,
                subject ->
                        new Proposal(
                                subject,
                                about.organisation(),
                                about.period(),
                                command.content(),
                                command.on(),
                                Optional.empty(),
                                false,
                                Optional.empty()),
                subject -> new ReportEdited(command.content(), subject.reliedOn()));
    }

    private static Decision<ReportEvent> publish(About about, Content content, Publish command) {
        return onKnown(
                command.subject(),
                ReportRules.PUBLISH,
                subject ->
                        new Proposal(
                                subject,
                                about.organisation(),
                                about.period(),
                                content,
                                command.on(),
                                Optional.empty(),
                                command.acknowledgePersonalData(),
                                Optional.empty()),
                subject -> new ReportPublished(subject.reliedOn()));
    }

    private static Decision<ReportEvent> correct(
            About about, Content before, int number, Correct command) {
        return onKnown(
                command.subject(),
                ReportRules.CORRECT,
                subject ->
                        new Proposal(
                                subject,
                                about.organisation(),
                                about.period(),
                                command.content(),
                                command.on(),
                                Optional.of(command.reason()),
                                command.acknowledgePersonalData(),
                                Optional.of(before)),
                subject ->
                        new ReportCorrected(
                                number, command.content(), command.reason(), subject.reliedOn()));
    }

    private static Decision<ReportEvent> onKnown(
            Subject subject,
            List<Rule> rules,
            Function<Known, Proposal> proposal,
            Function<Known, ReportEvent> event) {
        return switch (subject) {
            case Unknown _ -> conflict("report.subject-unknown");
            case Known known ->
                    firstBroken(rules, proposal.apply(known))
                            .map(Decision::<ReportEvent>refuse)
                            .orElseGet(() -> Decision.accept(event.apply(known)));
        };
    }

    private static Decision<ReportEvent> conflict(String code) {
        return Decision.refuse(Refusal.conflict(code));
    }

    private static Decision<ReportEvent> unknown() {
        return Decision.refuse(Refusal.notFound("report.unknown"));
    }
}
