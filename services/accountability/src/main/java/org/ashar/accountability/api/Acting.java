package org.ashar.accountability.api;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ashar.accountability.domain.finding.FindingCommand.ByAuditee;
import org.ashar.accountability.domain.finding.FindingCommand.ByAuditor;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.kernel.Actor;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PlaceRef;
import org.ashar.security.Grant;
import org.ashar.web.CommandRequest;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;

/**
 * In which of a caller's roles a command is given: where several fit, in one for the organisation
 * whose turn it is. Each ends the request with 403 where none fits.
 */
final class Acting {

    private Acting() {}

    /** An auditor of anything. */
    static Actor auditor(CommandRequest request) {
        return acting(request, ByAuditor.ROLES, _ -> true, _ -> true);
    }

    /** An auditor who is bound to no place, or to this one. */
    static Actor auditor(CommandRequest request, PlaceRef place) {
        return acting(request, ByAuditor.ROLES, covers(place), _ -> true);
    }

    /** The same, if possible of the organisation that opened the finding. */
    static Actor auditor(CommandRequest request, About about) {
        return acting(
                request,
                ByAuditor.ROLES,
                covers(about.place()),
                of(about.openedBy().organisation()));
    }

    /** Who speaks for this very place, if possible of the audited organisation. */
    static Actor auditee(CommandRequest request, About about) {
        return acting(
                request,
                ByAuditee.ROLES,
                grant -> about.place().key().equals(grant.place()),
                of(about.auditee()));
    }

    private static Actor acting(
            CommandRequest request,
            List<String> roles,
            Predicate<Grant> fits,
            Predicate<Grant> own) {
        return request.caller().grants().stream()
                .filter(grant -> roles.contains(grant.role()))
                .filter(fits)
                .min(Comparator.comparing(grant -> !own.test(grant)))
                .map(
                        grant ->
                                new Actor(
                                        request.caller().actorId(),
                                        grant.role(),
                                        grant.organisation()))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                403,
                                                "request.not-permitted",
                                                Map.of("roles", String.join(", ", roles)))));
    }

    private static Predicate<Grant> covers(PlaceRef place) {
        return grant ->
                grant.school() == null
                        && (grant.place() == null || grant.place().equals(place.key()));
    }

    private static Predicate<Grant> of(String organisation) {
        return grant -> OrganisationName.alike(grant.organisation(), organisation);
    }
}
