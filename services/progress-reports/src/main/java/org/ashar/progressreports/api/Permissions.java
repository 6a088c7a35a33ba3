package org.ashar.progressreports.api;

import java.util.Optional;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Refusal;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.ReportState.Absent;
import org.ashar.progressreports.domain.report.ReportState.Corrected;
import org.ashar.progressreports.domain.report.ReportState.Discarded;
import org.ashar.progressreports.domain.report.ReportState.Drafted;
import org.ashar.progressreports.domain.report.ReportState.Published;
import org.ashar.security.Caller;

/** Whose a report is: a draft exists for its own organisation alone. */
final class Permissions {

    private Permissions() {}

    static Optional<About> about(ReportState state) {
        return switch (state) {
            case Absent _ -> Optional.empty();
            case Drafted(About about, _) -> Optional.of(about);
            case Discarded(About about) -> Optional.of(about);
            case Published(About about, _) -> Optional.of(about);
            case Corrected(About about, _, _) -> Optional.of(about);
        };
    }

    static boolean isPublic(ReportState state) {
        return state instanceof Published || state instanceof Corrected;
    }

    static boolean mayKnowOf(ReportState state, Caller caller) {
        return isPublic(state)
                || about(state).filter(about -> caller.belongsTo(about.organisation())).isPresent();
    }

    static Optional<Refusal> refusedTo(Actor actor, ReportState state) {
        return about(state)
                .filter(about -> !about.organisation().equals(actor.organisation()))
                .map(
                        _ ->
                                isPublic(state)
                                        ? Refusal.forbidden("report.other-organisation")
                                        : Refusal.notFound("report.unknown"));
    }
}
