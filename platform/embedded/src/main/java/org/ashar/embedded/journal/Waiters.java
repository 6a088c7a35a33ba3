package org.ashar.embedded.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who wait until something is on disk. Its owner's lock guards it. */
final class Waiters {
    private static final Logger log = LoggerFactory.getLogger(Waiters.class);

    private List<Waiter> waiting = new ArrayList<>();

    /** One who is to be told, without the lock, when {@code position} is on disk. */
    record Waiter(long position, Consumer<@Nullable StoreStoppedException> told) {}

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Waiter waiter) {
        waiting.add(waiter);
    }

    /** Takes out those who wait for nothing beyond {@code position}. */
    List<Waiter> takeUpTo(long position) {
        List<Waiter> due = new ArrayList<>();
        List<Waiter> left = new ArrayList<>();
        for (Waiter waiter : waiting) {
            (waiter.position <= position ? due : left).add(waiter);
        }
        waiting = left;
        return due;
    }

    /** What one of those who wait does with the news is no reason to keep it from the others. */
    static void tell(List<Waiter> due, @Nullable StoreStoppedException problem) {
        for (Waiter waiter : due) {
            try {
                waiter.told.accept(problem);
            } catch (RuntimeException | Error e) {
                log.warn("who waited for the journal could not be told", e);
            }
        }
    }
}
