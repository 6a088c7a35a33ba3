package org.ashar.accountability.webhook;

import com.mongodb.MongoException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ashar.accountability.ledger.Lease;
import org.ashar.accountability.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link DeliveryLoop} for every subscription that is to be delivered to, while the lease
 * is this process's; one of several processes delivers them all, and none whose log has been
 * succeeded, since it hears of nothing more. Each has a circuit breaker of its own. A loop costs a
 * virtual thread, and there are no more than subscriptions are allowed.
 */
final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final SubscriptionStore store;
    private final Ledger ledger;
    private final Courier courier;
    private final WebhookSettings settings;
    private final Lease lease;
    private final Duration patience;
    private final Semaphore wake = new Semaphore(0);
    private final Map<String, Running> running = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("webhooks").unstarted(this::run);
    private volatile long leadsUntil;
    private volatile boolean stopped;
    private volatile int count;

    private record Running(DeliveryLoop loop, Thread thread) {}

    /**
     * @param lease says which process delivers
     * @param patience how long another process waits before it takes the lease
     */
    Deliveries(
            SubscriptionStore store,
            Ledger ledger,
            Courier courier,
            WebhookSettings settings,
            Lease lease,
            Duration patience) {
        this.store = store;
        this.ledger = ledger;
        this.courier = courier;
        this.settings = settings;
        this.lease = lease;
        this.patience = patience;
        this.leadsUntil = System.nanoTime();
    }

    void start() {
        thread.start();
    }

    /** Looks at once at what there is to do. */
    void look() {
        wake.release();
    }

    /** How many subscriptions this process delivers now. */
    int running() {
        return count;
    }

    private void run() {
        boolean failed = false;
        while (!stopped) {
            try {
                long before = System.nanoTime();
                if (ledger.isSucceeded()) {
                    LOG.info("Another log goes on: webhooks are for its processes to deliver");
                    stopped = true;
                    letGo();
                } else if (lease.isMine()) {
                    // Another process counts from what it saw, which is later than this.
                    leadsUntil = before + patience.toNanos() * 2 / 3;
                    keep(store.running());
                } else {
                    keep(Map.of());
                }
                failed = false;
            } catch (RuntimeException | Error e) { // an error too must not end it unseen
                if (!failed && !stopped) {
                    LOG.warn("Webhooks do not go on for now; they are tried again", e);
                }
                failed = true;
            } catch (InterruptedException e) {
                stopped = true;
            }
            pause();
        }
    }

    private boolean leads() {
        return !stopped && System.nanoTime() - leadsUntil < 0;
    }

    /** A loop that ends is waited for before another one takes up the same subscription. */
    private void keep(Map<String, Long> wanted) {
        running.values().removeIf(one -> !one.thread().isAlive());
        running.forEach(
                (id, one) -> {
                    if (!wanted.containsKey(id)) {
                        one.loop().stop();
                    }
                });
        wanted.forEach(
                (id, version) -> {
                    if (running.containsKey(id) || running.size() < settings.mostInAll()) {
                        running.computeIfAbsent(id, this::begin).loop().changedTo(version);
                    }
                });
        count = running.size();
    }

    private Running begin(String id) {
        DeliveryLoop loop =
                new DeliveryLoop(id, store, ledger, courier, settings, breaker(id), this::leads);
        return new Running(loop, Thread.ofVirtual().name("webhook-" + id).start(loop));
    }

    private CircuitBreaker breaker(String id) {
        CircuitBreaker breaker =
                CircuitBreaker.of(
                        id,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(10)
                                .minimumNumberOfCalls(5)
                                .failureRateThreshold(50)
                                .waitDurationInOpenState(settings.breakFor())
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .recordResult(Answer.Failed.class::isInstance)
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        change -> LOG.info("Subscription {}: {}", id, change.getStateTransition()));
        return breaker;
    }

    private void pause() {
        try {
            if (wake.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private void letGo() throws InterruptedException {
        running.values().forEach(one -> one.loop().stop());
        long end = System.nanoTime() + STOP_WITHIN.toNanos();
        for (Running one : running.values()) {
            one.thread().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        lease.release();
        count = 0;
    }

    /** Ends the loops; what is being sent is not waited for beyond a moment. */
    @Override
    public void close() {
        stopped = true;
        wake.release();
        try {
            if (thread.isAlive() && !thread.join(STOP_WITHIN)) {
                LOG.warn("Webhooks do not stop within {}", STOP_WITHIN);
                return;
            }
            letGo();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MongoException | IllegalStateException e) {
            LOG.debug("The lease is not given back: another process waits until it is over", e);
        }
    }
}
