package org.ashar.accountability.webhook;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.LogEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one subscription: the entry at its place in the log, until the receiver has it, then the
 * next. There is no queue: what is not delivered yet is in the log.
 *
 * <p>Guarantee: an entry is sent only after the receiver took the selected one before it, and the
 * place moves only after a 2xx, or past what is not selected; a process that dies in between sends
 * it again. What the owner changes counts from the next attempt on. For one thread.
 */
final class DeliveryLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

    /** What one subscription holds in memory at most; an entry has at most 64 KiB. */
    private static final int AHEAD = 16;

    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
    private static final Duration PASS_EVERY = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);
    private static final Duration LONGEST_AFTER_FAULT = Duration.ofMinutes(1);

    private final String id;
    private final SubscriptionStore store;
    private final Ledger ledger;
    private final Courier courier;
    private final WebhookSettings settings;
    private final CircuitBreaker breaker;
    private final IntervalFunction backoff;
    private final BooleanSupplier leads;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ArrayDeque<LogEntry> ahead = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private long from;
    private long passedAt = System.nanoTime() - PASS_EVERY.toNanos();
    private int faults;
    private volatile long known;

    /**
     * @param leads whether this process is still the one to deliver
     */
    DeliveryLoop(
            String id,
            SubscriptionStore store,
            Ledger ledger,
            Courier courier,
            WebhookSettings settings,
            CircuitBreaker breaker,
            BooleanSupplier leads) {
        this.id = id;
        this.store = store;
        this.ledger = ledger;
        this.courier = courier;
        this.settings = settings;
        this.breaker = breaker;
        this.leads = leads;
        this.backoff =
                IntervalFunction.ofExponentialRandomBackoff(
                        settings.firstRetry(), 2, 0.5, settings.longestRetry());
    }

    /** Hears which version there is now. */
    void changedTo(long version) {
        known = version;
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        while (stopped.getCount() > 0 && leads.getAsBoolean()) {
            try {
                step();
                faults = 0;
            } catch (RuntimeException | Error e) {
                subscription = null;
                if (faults++ == 0) {
                    LOG.warn("Subscription {} does not go on for now; it is tried again", id, e);
                }
                rest(least(ownWait(faults), LONGEST_AFTER_FAULT));
            } catch (InterruptedException e) {
                LOG.debug("Asked to stop", e);
                return;
            }
        }
    }

    private void step() throws InterruptedException {
        Subscription current = current();
        if (current == null || !current.state().isRunning()) {
            pause(LOOK_AROUND);
            return;
        }
        Duration left = left(current.progress().notBefore());
        if (left.isPositive()) {
            pause(left);
            return;
        }
        LogEntry entry = next(current);
        if (entry == null) {
            passOver(current);
            return;
        }
        if (!isStill(current)) {
            subscription = null;
        } else if (breaker.tryAcquirePermission()) {
            attempt(current, entry);
        } else {
            pause(settings.breakFor());
        }
    }

    /** How long is to be waited yet; what is longer than any wait is a clock that jumped back. */
    private Duration left(@Nullable Instant due) {
        Duration left = due == null ? Duration.ZERO : Duration.between(courier.now(), due);
        return left.compareTo(LONGEST_WAIT) < 0 ? left : Duration.ZERO;
    }

    /** What was changed before an attempt counts for it, whichever process heard of it. */
    private boolean isStill(Subscription current) {
        return store.find(id)
                .filter(now -> now.version() == current.version())
                .filter(now -> now.progress().next() == current.progress().next())
                .isPresent();
    }

    private @Nullable Subscription current() {
        Subscription current = subscription;
        if (current == null || current.version() < known) {
            current = store.find(id).orElse(null);
            subscription = current;
            ahead.clear();
            from = current == null ? 0 : current.progress().next();
            if (current != null && current.progress().notBefore() == null) {
                breaker.reset(); // it is new, or its owner wants an attempt at once
            }
        }
        return current;
    }

    /** The next entry that is selected; null where none came within a moment. */
    private @Nullable LogEntry next(Subscription current) throws InterruptedException {
        if (ahead.isEmpty()) {
            long size = ledger.awaitLonger(from, LOOK_AROUND);
            if (size > from) {
                Ledger.Part found = ledger.follow(current.selection(), from, size, AHEAD);
                ahead.addAll(found.entries());
                from = found.next();
            }
        }
        return ahead.peek();
    }

    /** What was looked through for nothing need not be again by whoever goes on from here. */
    private void passOver(Subscription current) {
        long now = System.nanoTime();
        if (from > current.progress().next() && now - passedAt >= PASS_EVERY.toNanos()) {
            passedAt = now;
            Subscription further = current.passed(from, courier.now());
            subscription = store.replace(current, further) ? further : null;
        }
    }

    private void attempt(Subscription current, LogEntry entry) {
        Instant now = courier.now();
        long start = System.nanoTime();
        if (!(deliver(current, entry) instanceof Answer.Tried answer)) {
            breaker.releasePermission();
            pause(LOOK_AROUND);
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        breaker.onResult(took.toNanos(), TimeUnit.NANOSECONDS, answer);
        Optional<Subscription> recorded =
                store.change(current, read -> after(read, entry, answer, courier.now()));
        subscription = recorded.orElse(null);
        if (recorded.isEmpty()) {
            return; // the owner, or another process, changed it: begin anew from what is stored
        }
        if (answer instanceof Answer.Accepted) {
            ahead.remove();
        }
        store.keep(
                id,
                Delivery.of(
                        recorded.get().progress().attempts(), now, entry.index(), answer, took));
    }

    private Answer deliver(Subscription current, LogEntry entry) {
        try {
            return courier.deliver(current, Message.of(ledger.name(), entry), settings.within());
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            throw e;
        }
    }

    private Subscription after(
            Subscription read, LogEntry entry, Answer.Tried answer, Instant now) {
        return switch (answer) {
            case Answer.Accepted _ -> read.delivered(entry.index(), now);
            case Answer.Gone _ -> read.gone(now);
            case Answer.Failed failed ->
                    read.failed(
                            now,
                            now.plus(wait(read.progress().failures() + 1, failed.notBefore())),
                            settings.patience(),
                            settings.fewestFailures());
        };
    }

    private Duration wait(int failures, Duration asked) {
        Duration own = ownWait(failures);
        return own.compareTo(asked) < 0 ? asked : own;
    }

    private Duration ownWait(int failures) {
        return Duration.ofMillis(backoff.apply(Math.min(failures, 30)));
    }

    /** Waits, but not past a change for longer than a moment. */
    private void pause(Duration wanted) {
        rest(least(wanted, LOOK_AROUND));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Waits, but not past a stop. */
    private void rest(Duration wanted) {
        try {
            if (stopped.await(wanted.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                LOG.debug("Subscription {} is asked to stop", id);
            }
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }
}
