package org.ashar.progressreports.contract.published;

import java.util.List;
import java.util.Optional;
import org.ashar.eventstore.Fact;
import org.ashar.eventstore.Publication;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.progressreports.domain.report.Content;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.Subject.ReliedOn;

/** What others learn of a report: nothing while it is a draft, then all of it. */
public final class ReportPublication implements Publication<ReportState, ReportEvent> {

    public static final String PUBLISHED = "progress-report-published";
    public static final String CORRECTED = "progress-report-corrected";

    /** As long as a real one, to weigh a draft. */
    private static final Actor SOME_HEAD = new Actor("0".repeat(64), "head", "0".repeat(100));

    @Override
    public List<Fact> publish(
            ReportState before, ReportEvent event, ReportState after, CommandMeta meta) {
        return switch (event) {
            case ReportEvent.ReportDrafted _,
                    ReportEvent.ReportEdited _,
                    ReportEvent.ReportDiscarded _ ->
                    List.of();
            case ReportEvent.ReportPublished(ReliedOn reliedOn) ->
                    after instanceof ReportState.Published(About about, Content content)
                            ? List.of(published(about, content, meta.actor(), reliedOn))
                            : List.of();
            case ReportEvent.ReportCorrected corrected ->
                    after instanceof ReportState.Corrected(About about, Content content, _)
                            ? List.of(corrected(about, content, meta.actor(), corrected))
                            : List.of();
        };
    }

    @Override
    public Optional<Fact> preview(ReportState after) {
        return after instanceof ReportState.Drafted(About about, Content content)
                ? Optional.of(
                        published(
                                about,
                                content,
                                SOME_HEAD,
                                new ReliedOn(about.commitment(), Integer.MAX_VALUE)))
                : Optional.empty();
    }

    private static Fact published(About about, Content content, Actor by, ReliedOn reliedOn) {
        return new Fact(
                PUBLISHED,
                1,
                new ReportPublished(
                        about.commitment(),
                        about.place(),
                        about.period(),
                        about.period().days(),
                        content.status(),
                        content.narrative(),
                        content.noProgress(),
                        content.indicators(),
                        content.milestoneNotes(),
                        content.evidence(),
                        by,
                        reliedOn));
    }

    private static Fact corrected(
            About about, Content content, Actor by, ReportEvent.ReportCorrected event) {
        return new Fact(
                CORRECTED,
                1,
                new ReportCorrected(
                        about.commitment(),
                        about.place(),
                        about.period(),
                        about.period().days(),
                        event.number(),
                        event.reason(),
                        content.status(),
                        content.narrative(),
                        content.noProgress(),
                        content.indicators(),
                        content.milestoneNotes(),
                        content.evidence(),
                        by,
                        event.reliedOn()));
    }
}
