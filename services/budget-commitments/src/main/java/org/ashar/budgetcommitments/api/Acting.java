package org.ashar.budgetcommitments.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ashar.kernel.Actor;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.security.Caller;
import org.ashar.security.Grant;
import org.ashar.web.CommandRequest;

/** In which of a caller's roles a command is given, and whether that role holds for the place. */
final class Acting {

    /** What is known of an aggregate: its place, and the organisations whose business it is. */
    record Subject(PlaceRef place, List<String> organisations) {}

    private Acting() {}

    /**
     * The actor of a command on an existing aggregate. The aggregate is asked only where the caller
     * has several roles to choose from; {@link #guard} judges the choice. Ends the request with 403
     * where no role fits anywhere.
     */
    static Actor actor(
            CommandRequest request, Permission permission, Supplier<Optional<Subject>> subject) {
        Caller caller = request.caller();
        List<Actor> actors = fitting(caller, permission).map(grant -> as(caller, grant)).toList();
        if (actors.stream().distinct().count() == 1) {
            return actors.getFirst();
        }
        return subject.get()
                .flatMap(
                        known ->
                                fitting(caller, permission)
                                        .filter(g -> known.place().key().equals(g.place()))
                                        .sorted(
                                                (a, b) ->
                                                        Boolean.compare(
                                                                own(b, known), own(a, known)))
                                        .findFirst())
                .map(grant -> as(caller, grant))
                .orElseGet(() -> request.actingAnywhere(permission.names()));
    }

    /** Whether {@code by}, as whom the caller acts, holds the permission for this very place. */
    static Optional<Refusal> guard(Caller caller, Permission permission, Actor by, PlaceRef place) {
        boolean holds =
                fitting(caller, permission)
                        .anyMatch(
                                grant ->
                                        place.key().equals(grant.place())
                                                && as(caller, grant).equals(by));
        return holds
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Kind.FORBIDDEN,
                                "request.not-permitted",
                                Map.of("roles", String.join(", ", permission.roles())),
                                List.of()));
    }

    private static Stream<Grant> fitting(Caller caller, Permission permission) {
        return caller.grants().stream()
                .filter(
                        grant ->
                                grant.place() != null && permission.roles().contains(grant.role()));
    }

    private static boolean own(Grant grant, Subject subject) {
        return subject.organisations().stream()
                .anyMatch(name -> OrganisationName.alike(name, grant.organisation()));
    }

    private static Actor as(Caller caller, Grant grant) {
        return new Actor(caller.actorId(), grant.role(), grant.organisation());
    }
}
