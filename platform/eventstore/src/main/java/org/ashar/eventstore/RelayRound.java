package org.ashar.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch of pending commits through their three steps: acknowledged by the broker, current
 * document up to date on a majority, mark cleared. Used by the relay's thread alone.
 *
 * <p>Guarantee: a stream's commits are sent in order, from its first one that is not known to be
 * acknowledged; a mark goes only when all three hold, and a stream's later one never first. A
 * stream with an event that can never be sent stays pending by itself.
 */
final class RelayRound {

    private static final Logger LOG = LoggerFactory.getLogger(RelayRound.class);
    private static final int MOST_OF_A_STREAM = 200;
    private static final int REMEMBERED_STREAMS = 20_000;
    private static final Duration MAJORITY_PAUSE = Duration.ofMillis(10);

    private final CommitLog log;
    private final String topic;
    private final Function<String, @Nullable CurrentDocuments<?, ?>> currents;
    private final Map<StreamId, Progress> progress =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<StreamId, Progress> eldest) {
                    return size() > REMEMBERED_STREAMS;
                }
            };

    RelayRound(
            CommitLog log,
            String topic,
            Function<String, @Nullable CurrentDocuments<?, ?>> currents) {
        this.log = log;
        this.topic = topic;
        this.currents = currents;
    }

    /** How far this process brought a stream: versions acknowledged and cleared. */
    private record Progress(long acknowledged, long cleared) {
        static final Progress NONE = new Progress(0, 0);

        Progress furthest(Progress other) {
            return new Progress(
                    Math.max(acknowledged, other.acknowledged), Math.max(cleared, other.cleared));
        }
    }

    /**
     * What a round left.
     *
     * @param left commits that are still to be done, by stream
     * @param failure why, when it is not only for want of room in the round
     */
    record Rest(List<Commit> left, @Nullable Throwable failure) {}

    /** Brings a batch as far as it goes. Throws when the store does not answer. */
    Rest run(Producer<String, byte[]> producer, Map<StreamId, NavigableMap<Long, Commit>> batch) {
        List<Commit> left = new ArrayList<>();
        List<Commit> chains = new ArrayList<>();
        Set<StreamId> setAside = new HashSet<>();
        batch.forEach(
                (stream, commits) -> {
                    if (currents.apply(stream.type()) == null) {
                        LOG.debug("{} stays pending until its type is known here", stream);
                        return;
                    }
                    try {
                        chains.addAll(chain(stream, commits, left));
                    } catch (IllegalStateException | IllegalArgumentException e) {
                        setAside(stream, setAside, e);
                    }
                });
        Dispatch dispatch = Dispatch.of(producer, topic, chains, this::isAcknowledged);
        dispatch.unsendable().forEach((stream, why) -> setAside(stream, setAside, why));
        for (Commit commit : dispatch.acknowledged()) {
            progress.merge(commit.stream(), new Progress(commit.to(), 0), Progress::furthest);
        }
        Throwable failure = dispatch.failure();
        List<Commit> done = withCurrentDocuments(dispatch.acknowledged(), setAside);
        log.clearPending(done);
        for (Commit commit : done) {
            Progress now = new Progress(commit.to(), commit.to());
            progress.merge(commit.stream(), now, Progress::furthest);
        }
        Map<String, Commit> undone = new LinkedHashMap<>();
        chains.forEach(commit -> undone.put(commit.id(), commit));
        done.forEach(commit -> undone.remove(commit.id()));
        undone.values().removeIf(commit -> setAside.contains(commit.stream()));
        left.removeIf(commit -> setAside.contains(commit.stream()));
        left.addAll(undone.values());
        if (failure == null && !undone.isEmpty()) {
            failure = new StoreUnavailableException("current documents lag behind their commits");
        }
        return new Rest(left, failure);
    }

    /** One broken stream stays pending for the next sweep; the others go on. */
    private static void setAside(StreamId stream, Set<StreamId> setAside, Throwable why) {
        setAside.add(stream);
        LOG.error("{} stays pending", stream, why);
    }

    /**
     * The stream's next commits, in order and without a gap, beginning with its first pending one.
     * The given ones are taken when they are that; else they are read.
     */
    private List<Commit> chain(
            StreamId stream, NavigableMap<Long, Commit> given, List<Commit> left) {
        long cleared = progress.getOrDefault(stream, Progress.NONE).cleared();
        given.headMap(cleared, true).clear();
        if (given.isEmpty()) {
            return List.of();
        }
        long first = given.firstKey();
        long lowest = first == cleared + 1 ? first : lowestPending(stream, first);
        List<Commit> chain = new ArrayList<>();
        if (lowest == first) {
            long next = first;
            while (chain.size() < MOST_OF_A_STREAM && given.containsKey(next)) {
                Commit commit = given.remove(next);
                chain.add(commit);
                next = commit.to() + 1;
            }
        } else {
            for (Commit commit : log.reader().page(stream, lowest - 1, MOST_OF_A_STREAM)) {
                given.remove(commit.from());
                if (commit.pending()) {
                    chain.add(commit);
                }
            }
        }
        left.addAll(given.values());
        return chain;
    }

    private long lowestPending(StreamId stream, long from) {
        long lowest = from;
        while (lowest > 1) {
            Optional<Commit> before = log.reader().endingAt(stream, lowest - 1);
            if (before.isEmpty()) {
                throw new IllegalStateException(
                        "what comes before " + stream + "@" + lowest + " is not to be seen");
            }
            if (!before.get().pending()) {
                break;
            }
            lowest = before.get().from();
        }
        return lowest;
    }

    private boolean isAcknowledged(Commit commit) {
        return commit.to() <= progress.getOrDefault(commit.stream(), Progress.NONE).acknowledged();
    }

    /** Those whose current document is at or past them on a majority, after healing it if not. */
    private List<Commit> withCurrentDocuments(List<Commit> acknowledged, Set<StreamId> setAside) {
        Map<StreamId, Long> wanted = new LinkedHashMap<>();
        acknowledged.forEach(commit -> wanted.put(commit.stream(), commit.to()));
        Map<StreamId, Long> held = versions(wanted.keySet());
        List<StreamId> behind = behind(wanted, held);
        if (!behind.isEmpty()) {
            LockSupport.parkNanos(MAJORITY_PAUSE.toNanos());
            held.putAll(versions(behind));
            behind = behind(wanted, held);
        }
        if (!behind.isEmpty()) {
            for (StreamId stream : behind) {
                try {
                    known(stream).heal(stream);
                } catch (StoreUnavailableException e) {
                    throw e;
                } catch (RuntimeException e) {
                    setAside(stream, setAside, e);
                }
            }
            held.putAll(versions(behind));
        }
        return acknowledged.stream()
                .filter(commit -> held.getOrDefault(commit.stream(), 0L) >= commit.to())
                .toList();
    }

    private static List<StreamId> behind(Map<StreamId, Long> wanted, Map<StreamId, Long> held) {
        List<StreamId> behind = new ArrayList<>();
        wanted.forEach(
                (stream, version) -> {
                    if (held.getOrDefault(stream, 0L) < version) {
                        behind.add(stream);
                    }
                });
        return behind;
    }

    private Map<StreamId, Long> versions(Collection<StreamId> streams) {
        Map<String, List<StreamId>> byType = new HashMap<>();
        streams.forEach(s -> byType.computeIfAbsent(s.type(), t -> new ArrayList<>()).add(s));
        Map<StreamId, Long> versions = new HashMap<>();
        byType.values()
                .forEach(same -> versions.putAll(known(same.getFirst()).majorityVersions(same)));
        return versions;
    }

    private CurrentDocuments<?, ?> known(StreamId stream) {
        CurrentDocuments<?, ?> documents = currents.apply(stream.type());
        if (documents == null) {
            throw new IllegalStateException(stream + " is of no known type");
        }
        return documents;
    }
}
