package org.ashar.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a command beside its content. Time and ids arrive with it; nothing below asks a
 * clock.
 *
 * @param commandId hash(actor, idempotency key) in lower-case hex: the same wish, however often it
 *     is sent
 * @param fingerprint hash of method, path and canonical body: the same id with another fingerprint
 *     is a mistake
 * @param actor who gave it
 * @param time when it counts as given, whole milliseconds
 * @param recordedTime when it was recorded, where that differs (demonstrations, imports)
 * @param traceparent W3C trace context of the request, if any
 */
public record CommandMeta(
        String commandId,
        String fingerprint,
        Actor actor,
        Instant time,
        @Nullable Instant recordedTime,
        @Nullable String traceparent) {}
