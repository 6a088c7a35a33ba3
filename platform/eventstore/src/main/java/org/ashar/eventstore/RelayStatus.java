package org.ashar.eventstore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far behind the relay of this process is.
 *
 * @param waiting commits known to this process that are not yet done with
 * @param oldest when the oldest of them was handed over; null when none waits
 * @param complete false while the store may hold pending commits beyond these (before the first
 *     sweep, after a crash, a failure or an overflow)
 * @param failingSince when sending or clearing began to fail; null while it works
 */
public record RelayStatus(
        int waiting, @Nullable Instant oldest, boolean complete, @Nullable Instant failingSince) {}
