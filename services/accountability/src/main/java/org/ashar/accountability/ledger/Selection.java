package org.ashar.accountability.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which entries somebody wants; null stands for any.
 *
 * @param type of the event
 * @param place {@code <scheme>/<code>}, exactly: not what lies within it
 * @param commitment the stream of a commitment, and all that is about it
 * @param plan the stream of a community plan, and all that is about it
 * @param school the stream of a school, and all that is about it
 * @param organisation the id of the organisation that the event is recorded of
 */
public record Selection(
        @Nullable String type,
        @Nullable String place,
        @Nullable String commitment,
        @Nullable String plan,
        @Nullable String school,
        @Nullable String organisation) {

    /** All of them. */
    public static final Selection ANY = new Selection(null, null, null, null, null, null);

    /** Types of the streams that entries are selected by. */
    public static final String COMMITMENT = "commitment";

    public static final String PLAN = "community-plan";
    public static final String SCHOOL = "school";

    /** Whether an entry is among them. */
    boolean includes(Facets facets) {
        return isAnyOr(type, facets.type())
                && isAnyOr(place, facets.place())
                && isAnyOr(commitment, facets.commitment())
                && isAnyOr(plan, facets.plan())
                && isAnyOr(school, facets.school())
                && isAnyOr(organisation, facets.organisation());
    }

    private static boolean isAnyOr(@Nullable String wanted, @Nullable String given) {
        return wanted == null || wanted.equals(given);
    }
}
