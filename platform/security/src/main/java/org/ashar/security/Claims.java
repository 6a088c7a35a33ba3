package org.ashar.security;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ashar.security.TokenVerifier.Rejected;
import org.jspecify.annotations.Nullable;

/** The claims that are Ashar's own, strictly read and bounded. */
final class Claims {

    static final String GRANTS = "grants";

    /** ISO 8601 instant at which the development issuer's bearer acts. */
    static final String AT = "at";

    static final int MAX_GRANTS = 64;

    private static final int MAX_SUBJECT = 255;
    private static final Set<String> GRANT_MEMBERS = Set.of("role", "org", "place", "school");
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Claims() {}

    static String subject(JWTClaimsSet claims) throws Rejected {
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > MAX_SUBJECT) {
            throw new Rejected("token.no-subject");
        }
        return subject;
    }

    static List<Grant> grants(JWTClaimsSet claims) throws Rejected {
        if (!(claims.getClaim(GRANTS) instanceof List<?> list) || list.size() > MAX_GRANTS) {
            throw new Rejected("token.bad-grants");
        }
        List<Grant> grants = new ArrayList<>(list.size());
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> members)
                    || !GRANT_MEMBERS.containsAll(members.keySet())
                    || !(members.get("role") instanceof String role)
                    || !(members.get("org") instanceof String organisation)) {
                throw new Rejected("token.bad-grants");
            }
            try {
                grants.add(
                        new Grant(
                                role,
                                organisation,
                                optional(members, "place"),
                                optional(members, "school")));
            } catch (IllegalArgumentException e) {
                throw new Rejected("token.bad-grants");
            }
        }
        return grants;
    }

    static @Nullable Instant at(JWTClaimsSet claims) throws Rejected {
        Object at = claims.getClaim(AT);
        if (at == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(String.valueOf(at)).truncatedTo(ChronoUnit.MILLIS);
            if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
                throw new Rejected("token.bad-time");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new Rejected("token.bad-time");
        }
    }

    static Map<String, Object> written(Grant grant) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("role", grant.role());
        members.put("org", grant.organisation());
        if (grant.place() != null) {
            members.put("place", grant.place());
        }
        if (grant.school() != null) {
            members.put("school", grant.school());
        }
        return members;
    }

    private static @Nullable String optional(Map<?, ?> members, String name) throws Rejected {
        Object value = members.get(name);
        if (value != null && !(value instanceof String)) {
            throw new Rejected("token.bad-grants");
        }
        return (String) value;
    }
}
