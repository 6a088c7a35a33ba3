package org.ashar.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, before it is put into the reader's language (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable and public: {@code commitment.already-withdrawn}
 * @param arguments named values for the message
 * @param faults the places in the request that are at fault, in the order found
 * @param more faults found beyond those listed
 * @param headers response headers that belong to it: {@code Retry-After}, {@code ETag}, {@code
 *     Allow}, {@code WWW-Authenticate}
 */
public record Problem(
        int status,
        String code,
        Map<String, String> arguments,
        List<Fault> faults,
        int more,
        Map<String, String> headers) {

    /**
     * One place in the request that is at fault: exactly one of the first three says where.
     *
     * @param pointer RFC 6901 pointer into the body
     * @param parameter name of a query parameter
     * @param header name of a request header
     * @param code stable code of the broken rule
     * @param arguments named values for the message
     */
    public record Fault(
            @Nullable String pointer,
            @Nullable String parameter,
            @Nullable String header,
            String code,
            Map<String, String> arguments) {

        public Fault {
            arguments = Map.copyOf(arguments);
        }

        /** A rule broken in the body. */
        public static Fault inBody(String pointer, String code, Map<String, String> arguments) {
            return new Fault(pointer, null, null, code, arguments);
        }

        /** A rule broken by a query parameter. */
        public static Fault inQuery(String parameter, String code, Map<String, String> arguments) {
            return new Fault(null, parameter, null, code, arguments);
        }

        /** A rule broken by a header. */
        public static Fault inHeader(String header, String code, Map<String, String> arguments) {
            return new Fault(null, null, header, code, arguments);
        }
    }

    public Problem {
        arguments = Map.copyOf(arguments);
        faults = List.copyOf(faults);
        headers = Map.copyOf(headers);
    }

    /** A problem without arguments. */
    public static Problem of(int status, String code) {
        return new Problem(status, code, Map.of(), List.of(), 0, Map.of());
    }

    /** A problem with arguments for its message. */
    public static Problem of(int status, String code, Map<String, String> arguments) {
        return new Problem(status, code, arguments, List.of(), 0, Map.of());
    }

    /** 401: the request says of nobody whose it is. */
    public static Problem signInFirst() {
        return of(401, "token.missing").with("WWW-Authenticate", Callers.CHALLENGE);
    }

    /** A problem that one place of the request is at fault for. */
    public static Problem at(int status, Fault fault) {
        return new Problem(status, fault.code(), fault.arguments(), List.of(fault), 0, Map.of());
    }

    /** What an aggregate or a guard refused. */
    public static Problem of(Refusal refusal) {
        int status =
                switch (refusal.kind()) {
                    case CONFLICT -> 409;
                    case INVALID -> 422;
                    case FORBIDDEN -> 403;
                    case NOT_FOUND -> 404;
                };
        List<Fault> faults =
                refusal.violations().stream()
                        .map(v -> Fault.inBody(v.pointer(), v.code(), v.arguments()))
                        .toList();
        return new Problem(status, refusal.code(), refusal.arguments(), faults, 0, Map.of());
    }

    /** The same with one more response header. */
    public Problem with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new Problem(status, code, arguments, faults, more, all);
    }
}
