package org.ashar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.ashar.security.Caller;
import org.ashar.security.TokenVerifier;

/** Finds out who asks (RFC 6750). */
record Callers(TokenVerifier tokens) {

    static final String CHALLENGE = "Bearer realm=\"ashar\"";

    /** Who asks; ends the request with 401 where no good token says so. */
    Caller required(HttpServletRequest request) {
        return optional(request).orElseThrow(() -> new ProblemException(Problem.signInFirst()));
    }

    /** Who asks, if they say so; ends the request with 401 where the token is not good. */
    Optional<Caller> optional(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        String header = headers.getFirst();
        if (headers.size() > 1 || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw refused("token.malformed", Map.of());
        }
        return switch (tokens.verify(header.substring(7).strip())) {
            case Checked.Valid<Caller>(Caller caller) -> Optional.of(caller);
            case Checked.Invalid<Caller>(String code, Map<String, String> arguments) ->
                    throw refused(code, arguments);
        };
    }

    private static ProblemException refused(String code, Map<String, String> arguments) {
        return new ProblemException(
                Problem.of(401, code, arguments)
                        .with("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""));
    }
}
