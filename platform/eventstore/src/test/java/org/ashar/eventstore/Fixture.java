package org.ashar.eventstore;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;

/** What the tests of this module share. */
final class Fixture {

    static final Instant TIME = Instant.parse("2026-03-01T09:30:00Z");
    static final Function<Tally.State, Optional<Refusal>> ANYONE = state -> Optional.empty();
    static final EventStoreSettings SETTINGS =
            EventStoreSettings.of("osh", "tallies", Map.of()).withRelay(Duration.ofSeconds(1), 100);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Fixture() {}

    /** A server for tests and the end of it. */
    record Server(MongoClient client, Runnable end) implements AutoCloseable {

        static Server inMemory() {
            return inMemory(new MemoryBackend());
        }

        static Server inMemory(MemoryBackend backend) {
            MongoServer server = new MongoServer(backend);
            return at(server.bindAndGetConnectionString(), server::shutdownNow);
        }

        static Server at(String uri, Runnable end) {
            return new Server(MongoClients.create(uri), end);
        }

        /** A database that nobody used before. */
        MongoDatabase database() {
            return client.getDatabase("ashar_test_" + Long.toHexString(RANDOM.nextLong()));
        }

        @Override
        public void close() {
            client.close();
            end.run();
        }
    }

    static EventStore open(MongoDatabase database, Outlet outlet) {
        return open(database, Clock.systemUTC(), outlet);
    }

    static EventStore open(MongoDatabase database, Clock clock, Outlet outlet) {
        return EventStore.open(database, SETTINGS, clock, outlet);
    }

    static StreamId stream(String name) {
        return StreamId.derived("tally", name);
    }

    static CommandMeta meta(String key) {
        return meta(key, "same body");
    }

    static CommandMeta meta(String key, String body) {
        return new CommandMeta(
                Sha256.of(key.getBytes(StandardCharsets.UTF_8)).hex(),
                Sha256.of(body.getBytes(StandardCharsets.UTF_8)).hex(),
                new Actor("a1", "officer", "okmotu"),
                TIME,
                null,
                null);
    }

    /** The first commit of a stream: it records {@code event} and publishes these. */
    static Commit commit(
            StreamId stream, Commit.StoredEvent event, List<PublishedEvent> published) {
        return new Commit(
                stream,
                1,
                1,
                "command",
                "fingerprint",
                meta("k").actor(),
                TIME,
                null,
                null,
                List.of(event),
                published,
                published.size(),
                true);
    }

    /** The first commit of a stream of a type that no relay here knows. */
    static Commit opened(String name, String key) {
        Composer<Tally.State, Tally.Event> composer =
                new Composer<>(Tally.type(1), "osh", "tallies");
        Composer.Composed<Tally.State> composed =
                composer.compose(
                        new StreamId("other", stream(name).id()),
                        new Folded<>(0, 0, new Tally.State.Nothing(), 0, 1),
                        meta(key),
                        List.of(new Tally.Event.Opened("n")));
        return switch (composed) {
            case Composer.Ready<Tally.State>(Commit commit, Folded<Tally.State> _) -> commit;
            case Composer.Unfit<Tally.State>(Refusal refusal) ->
                    throw new AssertionError(refusal.code());
        };
    }

    /** What each of {@code count} threads returned, all begun at the same moment. */
    static <T> List<T> race(int count, IntFunction<T> each) throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results =
                    IntStream.range(0, count)
                            .mapToObj(
                                    i -> {
                                        Callable<T> one =
                                                () -> {
                                                    begin.await();
                                                    return each.apply(i);
                                                };
                                        return threads.submit(one);
                                    })
                            .toList();
            begin.countDown();
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get(60, TimeUnit.SECONDS));
            }
            return values;
        }
    }
}
