package org.ashar.eventstore;

import static java.util.Objects.requireNonNull;
import static org.ashar.eventstore.Fixture.ANYONE;
import static org.ashar.eventstore.Fixture.meta;
import static org.ashar.eventstore.Fixture.race;
import static org.ashar.eventstore.Fixture.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.ashar.eventstore.CommitLog.Appended;
import org.ashar.eventstore.Outcome.Done;
import org.ashar.eventstore.Tally.Command;
import org.ashar.eventstore.Tally.State;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/**
 * What an event store promises on whatever server it stands on. Each check gets a database of its
 * own; {@link StoreContractTest} runs them on every server at hand, and on broken ones, where they
 * must fail.
 */
final class StoreContract {

    private StoreContract() {}

    /** One promise. */
    interface Check {
        void holdsOn(Setting setting) throws Exception;
    }

    /** The event store of a check, and how to open it again as another process would. */
    record Setting(MongoDatabase database, EventStore store, Tallies tallies)
            implements AutoCloseable {

        static Setting open(MongoDatabase database) {
            ScriptedBroker silent = new ScriptedBroker();
            silent.stop(); // so that the relay does not mend what a check breaks
            EventStore store = Fixture.open(database, silent);
            return new Setting(database, store, new Tallies(store.handler(Tally.type(1))));
        }

        MongoCollection<Document> currents() {
            return database.getCollection("current_tally");
        }

        MongoCollection<Document> commits() {
            return database.getCollection("commits");
        }

        List<Commit> history(StreamId stream) {
            return store.commits().page(stream, 0, 500);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Commands by anyone. */
    record Tallies(CommandHandler<Command, State, Tally.Event> handler) {
        Outcome create(StreamId stream, String key, Command command) {
            return handler.create(stream, meta(key), ANYONE, command);
        }

        Outcome update(StreamId stream, long version, String key, Command command) {
            return handler.update(stream, version, meta(key), ANYONE, command);
        }

        long sum(StreamId stream) {
            return Tally.sum(handler.load(stream).orElseThrow().state());
        }
    }

    static Map<String, Check> checks() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("a command takes effect and is read back", StoreContract::effect);
        checks.put("one of 32 writers wins each version", StoreContract::writers);
        checks.put("32 writers without If-Match all take effect", StoreContract::creators);
        checks.put("one key sent 32 times at once has one effect", StoreContract::sameKey);
        checks.put("a lost answer is given again", StoreContract::lostAnswer);
        checks.put("a key with another body is refused", StoreContract::keyReused);
        checks.put("refusals are not remembered", StoreContract::refusals);
        checks.put("a refusal rests on what is there", StoreContract::refusalOfWhatIsThere);
        checks.put("a discarded natural key goes on", StoreContract::discarded);
        checks.put("a wish fulfilled already writes nothing", StoreContract::fulfilled);
        checks.put("a guard is asked first", StoreContract::guard);
        checks.put("a current document lost or behind is made good", StoreContract::behind);
        checks.put("a current document never goes back", StoreContract::neverBack);
        checks.put("another state format is folded again", StoreContract::format);
        checks.put("an unreadable state is folded again", StoreContract::unreadable);
        checks.put("commits are read in pages", StoreContract::pages);
        checks.put("commits that go together succeed each by itself", StoreContract::together);
        checks.put("pending commits are found in order", StoreContract::pending);
        checks.put("lists find summaries", StoreContract::lists);
        return checks;
    }

    private static void effect(Setting at) {
        StreamId a = stream("a");
        assertThat(at.tallies.handler().load(a)).isEmpty();
        assertThat(at.tallies.create(a, "k1", new Command.Open("n"))).isEqualTo(new Done(a, 1));
        assertThat(at.tallies.update(a, 1, "k2", new Command.Publish())).isEqualTo(new Done(a, 2));
        assertThat(at.tallies.update(a, 2, "k3", new Command.AddEach(List.of(4L, 5L))))
                .isEqualTo(new Done(a, 4));
        Current<State> current = at.tallies.handler().load(a).orElseThrow();
        assertThat(current.state()).isEqualTo(new State.Live("n", 9));
        assertThat(current.version()).isEqualTo(4);
        List<Commit> history = at.history(a);
        assertThat(history).extracting(Commit::from).containsExactly(1L, 2L, 3L);
        assertThat(history).extracting(Commit::publishedTo).containsExactly(0L, 1L, 3L);
        assertThat(history.getFirst().actor()).isEqualTo(meta("k1").actor());
        assertThat(history.getFirst().time()).isEqualTo(Fixture.TIME);
    }

    private static void writers(Setting at) throws Exception {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        for (long version = 1; version <= 5; version++) {
            long expected = version;
            List<Outcome> outcomes =
                    race(
                            32,
                            i ->
                                    at.tallies.update(
                                            a, expected, expected + "/" + i, new Command.Add(1)));
            assertThat(outcomes).filteredOn(Done.class::isInstance).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(o -> !(o instanceof Done))
                    .allMatch(o -> o.equals(new Outcome.Stale(expected + 1)));
        }
        assertThat(at.tallies.sum(a)).isEqualTo(5);
        assertThat(at.history(a)).hasSize(6);
    }

    private static void creators(Setting at) throws Exception {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        at.tallies.update(a, 1, "publish", new Command.Publish());
        List<Outcome> outcomes = race(32, i -> at.tallies.create(a, "k" + i, new Command.Add(1)));
        assertThat(at.history(a).stream().flatMap(commit -> commit.published().stream()))
                .extracting(PublishedEvent::sequence)
                .isEqualTo(LongStream.rangeClosed(1, 33).boxed().toList());
        assertThat(outcomes)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(3, 34)
                                .mapToObj(version -> (Outcome) new Done(a, version))
                                .toList());
        assertThat(at.tallies.sum(a)).isEqualTo(32);
    }

    private static void sameKey(Setting at) throws Exception {
        StreamId a = stream("a");
        assertThat(race(32, i -> at.tallies.create(a, "open", new Command.Open("n"))))
                .containsOnly(new Done(a, 1));
        assertThat(race(32, i -> at.tallies.update(a, 1, "add", new Command.Add(7))))
                .containsOnly(new Done(a, 2));
        assertThat(at.history(a)).hasSize(2);
        assertThat(at.tallies.sum(a)).isEqualTo(7);
    }

    private static void lostAnswer(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        at.tallies.update(a, 1, "add", new Command.Add(1));
        at.tallies.update(a, 2, "publish", new Command.Publish());
        // Stale by now, refused by now, and created anew: all as the first time.
        assertThat(at.tallies.update(a, 1, "add", new Command.Add(1))).isEqualTo(new Done(a, 2));
        assertThat(at.tallies.update(a, 3, "add", new Command.Add(1))).isEqualTo(new Done(a, 2));
        assertThat(at.tallies.update(a, 3, "publish", new Command.Publish()))
                .isEqualTo(new Done(a, 3));
        assertThat(at.tallies.create(a, "open", new Command.Open("n"))).isEqualTo(new Done(a, 1));
        assertThat(at.history(a)).hasSize(3);
    }

    private static void keyReused(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        Outcome outcome =
                at.tallies
                        .handler()
                        .update(a, 1, meta("open", "other body"), ANYONE, new Command.Add(1));
        assertThat(outcome).isEqualTo(new Outcome.KeyReused());
        assertThat(at.history(a)).hasSize(1);
        assertThat(at.tallies.create(stream("b"), "open", new Command.Open("n")))
                .isEqualTo(new Done(stream("b"), 1));
    }

    private static void refusals(Setting at) {
        StreamId a = stream("a");
        assertThat(at.tallies.update(a, 1, "publish", new Command.Publish()))
                .isEqualTo(new Outcome.Refused(Refusal.notFound("tally.not-found")));
        at.tallies.create(a, "open", new Command.Open("n"));
        assertThat(at.tallies.create(a, "again", new Command.Open("n")))
                .isEqualTo(new Outcome.Refused(Refusal.conflict("tally.already-open")));
        assertThat(at.tallies.update(a, 9, "add", new Command.Add(1)))
                .isEqualTo(new Outcome.Stale(1));
        assertThat(at.history(a)).hasSize(1);
        assertThat(at.tallies.update(a, 1, "publish", new Command.Publish()))
                .isEqualTo(new Done(a, 2));
    }

    /** The content is too large as well, which does not matter where there is an aggregate. */
    private static void refusalOfWhatIsThere(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        assertThat(at.tallies.create(a, "again", new Command.Open("n".repeat(60_000))))
                .isEqualTo(new Outcome.Refused(Refusal.conflict("tally.already-open")));
    }

    private static void discarded(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("one"));
        at.tallies.update(a, 1, "discard", new Command.Discard());
        assertThat(at.tallies.create(a, "open 2", new Command.Open("two")))
                .isEqualTo(new Done(a, 3));
        assertThat(at.tallies.create(a, "open", new Command.Open("one"))).isEqualTo(new Done(a, 1));
        assertThat(at.tallies.handler().load(a).orElseThrow().state())
                .isEqualTo(new State.Draft("two", 0));
    }

    private static void fulfilled(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        assertThat(at.tallies.update(a, 1, "write", new Command.Write("n")))
                .isEqualTo(new Done(a, 1));
        at.tallies.update(a, 1, "write 2", new Command.Write("m"));
        at.tallies.update(a, 2, "add", new Command.Add(1));
        // Fulfilled by itself the first time: the first answer counts, not the present version.
        assertThat(at.tallies.update(a, 3, "write 2", new Command.Write("m")))
                .isEqualTo(new Done(a, 2));
        assertThat(at.history(a)).hasSize(3);
    }

    private static void guard(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        Refusal forbidden = Refusal.forbidden("place.not-yours");
        assertThat(
                        at.tallies
                                .handler()
                                .update(
                                        a,
                                        99,
                                        meta("k"),
                                        state -> Optional.of(forbidden),
                                        new Command.Add(1)))
                .isEqualTo(new Outcome.Refused(forbidden));
        assertThat(at.history(a)).hasSize(1);
    }

    private static void behind(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        at.tallies.update(a, 1, "add 1", new Command.Add(1));
        Document older = current(at, a);
        at.tallies.update(a, 2, "add 2", new Command.Add(2));
        for (Optional<Document> crash : List.of(Optional.<Document>empty(), Optional.of(older))) {
            long version = at.tallies.handler().load(a).orElseThrow().version();
            roll(at, a, crash);
            assertThat(at.tallies.update(a, version - 1, "stale" + version, new Command.Add(9)))
                    .isEqualTo(new Outcome.Stale(version));
            roll(at, a, crash);
            assertThat(at.tallies.update(a, version, "add 2", new Command.Add(2)))
                    .isEqualTo(new Done(a, 3));
            roll(at, a, crash);
            assertThat(at.tallies.handler().load(a).orElseThrow().version()).isEqualTo(version);
            roll(at, a, crash);
            assertThat(at.tallies.update(a, version, "next" + version, new Command.Add(1)))
                    .isEqualTo(new Done(a, version + 1));
            assertThat(current(at, a).getLong("version")).isEqualTo(version + 1);
        }
        assertThat(at.tallies.sum(a)).isEqualTo(5);
    }

    private static void roll(Setting at, StreamId stream, Optional<Document> to) {
        at.currents().deleteOne(Filters.eq("_id", stream.toString()));
        to.ifPresent(document -> at.currents().insertOne(document));
    }

    private static Document current(Setting at, StreamId stream) {
        return requireNonNull(at.currents().find(Filters.eq("_id", stream.toString())).first());
    }

    private static void neverBack(Setting at) {
        StreamId a = stream("a");
        CurrentDocuments<State, Tally.Event> currents =
                new CurrentDocuments<>(
                        Tally.type(1), at.database(), new CommitReader(at.commits()));
        currents.write(a, new Folded<>(1, 0, new State.Draft("one", 0), 0, 1));
        currents.write(a, new Folded<>(1, 0, new State.Draft("one again", 0), 0, 1));
        assertThat(currents.read(a).state()).isEqualTo(new State.Draft("one", 0));
        currents.write(a, new Folded<>(2, 0, new State.Draft("two", 0), 1, 1));
        currents.write(a, new Folded<>(2, 0, new State.Draft("two again", 0), 1, 1));
        assertThat(currents.read(a).state()).isEqualTo(new State.Draft("two", 0));
        assertThat(currents.read(a).version()).isEqualTo(2);
        assertThat(currents.majorityVersions(List.of(a, stream("b")))).isEqualTo(Map.of(a, 2L));
    }

    private static void format(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        at.tallies.update(a, 1, "add", new Command.Add(5));
        at.currents()
                .updateOne(
                        Filters.eq("_id", a.toString()),
                        Updates.combine(
                                Updates.set("format", 0),
                                Updates.set("state", "{\"note\":\"n\",\"sum\":77}")));
        assertThat(at.tallies.sum(a)).isEqualTo(5);
        assertThat(at.tallies.update(a, 2, "add 2", new Command.Add(1))).isEqualTo(new Done(a, 3));
        assertThat(at.tallies.sum(a)).isEqualTo(6);
        assertThat(at.currents().find(Filters.eq("format", 1)).first()).isNotNull();
    }

    private static void unreadable(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        at.currents()
                .updateOne(Filters.eq("_id", a.toString()), Updates.set("state", "{\"no\":1}"));
        assertThat(at.tallies.update(a, 1, "add", new Command.Add(2))).isEqualTo(new Done(a, 2));
        assertThat(at.tallies.sum(a)).isEqualTo(2);
    }

    private static void pages(Setting at) {
        StreamId a = stream("a");
        at.tallies.create(a, "open", new Command.Open("n"));
        for (int version = 1; version < 25; version++) {
            at.tallies.update(a, version, "k" + version, new Command.Add(1));
        }
        at.tallies.create(stream("b"), "open", new Command.Open("n"));
        List<Long> seen = new ArrayList<>();
        List<Commit> page = at.store.commits().page(a, 0, 10);
        while (!page.isEmpty()) {
            page.forEach(commit -> seen.add(commit.from()));
            page = at.store.commits().page(a, page.getLast().to(), 10);
        }
        assertThat(seen).isEqualTo(Stream.iterate(1L, n -> n + 1).limit(25).toList());
        assertThat(at.store.commits().endingAt(a, 12).orElseThrow().from()).isEqualTo(12);
        assertThat(at.store.commits().endingAt(a, 26)).isEmpty();
    }

    private static void together(Setting at) {
        CommitLog log = new CommitLog(at.database());
        Commit there = Fixture.opened("there", "k1");
        assertThat(log.append(there)).isTrue();
        List<Commit> commits =
                List.of(
                        Fixture.opened("there", "k2"),
                        Fixture.opened("a", "k1"),
                        Fixture.opened("a", "k2"),
                        there,
                        Fixture.opened("b", "k1"));
        assertThat(log.appendAll(commits))
                .containsExactly(
                        Appended.TAKEN,
                        Appended.DONE,
                        Appended.TAKEN,
                        Appended.TAKEN,
                        Appended.DONE);
        for (Commit first : List.of(there, commits.get(1), commits.get(4))) {
            assertThat(log.reader().page(first.stream(), 0, 10))
                    .singleElement()
                    .returns(first.commandId(), Commit::commandId);
        }
    }

    private static void pending(Setting at) {
        CommitLog log = new CommitLog(at.database());
        List<Commit> made = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Commit commit = Fixture.opened("s" + i, "k");
            assertThat(log.append(commit)).isTrue();
            made.add(commit);
        }
        log.clearPending(made.subList(0, 10));
        List<String> expected = made.subList(10, 30).stream().map(Commit::id).sorted().toList();
        List<String> found = new ArrayList<>();
        List<Commit> page = log.reader().pending("other/", 7);
        while (!page.isEmpty()) {
            page.forEach(commit -> found.add(commit.id()));
            page = log.reader().pending(page.getLast().id(), 7);
        }
        assertThat(found).isEqualTo(expected);
        assertThat(log.append(made.getFirst())).isFalse();
    }

    private static void lists(Setting at) {
        at.tallies.create(stream("a"), "k", new Command.Open("n"));
        at.tallies.create(stream("b"), "k", new Command.Open("n"));
        at.tallies.update(stream("b"), 1, "k2", new Command.Add(41));
        List<StreamId> found = new ArrayList<>();
        for (Document document : at.tallies.handler().currents().find(Filters.gte("s.sum", 10L))) {
            found.add(at.tallies.handler().read(document).stream());
        }
        assertThat(found).containsExactly(stream("b"));
    }
}
