package org.ashar.accountability.api;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Lets many have so many of something a second between them, each in its turn. */
final class Pace {

    private final long nanosOfOne;
    private final AtomicLong free = new AtomicLong(System.nanoTime());

    Pace(int perSecond) {
        this.nanosOfOne = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Waits until those who came before have had theirs; what was not used is not saved up. */
    void take(int count) throws InterruptedException {
        long now = System.nanoTime();
        long due = free.getAndUpdate(at -> (at - now > 0 ? at : now) + count * nanosOfOne);
        for (long left = due - now; left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("asked to stop");
            }
        }
    }
}
