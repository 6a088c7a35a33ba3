package org.ashar.portal.publicrecord;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and in which office something was done.
 *
 * @param recordedAt where that differs: it belongs to a demonstration
 */
public record Given(Instant at, @Nullable Instant recordedAt, String role, String organisation) {}
