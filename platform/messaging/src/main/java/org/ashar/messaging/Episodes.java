package org.ashar.messaging;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Trouble that lasts: told once when it begins and once when it is over, however often it is met in
 * between, with waits that grow and differ.
 */
final class Episodes {

    private static final long FIRST_WAIT_MS = 100;
    private static final long LONGEST_WAIT_MS = 10_000;

    private final Logger log;
    private final String what;
    private int failures;
    private @Nullable String trouble;

    Episodes(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** What is wrong at present, if anything. */
    synchronized @Nullable String trouble() {
        return trouble;
    }

    /** Notes a failure; how long to wait before the next attempt. */
    synchronized Duration failed(RuntimeException failure) {
        trouble = what + ": " + failure;
        if (failures == 0) {
            log.warn("{} does not go on for now; it is tried again", what, failure);
        }
        long longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(failures, 7));
        failures++;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    synchronized void succeeded() {
        if (failures > 0) {
            log.info("{} goes on, after {} failed attempt(s)", what, failures);
            failures = 0;
            trouble = null;
        }
    }
}
