package org.ashar.portal.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ashar.web.Problem;
import org.ashar.web.Problem.Fault;
import org.ashar.web.ProblemException;

/**
 * The headers that pass the door. Everything else stays outside, hop-by-hop headers (RFC 9110,
 * 7.6.1) and whatever a caller or a service might slip in among them.
 */
final class PassedHeaders {

    private static final String KEY = "Idempotency-Key";
    private static final List<String> IN =
            List.of(
                    "Accept",
                    "Accept-Language",
                    "Authorization",
                    "Content-Type",
                    KEY,
                    "If-Match",
                    "If-None-Match",
                    "If-Modified-Since",
                    "Last-Event-ID",
                    "traceparent",
                    "tracestate");

    private static final List<String> OUT =
            List.of(
                    "Access-Control-Allow-Origin",
                    "Access-Control-Expose-Headers",
                    "Allow",
                    "Cache-Control",
                    "Content-Disposition",
                    "Content-Language",
                    "Content-Type",
                    "ETag",
                    "Last-Modified",
                    "Next-After",
                    "Next-From",
                    "Retry-After",
                    "Vary",
                    "WWW-Authenticate",
                    "X-Accel-Buffering");

    private PassedHeaders() {}

    /**
     * Copies a caller's headers. Throws {@link IllegalArgumentException} on a value that no header
     * can have. A key that would lose its letters on the way ends the request: it could be taken
     * for another.
     */
    static void in(HttpServletRequest from, HttpRequest.Builder to) {
        for (String name : IN) {
            for (String value : Collections.list(from.getHeaders(name))) {
                if (name.equals(KEY) && !value.chars().allMatch(c -> c < 0x80)) {
                    throw new ProblemException(
                            Problem.at(
                                    400,
                                    Fault.inHeader(
                                            KEY, "request.idempotency-key-malformed", Map.of())));
                }
                to.header(name, value);
            }
        }
        to.header("X-Forwarded-For", from.getRemoteAddr());
    }

    /** Copies a service's headers; a location within the service becomes one within the portal. */
    static void out(HttpHeaders from, URI service, HttpServletResponse to) {
        for (String name : OUT) {
            List<String> values = from.allValues(name.toLowerCase(Locale.ROOT));
            for (int i = 0; i < values.size(); i++) {
                if (i == 0) {
                    to.setHeader(name, values.get(i));
                } else {
                    to.addHeader(name, values.get(i));
                }
            }
        }
        from.firstValue("location")
                .ifPresent(value -> to.setHeader("Location", inside(value, service)));
    }

    private static String inside(String location, URI service) {
        String base = service.toString().replaceAll("/+$", "");
        return location.startsWith(base + "/") ? location.substring(base.length()) : location;
    }
}
