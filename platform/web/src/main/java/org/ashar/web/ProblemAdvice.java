package org.ashar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.ashar.eventstore.StoreUnavailableException;
import org.ashar.security.KeysUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Turns whatever ends a controller's work into a problem. What is a fault of ours is logged here,
 * once, under the trace id that the answer names.
 */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final int DEEPEST_CAUSE = 20;

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void ended(Exception end, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (isHangUp(end)) {
            LOG.debug("The client went away", end);
            return;
        }
        problems.write(problem(end, request), request, response);
    }

    /** Also when it was met in the middle of writing a document. */
    private static boolean isHangUp(Exception end) {
        Throwable cause = end;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof ClientAbortException
                    || cause instanceof AsyncRequestNotUsableException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static Problem problem(Exception end, HttpServletRequest request) {
        return switch (end) {
            case ProblemException known -> known.problem();
            case BadRequestException malformed -> {
                LOG.debug("What is sent is no request", malformed);
                yield Problems.of(400);
            }
            case StoreUnavailableException store when store.isDamage() -> {
                LOG.warn(
                        "{} {} needs what is damaged in the store",
                        request.getMethod(),
                        request.getRequestURI());
                yield Problem.of(500, "service.fault");
            }
            case StoreUnavailableException store -> {
                LOG.warn("The store is not available: {}", store.getMessage());
                yield Problem.of(503, "service.store-unavailable").with("Retry-After", "2");
            }
            case KeysUnavailableException keys -> {
                LOG.warn("The sign-in service is not available: {}", keys.getMessage());
                yield Problem.of(503, "service.keys-unavailable").with("Retry-After", "10");
            }
            case ErrorResponse known when known.getStatusCode().value() < 500 -> of(known);
            default -> {
                LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), end);
                yield Problem.of(500, "service.fault");
            }
        };
    }

    private static Problem of(ErrorResponse known) {
        Problem problem = Problems.of(known.getStatusCode().value());
        List<String> allowed = known.getHeaders().getOrEmpty(HttpHeaders.ALLOW);
        return allowed.isEmpty()
                ? problem
                : problem.with(HttpHeaders.ALLOW, String.join(", ", allowed));
    }
}
