package org.ashar.eventstore;

import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commands on one kind of aggregate. Safe for use by many threads and processes.
 *
 * <p>Guarantees: a command that answers {@link Outcome.Done} is on a majority of disks, took effect
 * once, and answers the same however often it is given again; of writers who race for one version,
 * one wins. Nothing is remembered of a command that was not carried out.
 *
 * <p>Throws {@link StoreUnavailableException} while the store does not answer; the caller may
 * always give the same command again.
 */
public final class CommandHandler<C, S, E> {

    private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);
    private static final Duration UNSEEN_AT_MOST = Duration.ofSeconds(5);
    private static final Duration UNSEEN_PAUSE = Duration.ofMillis(20);
    private static final int MOST_ATTEMPTS = 100;

    private final AggregateType<C, S, E> type;
    private final CommitLog log;
    private final CurrentDocuments<S, E> currents;
    private final Composer<S, E> composer;
    private final Relay relay;

    CommandHandler(
            AggregateType<C, S, E> type,
            CommitLog log,
            CurrentDocuments<S, E> currents,
            Composer<S, E> composer,
            Relay relay) {
        this.type = type;
        this.log = log;
        this.currents = currents;
        this.composer = composer;
        this.relay = relay;
    }

    /**
     * Creates an aggregate, or continues one whose state allows that (a natural key whose draft was
     * discarded). Without If-Match: a lost race is decided again on what the winner left.
     *
     * @param guard whether this actor may do this to an aggregate in this state
     */
    public Outcome create(
            StreamId stream, CommandMeta meta, Function<S, Optional<Refusal>> guard, C command) {
        return carryOut(new Wish<>(stream, null, meta, guard, command));
    }

    /**
     * Carries out a command on an aggregate at {@code expectedVersion}; at any other version the
     * outcome is {@link Outcome.Stale}, on a stream without events {@code <stream type>.not-found}.
     *
     * @param guard whether this actor may do this to an aggregate in this state; asked before
     *     anything else is told
     */
    public Outcome update(
            StreamId stream,
            long expectedVersion,
            CommandMeta meta,
            Function<S, Optional<Refusal>> guard,
            C command) {
        return carryOut(new Wish<>(stream, expectedVersion, meta, guard, command));
    }

    /** The aggregate as of its last commit; empty when it has none. */
    public Optional<Current<S>> load(StreamId stream) {
        requireOwn(stream);
        Folded<S> folded = currents.catchUp(stream, currents.read(stream));
        return folded.version() == 0
                ? Optional.empty()
                : Optional.of(currents.current(stream, folded));
    }

    /**
     * The current documents, for lists: filter, sort and index by {@code s.…}. Only to be read, and
     * perhaps a moment behind after a crash.
     */
    public MongoCollection<Document> currents() {
        return currents.collection();
    }

    /** One of {@link #currents} as the aggregate it stands for. */
    public Current<S> read(Document current) {
        StreamId stream = StreamId.parse(current.getString("_id")).orThrow();
        return currents.current(stream, currents.read(stream, current));
    }

    private record Wish<C, S>(
            StreamId stream,
            @Nullable Long expected,
            CommandMeta meta,
            Function<S, Optional<Refusal>> guard,
            C command) {}

    private sealed interface Verdict<S> {
        record Write<S>(Commit commit, Folded<S> after) implements Verdict<S> {}

        record Nothing<S>(Outcome outcome) implements Verdict<S> {}
    }

    private Outcome carryOut(Wish<C, S> wish) {
        StreamId stream = wish.stream();
        requireOwn(stream);
        // A created stream is mostly new: try that first, the insert tells if it is not.
        Folded<S> folded = wish.expected() == null ? currents.initial() : currents.read(stream);
        boolean upToDate = false;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            switch (verdict(wish, folded)) {
                case Verdict.Nothing<S>(Outcome outcome) -> {
                    Optional<Outcome> first = earlier(wish);
                    if (first.isPresent()) {
                        return first.get();
                    }
                    if (upToDate) {
                        return outcome;
                    }
                }
                case Verdict.Write<S>(Commit commit, Folded<S> after) -> {
                    if (append(commit)) {
                        finish(commit, after);
                        return new Outcome.Done(stream, commit.to());
                    }
                    Optional<Outcome> first = whoWasFirst(wish, commit.from());
                    if (first.isPresent()) {
                        return first.get();
                    }
                }
            }
            folded = upToDate(stream);
            upToDate = true;
        }
        throw new StoreUnavailableException("too many writers of " + stream);
    }

    private Verdict<S> verdict(Wish<C, S> wish, Folded<S> folded) {
        if (wish.expected() != null && folded.version() == 0) {
            return refused(Refusal.notFound(type.streamType() + ".not-found"));
        }
        Optional<Refusal> guarded = wish.guard().apply(folded.state());
        if (guarded.isPresent()) {
            return refused(guarded.get());
        }
        if (wish.expected() != null && wish.expected() != folded.version()) {
            return new Verdict.Nothing<>(new Outcome.Stale(folded.version()));
        }
        return switch (type.decider().decide().apply(folded.state(), wish.command())) {
            case Decision.Refused<E>(Refusal refusal) -> refused(refusal);
            case Decision.Accepted<E>(List<E> events) ->
                    events.isEmpty()
                            ? new Verdict.Nothing<>(
                                    new Outcome.Done(wish.stream(), folded.version()))
                            : composed(wish, folded, events);
        };
    }

    private Verdict<S> composed(Wish<C, S> wish, Folded<S> folded, List<E> events) {
        return switch (composer.compose(wish.stream(), folded, wish.meta(), events)) {
            case Composer.Unfit<S>(Refusal refusal) -> refused(refusal);
            case Composer.Ready<S>(Commit commit, Folded<S> after) ->
                    new Verdict.Write<>(commit, after);
        };
    }

    private static <S> Verdict<S> refused(Refusal refusal) {
        return new Verdict.Nothing<>(new Outcome.Refused(refusal));
    }

    /** The answer this command had, if it took effect before. */
    private Optional<Outcome> earlier(Wish<C, S> wish) {
        return log.reader()
                .byCommand(wish.stream(), wish.meta().commandId())
                .map(
                        commit ->
                                commit.fingerprint().equals(wish.meta().fingerprint())
                                        ? new Outcome.Done(commit.stream(), commit.to())
                                        : new Outcome.KeyReused());
    }

    /**
     * After a duplicate key: this command's first answer, or empty when another command holds the
     * place. What made the key a duplicate may take a moment to be seen by a majority.
     */
    private Optional<Outcome> whoWasFirst(Wish<C, S> wish, long place) {
        long start = System.nanoTime();
        while (true) {
            Optional<Outcome> first = earlier(wish);
            if (first.isPresent() || log.reader().startingAt(wish.stream(), place).isPresent()) {
                return first;
            }
            if (System.nanoTime() - start > UNSEEN_AT_MOST.toNanos()) {
                throw new StoreUnavailableException(
                        "a commit of " + wish.stream() + " is not on a majority yet");
            }
            LockSupport.parkNanos(UNSEEN_PAUSE.toNanos());
        }
    }

    private Folded<S> upToDate(StreamId stream) {
        return currents.catchUp(stream, currents.read(stream));
    }

    private boolean append(Commit commit) {
        boolean known = false;
        try {
            boolean appended = log.append(commit);
            known = true;
            return appended;
        } finally {
            if (!known) {
                relay.sweepSoon();
            }
        }
    }

    /** It is committed: whatever becomes of its current document, the command is done. */
    private void finish(Commit commit, Folded<S> after) {
        try {
            currents.write(commit.stream(), after);
        } catch (RuntimeException e) {
            LOG.warn("{} is committed, its current document lags", commit.id(), e);
        } finally {
            relay.wake(commit);
        }
    }

    private void requireOwn(StreamId stream) {
        if (!stream.type().equals(type.streamType())) {
            throw new IllegalArgumentException(stream + " is no " + type.streamType());
        }
    }
}
