package org.ashar.messaging;

import java.time.Instant;

/**
 * A stream's slice lacks events that are known to exist: one is parked or has not come yet.
 *
 * @param since the time of the earliest known event that the slice lacks
 * @param sequence the first sequence that the slice lacks
 */
public record Incomplete(Instant since, long sequence) {}
