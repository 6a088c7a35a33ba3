package org.ashar.eventstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Round trips shared by those who need one at the same time. Nobody waits for company: whoever
 * comes while a trip is under way waits for its end, and then all who wait go together. So the
 * store gets fewer and larger requests the busier it is.
 *
 * <p>Guarantee: each item goes in at most one trip, and the answer is that trip's for this item.
 * What a trip throws, all who were on it get to see. Whoever finds no place within five seconds,
 * because the store is slow, leaves and has asked for nothing.
 *
 * @param <I> what goes
 * @param <O> what comes back
 */
final class Convoy<I, O> {

    private static final int MOST = 64;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Function<List<I>, List<O>> trip;
    private final Queue<Traveller<I, O>> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * A convoy that stands still.
     *
     * @param trip answers for each item, in their order; ends within the time limits of the store
     */
    Convoy(Function<List<I>, List<O>> trip) {
        this.trip = trip;
    }

    private static final class Traveller<I, O> {
        private final I item;
        private final Thread thread = Thread.currentThread();
        private volatile boolean drives;
        private volatile @Nullable Answer<O> answer;

        Traveller(I item) {
            this.item = item;
        }

        void drive() {
            drives = true;
            LockSupport.unpark(thread);
        }

        void arrive(Answer<O> arrived) {
            answer = arrived;
            LockSupport.unpark(thread);
        }
    }

    private sealed interface Answer<O> {
        record Given<O>(O value) implements Answer<O> {}

        record Failed<O>(Throwable why, boolean shared) implements Answer<O> {}
    }

    /**
     * Takes an item along; throws {@link StoreUnavailableException} when its trip did, or none
     * began in time: the very one of the trip to who went alone.
     */
    O take(I item) {
        Traveller<I, O> self = new Traveller<>(item);
        if (isFirst(self)) {
            go();
        }
        return switch (awaited(self)) {
            case Answer.Given<O>(O value) -> value;
            case Answer.Failed<O>(StoreUnavailableException why, boolean shared) ->
                    throw shared
                            ? new StoreUnavailableException(String.valueOf(why.getMessage()), why)
                            : why;
            case Answer.Failed<O>(Throwable why, boolean _) ->
                    throw new IllegalStateException("a shared round trip failed", why);
        };
    }

    private Answer<O> awaited(Traveller<I, O> self) {
        long from = System.nanoTime();
        boolean interrupted = false;
        try {
            Answer<O> answer = self.answer;
            while (answer == null) {
                if (self.drives) {
                    go();
                } else if (System.nanoTime() - from >= PATIENCE_NANOS && left(self)) {
                    throw new StoreUnavailableException("the store is busy with others");
                } else {
                    LockSupport.parkNanos(this, PATIENCE_NANOS);
                    interrupted |= Thread.interrupted();
                }
                answer = self.answer;
            }
            return answer;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether it could leave: not when it is on its way, or drives. */
    private synchronized boolean left(Traveller<I, O> self) {
        return !self.drives && waiting.remove(self);
    }

    private synchronized boolean isFirst(Traveller<I, O> self) {
        waiting.add(self);
        boolean isFirst = !underWay;
        underWay = true;
        return isFirst;
    }

    /** How many wait for the next trip. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** One trip with those who wait; then the next of them drives. */
    private void go() {
        List<Traveller<I, O>> aboard = List.of();
        try {
            aboard = board();
            List<O> answers = trip.apply(aboard.stream().map(traveller -> traveller.item).toList());
            for (int i = 0; i < aboard.size(); i++) {
                aboard.get(i).arrive(new Answer.Given<>(answers.get(i)));
            }
        } catch (Throwable e) {
            Answer<O> failed = new Answer.Failed<>(e, aboard.size() > 1);
            aboard.forEach(traveller -> traveller.arrive(failed));
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            handOver();
        }
    }

    private synchronized List<Traveller<I, O>> board() {
        List<Traveller<I, O>> aboard = new ArrayList<>();
        while (aboard.size() < MOST && !waiting.isEmpty()) {
            aboard.add(waiting.remove());
        }
        return aboard;
    }

    private synchronized void handOver() {
        Traveller<I, O> next = waiting.peek();
        if (next == null) {
            underWay = false;
        } else {
            next.drive();
        }
    }
}
