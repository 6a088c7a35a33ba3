package org.ashar.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many commands a client may give: a bucket of tokens for each actor, filled at a steady rate.
 * At most {@value #MAX_CLIENTS} buckets; one that has not been used for a while is full anyway.
 */
final class ClientLimits {

    private static final int MAX_CLIENTS = 100_000;

    private final double perNano;
    private final int burst;
    private final LongSupplier nanos;
    private final Cache<String, Bucket> buckets;

    /**
     * @param perSecond commands a second, in the long run
     * @param burst commands at once after a rest
     */
    ClientLimits(double perSecond, int burst, LongSupplier nanos) {
        if (perSecond <= 0 || burst < 1) {
            throw new IllegalArgumentException("a limit lets something through");
        }
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.nanos = nanos;
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(MAX_CLIENTS)
                        .expireAfterAccess(
                                Duration.ofSeconds((long) Math.ceil(burst / perSecond) + 1))
                        .build();
    }

    /** Takes one token; zero if there was one, else how long until there is. */
    Duration take(String client) {
        return buckets.get(client, _ -> new Bucket(burst, nanos.getAsLong())).take();
    }

    private final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        synchronized Duration take() {
            long now = nanos.getAsLong();
            tokens = Math.min(burst, tokens + (now - at) * perNano);
            at = now;
            if (tokens >= 1) {
                tokens--;
                return Duration.ZERO;
            }
            return Duration.ofNanos((long) Math.ceil((1 - tokens) / perNano));
        }
    }
}
