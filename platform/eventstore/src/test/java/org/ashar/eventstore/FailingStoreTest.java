package org.ashar.eventstore;

import static org.ashar.eventstore.Fixture.ANYONE;
import static org.ashar.eventstore.Fixture.meta;
import static org.ashar.eventstore.Fixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ashar.eventstore.CommitLog.Appended;
import org.ashar.eventstore.Outcome.Done;
import org.ashar.eventstore.Tally.Command;
import org.ashar.eventstore.Tally.State;
import org.ashar.kernel.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailingStoreTest {

    private static final StreamId A = stream("a");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FailingBackend backend = new FailingBackend();
    private final Fixture.Server server = Fixture.Server.inMemory(backend);
    private final MongoDatabase database = server.database();
    private final ScriptedBroker broker = new ScriptedBroker();
    private final EventStore store = Fixture.open(database, broker);
    private final CommandHandler<Command, State, Tally.Event> tallies =
            store.handler(Tally.type(1));

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void an_answer_lost_between_store_and_service_is_unknown_and_found_again() {
        backend.loseAnswer((command, collection) -> isCommit(command, collection));
        assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class);
        backend.loseAnswer((command, collection) -> false);
        assertThat(open()).isEqualTo(new Done(A, 1));
        assertThat(store.commits().page(A, 0, 10)).hasSize(1);
        await().atMost(PATIENCE).until(() -> pending() == 0);
    }

    @Test
    void a_commit_the_store_refuses_has_no_effect() {
        backend.refuse((command, collection) -> isCommit(command, collection));
        assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class);
        backend.refuse((command, collection) -> false);
        assertThat(tallies.load(A)).isEmpty();
        assertThat(open()).isEqualTo(new Done(A, 1));
    }

    @Test
    void a_commit_that_no_majority_has_is_unknown_and_found_again() {
        backend.leaveAlone((command, collection) -> isCommit(command, collection));
        assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class);
        backend.leaveAlone((command, collection) -> false);
        assertThat(open()).isEqualTo(new Done(A, 1));
        assertThat(store.commits().page(A, 0, 10)).hasSize(1);
    }

    @Test
    void a_commit_that_the_store_refuses_takes_no_other_with_it() {
        CommitLog log = new CommitLog(database);
        Commit good = Fixture.opened("good", "k");
        Commit bad = Fixture.opened("bad", "k");
        Commit another = Fixture.opened("another", "k");
        backend.reject(document -> bad.id().equals(document.get("_id")));
        assertThat(log.appendAll(List.of(good, bad, another)))
                .containsExactly(Appended.DONE, Appended.FAILED, Appended.DONE);
        assertThatThrownBy(() -> log.append(bad)).isInstanceOf(StoreUnavailableException.class);
        assertThat(log.reader().page(bad.stream(), 0, 10)).isEmpty();
        assertThat(log.reader().page(another.stream(), 0, 10)).hasSize(1);
    }

    @Test
    void a_command_is_done_even_when_its_current_document_cannot_be_written() {
        backend.refuse(
                (command, collection) ->
                        collection.equals("current_tally") && !command.equals("find"));
        assertThat(open()).isEqualTo(new Done(A, 1));
        assertThat(add(1)).isEqualTo(new Done(A, 2));
        assertThat(tallies.load(A).orElseThrow().version()).isEqualTo(2);
        backend.refuse((command, collection) -> false);
        await().atMost(PATIENCE).until(() -> pending() == 0);
        assertThat(
                        database.getCollection("current_tally")
                                .find(Filters.eq("_id", A.toString()))
                                .first())
                .containsEntry("version", 2L);
    }

    @Test
    void a_duplicate_that_is_not_seen_yet_is_waited_for() throws Exception {
        open();
        backend.hide((command, collection) -> isRead(command, collection));
        CompletableFuture<Outcome> again = CompletableFuture.supplyAsync(this::open);
        await().during(Duration.ofMillis(300)).until(() -> !again.isDone());
        backend.hide((command, collection) -> false);
        assertThat(again.get(10, TimeUnit.SECONDS)).isEqualTo(new Done(A, 1));
    }

    @Test
    void a_duplicate_that_is_never_seen_ends_as_unavailable() {
        open();
        backend.hide((command, collection) -> isRead(command, collection));
        long start = System.nanoTime();
        assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
    }

    @Test
    void the_relay_outlives_a_store_that_fails() {
        backend.refuse((command, collection) -> command.equals("update"));
        open();
        tallies.update(A, 1, meta("publish"), ANYONE, new Command.Publish());
        await().atMost(PATIENCE).until(() -> store.relay().status().failingSince() != null);
        backend.refuse((command, collection) -> false);
        await().atMost(PATIENCE).until(() -> pending() == 0);
        // Acknowledged once; what failed was only to take note of it.
        assertThat(broker.log()).hasSize(1);
    }

    private Outcome open() {
        return tallies.create(A, meta("open"), ANYONE, new Command.Open("n"));
    }

    private Outcome add(long version) {
        return tallies.update(A, version, meta("add" + version), ANYONE, new Command.Add(1));
    }

    private long pending() {
        return database.getCollection("commits").countDocuments(Filters.exists("pending"));
    }

    private static boolean isCommit(String command, String collection) {
        return command.equals("insert") && collection.equals("commits");
    }

    private static boolean isRead(String command, String collection) {
        return command.equals("find") && collection.equals("commits");
    }
}
