package org.ashar.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What every request passes first: a trace id, the headers that protect readers, open reading for
 * scripts of other sites, and a limit on requests handled at once. Beyond the limit a request is
 * turned away at once with 503 and Retry-After: none waits.
 */
final class RequestGate extends OncePerRequestFilter {

    private static final String ANYONE = "Access-Control-Allow-Origin";

    private static final String JSON = "application/json";

    private final Problems problems;
    private final Semaphore places;

    /** Half of them: a body may come slowly, or never, and those who only read have the others. */
    private final Semaphore placesForBodies;

    RequestGate(Problems problems, int atOnce) {
        this.problems = problems;
        this.places = new Semaphore(atOnce);
        this.placesForBodies = new Semaphore(Math.max(1, atOnce / 2));
    }

    /** The headers that every answer has; scripts of other sites read any answer of the log. */
    static void secure(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
        response.setHeader("X-Frame-Options", "DENY");
        String path = request.getRequestURI(); // none where the request line could not be read
        if (path != null && path.startsWith("/ledger/")) {
            open(response);
        }
    }

    private static void open(HttpServletResponse response) {
        response.setHeader(ANYONE, "*");
        response.setHeader(
                "Access-Control-Expose-Headers",
                "ETag, Location, Next-After, Next-From, Retry-After");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        secure(request, response);
        try (var _ = MDC.putCloseable("traceId", Trace.of(request).id())) {
            if (isPreflight(request)) {
                preflight(response);
                return;
            }
            if (isReading(request) && request.getHeader("Authorization") == null) {
                open(response);
            }
            admit(request, response, chain);
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().startsWith("/actuator/")) {
            chain.doFilter(new InJson(request), response);
            return;
        }
        if (bringsBody(request)) {
            through(
                    placesForBodies,
                    request,
                    response,
                    (_, _) -> through(places, request, response, chain));
        } else {
            through(places, request, response, chain);
        }
    }

    private void through(
            Semaphore theirs,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        if (!theirs.tryAcquire()) {
            problems.write(Problems.of(503), request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            theirs.release();
        }
    }

    private static boolean bringsBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static boolean isReading(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/")
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    /** Health is told in JSON: who probes asks for what browsers ask for, or for anything. */
    private static final class InJson extends HttpServletRequestWrapper {

        InJson(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isAccept(name) ? JSON : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isAccept(name) ? Collections.enumeration(List.of(JSON)) : super.getHeaders(name);
        }

        private static boolean isAccept(String name) {
            return name.equalsIgnoreCase("Accept");
        }
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Scripts of other sites may read what is published; they may not give commands. */
    private static void preflight(HttpServletResponse response) {
        response.setHeader(ANYONE, "*");
        response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Accept, Accept-Language, If-None-Match, Last-Event-ID, traceparent");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setStatus(204);
    }
}
