package org.ashar.security;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One role that a token's bearer holds. A place matches exactly: a grant for a district says
 * nothing of the district's villages.
 *
 * @param role one of {@link #ROLES}
 * @param organisation the organisation that the bearer acts for
 * @param place the key of the place ({@code <scheme>:<code>}) that the role is bound to, if any
 * @param school the school that the role is bound to, if any; never together with a place
 */
public record Grant(
        String role, String organisation, @Nullable String place, @Nullable String school) {

    /** Every role there is. A token that names another one is refused as a whole. */
    public static final Set<String> ROLES =
            Set.of(
                    "officer",
                    "head",
                    "finance-officer",
                    "council-secretary",
                    "facilitator",
                    "trustee",
                    "board-secretary",
                    "monitor",
                    "assessor",
                    "auditor",
                    "steward",
                    "operator");

    private static final Pattern ORGANISATION = Pattern.compile("[\\p{L}\\p{N}][^\\p{C}]{0,119}");
    private static final Pattern PLACE =
            Pattern.compile("[a-z][a-z0-9-]{0,19}:[A-Za-z0-9][A-Za-z0-9.-]{0,39}");
    private static final Pattern SCHOOL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:/-]{0,79}");

    /** Throws {@link IllegalArgumentException}, which names the field, on a malformed value. */
    public Grant {
        if (!ROLES.contains(role)) {
            throw new IllegalArgumentException("role: none of " + ROLES.stream().sorted().toList());
        }
        if (!ORGANISATION.matcher(organisation).matches()) {
            throw new IllegalArgumentException(
                    "org: 1 to 120 printable characters, the first a letter or digit");
        }
        if (place != null && !PLACE.matcher(place).matches()) {
            throw new IllegalArgumentException("place: not of the form <scheme>:<code>");
        }
        if (school != null && !SCHOOL.matcher(school).matches()) {
            throw new IllegalArgumentException("school: not an identifier");
        }
        if (place != null && school != null) {
            throw new IllegalArgumentException("a grant is bound to a place or a school, not both");
        }
    }

    /** A role bound to the place with this key. */
    public static Grant forPlace(String role, String organisation, String placeKey) {
        return new Grant(role, organisation, placeKey, null);
    }

    /** A role bound to this school. */
    public static Grant forSchool(String role, String organisation, String school) {
        return new Grant(role, organisation, null, school);
    }

    /** A role bound to no place: an auditor's, an assessor's, an operator's. */
    public static Grant unbound(String role, String organisation) {
        return new Grant(role, organisation, null, null);
    }
}
