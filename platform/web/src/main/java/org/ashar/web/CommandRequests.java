package org.ashar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Sha256;
import org.ashar.security.Caller;
import org.ashar.web.Bodies.Body;
import org.ashar.web.CommandRequest.Identity;
import org.ashar.web.CommandRequest.Moment;
import org.ashar.web.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link CommandRequest}s: first who asks and whether not too often, then the headers, then
 * the body.
 */
final class CommandRequests {

    private final Callers callers;
    private final ClientLimits limits;
    private final PlaceRegistry places;
    private final Clock clock;
    private final ZoneId zone;

    CommandRequests(
            Callers callers, ClientLimits limits, PlaceRegistry places, Clock clock, ZoneId zone) {
        this.callers = callers;
        this.limits = limits;
        this.places = places;
        this.clock = clock;
        this.zone = zone;
    }

    CommandRequest of(HttpServletRequest request) throws IOException {
        Caller caller = callers.required(request);
        Duration wait = limits.take(caller.actorId());
        if (!wait.isZero()) {
            throw new ProblemException(
                    Problem.of(429, "request.too-many")
                            .with("Retry-After", Long.toString(wait.toSeconds() + 1)));
        }
        String key = idempotencyKey(request);
        Body body = Bodies.read(request);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant time = caller.at() == null ? now : caller.at();
        return new CommandRequest(
                caller,
                new Identity(
                        key,
                        hex(Sha256.ofParts(caller.actorId(), key)),
                        hex(
                                Sha256.ofParts(
                                        request.getMethod(),
                                        request.getRequestURI(),
                                        body.canonical()))),
                new Moment(time, time.equals(now) ? null : now, Trace.of(request).traceparent()),
                ifMatch(request),
                Fields.of(body.object(), places, LocalDate.ofInstant(time, zone)));
    }

    private static String idempotencyKey(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders("Idempotency-Key"));
        if (keys.isEmpty()) {
            throw header("Idempotency-Key", "request.idempotency-key-missing");
        }
        String key = keys.getFirst();
        if (keys.size() > 1
                || key.isEmpty()
                || key.length() > 255
                || !key.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw header("Idempotency-Key", "request.idempotency-key-malformed");
        }
        return key;
    }

    private static @Nullable String ifMatch(HttpServletRequest request) {
        List<String> tags = Collections.list(request.getHeaders("If-Match"));
        return tags.isEmpty() ? null : String.join(",", tags);
    }

    private static ProblemException header(String name, String code) {
        return new ProblemException(Problem.at(400, Fault.inHeader(name, code, Map.of())));
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
