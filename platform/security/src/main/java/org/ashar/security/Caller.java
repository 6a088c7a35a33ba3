package org.ashar.security;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ashar.kernel.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The bearer of a verified token.
 *
 * @param issuer who vouches for the bearer
 * @param subject the bearer's id at the issuer: personal data, so never logged, stored or published
 * @param actorId the pseudonym under which the bearer appears in events
 * @param grants what the bearer may do, in the token's order
 * @param at the time that commands are given at, in tokens of the development issuer alone
 */
public record Caller(
        String issuer, String subject, String actorId, List<Grant> grants, @Nullable Instant at) {

    public Caller {
        grants = List.copyOf(grants);
    }

    /**
     * The actor that the bearer is for this very place, in the first of {@code roles} that a grant
     * gives; empty where none does.
     */
    public Optional<Actor> as(String placeKey, String... roles) {
        return first(roles, grant -> placeKey.equals(grant.place()));
    }

    /** The actor that the bearer is for this school, in the first of {@code roles} granted. */
    public Optional<Actor> asSchool(String school, String... roles) {
        return first(roles, grant -> school.equals(grant.school()));
    }

    /**
     * The actor that the bearer is in the first of {@code roles} granted, whatever place or school
     * that grant is bound to. For roles that are not bound to one, or where the place is checked by
     * a guard that has read the aggregate.
     */
    public Optional<Actor> anywhere(String... roles) {
        return first(roles, grant -> true);
    }

    /** Whether any grant is given for this organisation: its drafts may then be read. */
    public boolean belongsTo(String organisation) {
        return grants.stream().anyMatch(grant -> grant.organisation().equals(organisation));
    }

    private Optional<Actor> first(String[] roles, Predicate<Grant> bound) {
        return Arrays.stream(roles)
                .flatMap(role -> grants.stream().filter(grant -> grant.role().equals(role)))
                .filter(bound)
                .findFirst()
                .map(grant -> new Actor(actorId, grant.role(), grant.organisation()));
    }

    /** Without the subject, so that a log never names a person. */
    @Override
    public String toString() {
        return "Caller[" + actorId + ", " + grants + "]";
    }
}
