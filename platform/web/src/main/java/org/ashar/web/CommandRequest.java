package org.ashar.web;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.StreamId;
import org.ashar.security.Caller;
import org.ashar.web.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A request to do something, as a controller's argument.
 *
 * <p>Guarantee: when a controller gets it, the caller's token is good, the caller is within the
 * rate limit, there is one well-formed {@code Idempotency-Key}, and the body, at most 64 KiB, is
 * one strict JSON object (an empty body counts as {@code {}}). Whether the caller may do this, and
 * whether the values are good, is the controller's to ask.
 */
public final class CommandRequest {

    private static final Pattern STRONG_VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    private final Caller caller;
    private final Identity identity;
    private final Moment moment;
    private final @Nullable String ifMatch;
    private final Fields body;

    /**
     * What makes it the same wish, however often it is sent.
     *
     * @param idempotencyKey as sent
     * @param commandId hash(actor, key)
     * @param fingerprint hash of method, path and canonical body
     */
    record Identity(String idempotencyKey, String commandId, String fingerprint) {}

    /**
     * When it counts as given.
     *
     * @param time of the command
     * @param recordedTime the real time where that differs
     * @param traceparent W3C trace context
     */
    record Moment(Instant time, @Nullable Instant recordedTime, String traceparent) {}

    CommandRequest(
            Caller caller,
            Identity identity,
            Moment moment,
            @Nullable String ifMatch,
            Fields body) {
        this.caller = caller;
        this.identity = identity;
        this.moment = moment;
        this.ifMatch = ifMatch;
        this.body = body;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** The values. Every field must be read; the rest is refused by {@link Fields#valid}. */
    public Fields body() {
        return body;
    }

    /** When the command counts as given, in whole milliseconds. */
    public Instant time() {
        return moment.time();
    }

    /** hash(actor, idempotency key) in lower-case hex. */
    public String commandId() {
        return identity.commandId();
    }

    /** The key as sent: 1 to 255 printable ASCII characters. */
    public String idempotencyKey() {
        return identity.idempotencyKey();
    }

    /** The stream that this command creates where the aggregate has no natural key. */
    public StreamId newStream(String type) {
        return StreamId.derived(type, identity.commandId());
    }

    /**
     * The version that the caller saw, from {@code If-Match}. Ends the request with 428 where it is
     * missing, with 400 where it is not one strong ETag {@code "<version>"}.
     */
    public long expectedVersion() {
        if (ifMatch == null) {
            throw new ProblemException(
                    Problem.at(
                            428, Fault.inHeader("If-Match", "request.if-match-missing", Map.of())));
        }
        var matcher = STRONG_VERSION.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw new ProblemException(
                    Problem.at(
                            400,
                            Fault.inHeader("If-Match", "request.if-match-malformed", Map.of())));
        }
        return Long.parseLong(matcher.group(1));
    }

    /**
     * The actor that the caller is for this very place in the first of {@code roles} granted. Ends
     * the request with 403 where none is.
     */
    public Actor actingFor(String placeKey, String... roles) {
        return caller.as(placeKey, roles).orElseThrow(() -> notPermitted(roles));
    }

    /**
     * The actor that the caller is in the first of {@code roles} granted anywhere: a guard that
     * knows the aggregate's place must still ask for that place. Ends the request with 403 where
     * none is.
     */
    public Actor actingAnywhere(String... roles) {
        return caller.anywhere(roles).orElseThrow(() -> notPermitted(roles));
    }

    /** What is known of this command beside its content, given by {@code actor}. */
    public CommandMeta meta(Actor actor) {
        return new CommandMeta(
                identity.commandId(),
                identity.fingerprint(),
                actor,
                moment.time(),
                moment.recordedTime(),
                moment.traceparent());
    }

    private static ProblemException notPermitted(String... roles) {
        return new ProblemException(
                Problem.of(
                        403, "request.not-permitted", Map.of("roles", String.join(", ", roles))));
    }
}
