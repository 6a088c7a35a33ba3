package org.ashar.progressreports.api;

import java.util.Optional;
import java.util.function.Predicate;
import org.ashar.kernel.Actor;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.Refusal;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.ReportState.Absent;
import org.ashar.progressreports.domain.report.ReportState.Corrected;
import org.ashar.progressreports.domain.report.ReportState.Discarded;
import org.ashar.progressreports.domain.report.ReportState.Drafted;
import org.ashar.progressreports.domain.report.ReportState.Published;
import org.ashar.security.Caller;
import org.ashar.web.CommandRequest;

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

    /**
     * The actor that the caller is for this place, for an organisation that is {@code own} where a
     * grant says so. Ends the request with 403 where none holds for the place.
     */
    static Actor acting(
            CommandRequest request, PlaceRef place, String role, Predicate<String> own) {
        Caller caller = request.caller();
        return caller.grants().stream()
                .filter(
                        grant ->
                                grant.role().equals(role)
                                        && place.key().equals(grant.place())
                                        && own.test(grant.organisation()))
                .findFirst()
                .map(grant -> new Actor(caller.actorId(), role, grant.organisation()))
                .orElseGet(() -> request.actingFor(place.key(), role));
    }

    static Optional<Refusal> refusedTo(Actor actor, ReportState state) {
        return about(state)
                .filter(
                        about ->
                                !OrganisationName.alike(about.organisation(), actor.organisation()))
                .map(
                        _ ->
                                isPublic(state)
                                        ? Refusal.forbidden("report.other-organisation")
                                        : Refusal.notFound("report.unknown"));
    }
}
