package org.ashar.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConvoyTest {

    private final List<List<Integer>> trips = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        firstMayEnd.countDown();
        threads.shutdownNow();
    }

    @Test
    void one_alone_goes_at_once() {
        Convoy<Integer, String> convoy = new Convoy<>(this::doubled);
        assertThat(convoy.take(1)).isEqualTo("2");
        assertThat(convoy.take(2)).isEqualTo("4");
        assertThat(trips).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void those_who_come_while_one_is_under_way_share_the_next_trip() throws Exception {
        Convoy<Integer, String> convoy = new Convoy<>(this::heldUpThenDoubled);
        List<Future<String>> answers = underWay(convoy, 20);
        firstMayEnd.countDown();
        for (int i = 0; i <= 20; i++) {
            assertThat(answers.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(Integer.toString(2 * i));
        }
        assertThat(trips).hasSize(2);
        assertThat(trips.getLast())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void a_trip_takes_a_bounded_number_and_nobody_is_left_behind() throws Exception {
        Convoy<Integer, String> convoy = new Convoy<>(this::heldUpThenDoubled);
        List<Future<String>> answers = underWay(convoy, 200);
        firstMayEnd.countDown();
        for (Future<String> answer : answers) {
            answer.get(10, TimeUnit.SECONDS);
        }
        assertThat(trips).allMatch(trip -> trip.size() <= 64);
        assertThat(trips.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(201);
    }

    @Test
    void what_a_trip_throws_all_on_it_see_and_the_next_goes_on() throws Exception {
        Convoy<Integer, String> convoy =
                new Convoy<>(
                        items -> {
                            List<String> answers = heldUpThenDoubled(items);
                            if (items.contains(2)) {
                                throw new StoreUnavailableException("no store");
                            }
                            return answers;
                        });
        List<Future<String>> answers = underWay(convoy, 2);
        firstMayEnd.countDown();
        assertThat(answers.getFirst().get(10, TimeUnit.SECONDS)).isEqualTo("0");
        for (Future<String> lost : answers.subList(1, 3)) {
            assertThatThrownBy(() -> lost.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreUnavailableException.class);
        }
        assertThat(convoy.take(5)).isEqualTo("10");
    }

    @Test
    void damage_is_told_to_who_went_alone_and_not_to_those_who_went_with_others() throws Exception {
        StoreUnavailableException damage =
                new StoreUnavailableException("damaged", new MongoException(309, "a block"));
        Convoy<Integer, String> convoy =
                new Convoy<>(
                        items -> {
                            heldUpThenDoubled(items);
                            throw damage;
                        });
        List<Future<String>> answers = underWay(convoy, 2);
        firstMayEnd.countDown();
        assertThat(damageOf(answers.getFirst())).isTrue();
        assertThat(damageOf(answers.get(1))).isFalse();
        assertThat(damageOf(answers.get(2))).isFalse();
    }

    private static boolean damageOf(Future<String> answer) throws Exception {
        try {
            throw new AssertionError("answered " + answer.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause() instanceof StoreUnavailableException why && why.isDamage();
        }
    }

    @Test
    void a_fault_of_ours_does_not_pass_for_a_store_that_is_away() {
        Convoy<Integer, String> convoy =
                new Convoy<>(
                        items -> {
                            throw new IllegalArgumentException("a fault");
                        });
        assertThatThrownBy(() -> convoy.take(1))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a fault");
    }

    @Test
    void not_even_an_error_stops_those_who_come_after() {
        AtomicInteger trip = new AtomicInteger();
        Convoy<Integer, String> convoy =
                new Convoy<>(
                        items -> {
                            if (trip.getAndIncrement() == 0) {
                                throw new AssertionError("out of something");
                            }
                            return doubled(items);
                        });
        assertThatThrownBy(() -> convoy.take(1)).isInstanceOf(AssertionError.class);
        assertThat(convoy.take(2)).isEqualTo("4");
    }

    @Test
    void who_finds_no_place_in_time_leaves_and_goes_on_no_trip() throws Exception {
        Convoy<Integer, String> convoy = new Convoy<>(this::heldUpThenDoubled);
        List<Future<String>> answers = underWay(convoy, 1);
        assertThatThrownBy(() -> answers.get(1).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
        firstMayEnd.countDown();
        assertThat(answers.getFirst().get(10, TimeUnit.SECONDS)).isEqualTo("0");
        assertThat(convoy.take(2)).isEqualTo("4");
        assertThat(trips).containsExactly(List.of(0), List.of(2));
    }

    @Test
    void an_interrupt_changes_nothing_and_is_kept() throws Exception {
        Convoy<Integer, String> convoy = new Convoy<>(this::heldUpThenDoubled);
        underWay(convoy, 0);
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Thread waiting =
                Thread.startVirtualThread(
                        () -> {
                            String answer = convoy.take(1);
                            kept.complete(
                                    answer.equals("2") && Thread.currentThread().isInterrupted());
                        });
        await().until(() -> convoy.waiting() == 1);
        waiting.interrupt();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        firstMayEnd.countDown();
        assertThat(kept.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void under_many_threads_each_gets_its_own_answer_and_goes_once() throws Exception {
        Convoy<Integer, String> convoy = new Convoy<>(this::doubled);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int item = i;
            answers.add(threads.submit(() -> convoy.take(item)));
        }
        for (int i = 0; i < 5_000; i++) {
            assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(Integer.toString(2 * i));
        }
        assertThat(trips.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(5_000);
    }

    /** Item 0, whose trip is held up, and then {@code more} who wait behind it. */
    private List<Future<String>> underWay(Convoy<Integer, String> convoy, int more)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<String>> answers = new ArrayList<>();
        answers.add(threads.submit(() -> convoy.take(0)));
        await().until(() -> trips.size() == 1);
        for (int i = 1; i <= more; i++) {
            int item = i;
            answers.add(threads.submit(() -> convoy.take(item)));
        }
        await().until(() -> convoy.waiting() == more);
        return answers;
    }

    private List<String> doubled(List<Integer> items) {
        trips.add(items);
        return items.stream().map(item -> Integer.toString(2 * item)).toList();
    }

    private List<String> heldUpThenDoubled(List<Integer> items) {
        List<String> answers = doubled(items);
        if (items.contains(0)) {
            try {
                if (!firstMayEnd.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("held up for ever");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return answers;
    }
}
