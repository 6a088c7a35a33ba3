package org.ashar.messaging;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ashar.messaging.Generations.Building;
import org.ashar.messaging.Generations.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a view: applies what its topics bring, from the first event on.
 *
 * <p>An event published once is applied once in effect, in its stream's order, however often and in
 * whatever order it arrives, and whatever process dies at whatever moment. What cannot be applied
 * is held or parked, never dropped, and stops no other stream, up to {@link
 * ViewSettings#heldLimit}. Several runners of one view, in several processes, share its partitions.
 *
 * <p>While store or broker are away it waits, longer and longer up to 10 s, and goes on by itself.
 */
public final class ViewRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ViewRunner.class);
    private static final Duration SELDOM = Duration.ofMillis(500);
    private static final Duration OFTEN = Duration.ofMillis(200);

    private final MongoDatabase database;
    private final ViewDefinition view;
    private final ViewSettings settings;
    private final Clock clock;
    private final Generations generations;
    private final ViewReader reader;
    private final Episodes episodes;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile ViewStatus latest;
    private @Nullable TopicOffsets offsets;
    private @Nullable ViewKeeper keeper;

    /** Nothing happens before {@link #start}. */
    public ViewRunner(
            MongoDatabase database, ViewDefinition view, ViewSettings settings, Clock clock) {
        this.database = database;
        this.view = view;
        this.settings = settings;
        this.clock = clock;
        this.generations = new Generations(database, view.name());
        this.reader = new ViewReader(database, view);
        this.episodes = new Episodes(LOG, "Keeping view " + view.name());
        this.latest = ViewStatus.unknown(view.name(), Generations.FIRST, "not started");
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("view-" + view.name()).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to keep the view, in the background; store and broker need not be there yet. */
    public void start() {
        thread.execute(this::look);
    }

    private void look() {
        if (stopped.get()) {
            return;
        }
        Duration pause;
        try {
            ViewKeeper present = keeper;
            if (present == null) {
                TopicOffsets opened = new TopicOffsets(settings.kafka(), view);
                offsets = opened;
                present =
                        new ViewKeeper(
                                database, view, settings, clock, generations, reader, opened);
                keeper = present;
            }
            ViewStatus status = present.look();
            episodes.succeeded();
            latest = status;
            pause = status.ready() && status.rebuild() == null ? SELDOM : OFTEN;
        } catch (RuntimeException e) {
            // The store or the broker, or a defect: told once, and tried until it goes.
            pause = episodes.failed(e);
        }
        try {
            Future<?> _ = thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("View {} was stopped meanwhile", view.name(), e);
        }
    }

    /** Reads what is kept. */
    public ViewReader reader() {
        return reader;
    }

    /** How the view is doing; answers at once. */
    public ViewStatus status() {
        ViewStatus status = latest;
        String trouble = episodes.trouble();
        return trouble == null
                ? status
                : new ViewStatus(
                        status.view(),
                        status.ready(),
                        status.active(),
                        status.lagEvents(),
                        status.lag(),
                        status.held(),
                        status.parked(),
                        status.paused(),
                        status.rebuild(),
                        trouble);
    }

    /**
     * Begins a rebuild from the first event, in the background and across restarts; one that is
     * going on goes on, and a view not yet begun begins like that by itself. The generation being
     * built.
     */
    public int rebuild() {
        while (true) {
            State state = generations.read().orElse(null);
            if (state == null) {
                return Generations.FIRST;
            }
            Building building = state.building();
            if (building != null) {
                return building.generation();
            }
            if (generations.replace(state, state.rebuilding(view.format(), clock.instant()))) {
                LOG.info("View {} is rebuilt as generation {}", view.name(), state.next());
                return state.next();
            }
        }
    }

    /** The parked events by id, at most {@code limit}, behind {@code after} ("" for the first). */
    public List<ParkedEvent> parked(String after, int limit) {
        if (limit < 1 || limit > ViewQuery.MAX_PAGE) {
            throw new IllegalArgumentException("a page of " + limit);
        }
        return activeStore().parked().list(after, limit);
    }

    /** Tries a parked event again, with the present code, and then those that wait behind it. */
    public ReplayOutcome replay(String id) {
        return new BatchApplier(
                        activeStore(),
                        new Intake(view, settings.installation()),
                        settings.heldLimit())
                .replay(id);
    }

    private GenerationStore activeStore() {
        int active = generations.read().map(State::active).orElse(Generations.FIRST);
        return new GenerationStore(database, view, active, clock);
    }

    /** Stops within {@link ViewSettings#stopWithin}; what was not applied is applied next time. */
    public void stop() {
        if (stopped.getAndSet(true)) {
            return;
        }
        Future<?> stopping = thread.submit(this::stopKeeping);
        try {
            stopping.get(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("View {} does not stop in time; it ends by itself", view.name());
        } catch (ExecutionException e) {
            LOG.error("View {} did not stop as it should", view.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdown();
    }

    private void stopKeeping() {
        ViewKeeper present = keeper;
        if (present != null) {
            present.stop();
        }
        TopicOffsets opened = offsets;
        if (opened != null) {
            opened.close();
        }
    }

    /** {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
