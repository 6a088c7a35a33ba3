package org.ashar.accountability.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which entries somebody wants; null stands for any.
 *
 * @param type of the event
 * @param place {@code <scheme>/<code>}, exactly: not what lies within it
 * @param commitment the stream of a commitment, and all that is about it
 */
public record Selection(
        @Nullable String type, @Nullable String place, @Nullable String commitment) {}
