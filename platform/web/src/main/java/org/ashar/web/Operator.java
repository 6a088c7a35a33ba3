package org.ashar.web;

import java.util.Map;
import org.ashar.kernel.Actor;
import org.ashar.security.Caller;

/**
 * The caller in the role of an operator, as a controller's argument: whoever is none never gets
 * there (401 without a good token, 403 without the role). For endpoints under {@code /internal},
 * which the public door does not open.
 *
 * @param actor who operates
 */
public record Operator(Actor actor) {

    static Operator of(Caller caller) {
        return caller.anywhere("operator")
                .map(Operator::new)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                403,
                                                "request.not-permitted",
                                                Map.of("roles", "operator"))));
    }
}
