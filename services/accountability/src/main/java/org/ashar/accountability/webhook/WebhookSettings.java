package org.ashar.accountability.webhook;

import java.time.Duration;
import org.springframework.core.env.Environment;

/**
 * How webhooks are delivered.
 *
 * @param allowPrivate whether receivers may be anywhere, this machine included: for development
 * @param mostOfOrganisation subscriptions of one organisation, at most
 * @param mostInAll subscriptions of all
 * @param within how long a receiver may take for one delivery
 * @param firstRetry about how long after a first failure it is tried again; then twice as long…
 * @param longestRetry … up to this
 * @param patience for how long it may fail before it is paused; see {@link #fewestFailures}
 * @param breakFor how long a circuit breaker stays open
 * @param betweenTests how long after a test the next one may follow
 */
record WebhookSettings(
        boolean allowPrivate,
        int mostOfOrganisation,
        int mostInAll,
        Duration within,
        Duration firstRetry,
        Duration longestRetry,
        Duration patience,
        Duration breakFor,
        Duration betweenTests) {

    /**
     * Read from the environment: {@code ashar.webhooks.allow-private} (false), {@code
     * ashar.webhooks.most-of-organisation} (20), {@code ashar.webhooks.most-in-all} (1000), {@code
     * ashar.webhooks.pause-after} (PT72H).
     */
    static WebhookSettings of(Environment environment) {
        return new WebhookSettings(
                environment.getProperty("ashar.webhooks.allow-private", Boolean.class, false),
                environment.getProperty("ashar.webhooks.most-of-organisation", Integer.class, 20),
                environment.getProperty("ashar.webhooks.most-in-all", Integer.class, 1_000),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.parse(environment.getProperty("ashar.webhooks.pause-after", "PT72H")),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    /**
     * How many failures in a row it takes at least to be paused: as many as {@link #patience} has
     * room for when every wait is the longest. It keeps a clock that jumps ahead from pausing what
     * was hardly tried.
     */
    long fewestFailures() {
        return patience.dividedBy(longestRetry);
    }
}
