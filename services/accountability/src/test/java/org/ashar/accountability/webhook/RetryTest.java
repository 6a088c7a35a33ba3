package org.ashar.accountability.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ashar.accountability.webhook.Receiver.Received;
import org.ashar.accountability.webhook.SubscriptionState.Failing;
import org.junit.jupiter.api.Test;

/** What is tried again, and when: over real HTTP, from a real log on a store over the wire. */
class RetryTest extends DeliveryStand {

    private static final Duration MOMENT = Duration.ofMillis(1);

    @Test
    void without_a_store_the_wait_grows_beyond_a_second_and_ends_with_a_stop() {
        restart(retrying(Duration.ofSeconds(2), Duration.ofMinutes(1), MOMENT));
        instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.running() == 1);
        instance.failLoops();
        log.append(1);
        List<Long> faults = instance.faultsOfLoops();
        await().atMost(SOON).until(() -> faults.size() == 3);
        assertThat(Duration.ofNanos(faults.get(2) - faults.get(1)))
                .as("4 s, or half as much")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        long start = System.nanoTime();
        instance.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("of a wait of at least 4 s")
                .isLessThan(Duration.ofSeconds(3));
        assertThat(faults).hasSize(3);
    }

    @Test
    void each_failure_doubles_the_wait_for_the_next_attempt() {
        restart(retrying(Duration.ofMillis(100), Duration.ofMinutes(10), MOMENT));
        receiver.answers(Receiver.status(500));
        log.append(1);
        instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> receiver.received().size() > 5);
        Duration shortest = Duration.ofMillis(50);
        for (Duration gap : receiver.gaps()) {
            assertThat(gap).isGreaterThanOrEqualTo(shortest);
            shortest = shortest.multipliedBy(2);
        }
    }

    @Test
    void of_many_that_fail_together_each_waits_for_a_time_of_its_own() {
        restart(retrying(Duration.ofMinutes(1), Duration.ofHours(1), MOMENT));
        receiver.answers(Receiver.status(500));
        log.append(1);
        List<String> ids =
                Stream.generate(() -> instance.subscribe(receiver.url())).limit(12).toList();
        await().atMost(SOON)
                .until(
                        () ->
                                ids.stream()
                                        .allMatch(
                                                id ->
                                                        instance.read(id).state()
                                                                instanceof Failing));
        List<Duration> waits = ids.stream().map(id -> firstWait(instance.read(id))).toList();
        assertThat(waits)
                .allMatch(wait -> wait.toSeconds() >= 30 && wait.toSeconds() <= 90, "around 1 min");
        assertThat(waits.stream().distinct().count()).isGreaterThan(6);
    }

    private static Duration firstWait(Subscription failing) {
        return Duration.between(
                failing.state().since(), Objects.requireNonNull(failing.progress().notBefore()));
    }

    @Test
    void who_keeps_failing_is_left_alone_for_a_while_and_nobody_else_is() throws Exception {
        Duration breakFor = Duration.ofSeconds(5);
        restart(retrying(Duration.ofMillis(10), Duration.ofMillis(10), breakFor));
        receiver.answers(Receiver.status(500));
        log.append(1);
        try (Receiver other = new Receiver()) {
            instance.subscribe(other.url());
            await().atMost(SOON).until(() -> other.indexes().equals(upTo(1)));
            instance.subscribe(receiver.url());
            await().atMost(SOON).until(() -> receiver.received().size() >= 5);
            log.append(20);
            await().atMost(breakFor.minusSeconds(1)).until(() -> other.indexes().equals(upTo(21)));
            assertThat(receiver.received()).hasSize(5);
        }
        await().atMost(SOON).until(() -> receiver.received().size() > 5);
        assertThat(receiver.gaps().get(4)).isGreaterThanOrEqualTo(breakFor);
    }

    @Test
    void a_receiver_that_is_killed_and_comes_back_gets_everything_in_order() throws Exception {
        log.append(200);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> receiver.received().size() > 10);
        receiver.kill();
        await().atMost(SOON)
                .until(
                        () ->
                                instance.subscriptions().deliveries(id).stream()
                                                .filter(x -> x.outcome().equals("no-connection"))
                                                .count()
                                        > 3);
        long left = instance.read(id).progress().next();
        assertThat(left).as("it was killed before it had all").isLessThan(200);
        log.append(20);
        receiver.comeBack();
        awaitAll(220);
        assertThat(receiver.received().stream().map(Received::index))
                .as("nothing came before what it follows")
                .isSorted();
        await().atMost(SOON).until(() -> instance.read(id).progress().next() == 220);
    }

    @Test
    void a_clock_that_jumps_ahead_pauses_nobody_who_was_hardly_tried() {
        receiver.answers(Receiver.status(500));
        log.append(1);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.read(id).state() instanceof Failing);
        clock.move(Duration.ofDays(30));
        int before = instance.read(id).progress().failures();
        await().atMost(SOON).until(() -> instance.read(id).progress().failures() > before + 5);
        assertThat(instance.read(id).state()).isInstanceOf(Failing.class);
    }

    @Test
    void a_clock_that_jumps_back_holds_nothing_up() {
        restart(retrying(Duration.ofMinutes(1), Duration.ofHours(1), MOMENT));
        receiver.answers(Receiver.status(500));
        log.append(1);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.read(id).state() instanceof Failing);
        receiver.answers(Receiver.FINE);
        await().during(Duration.ofSeconds(1)).until(() -> receiver.received().size() == 1);
        clock.move(Duration.ofDays(-30));
        await().atMost(SOON).until(() -> instance.read(id).progress().next() == 1);
    }

    private static WebhookSettings retrying(Duration first, Duration longest, Duration breakFor) {
        WebhookSettings usual = Instance.SETTINGS;
        return new WebhookSettings(
                true,
                20,
                usual.mostInAll(),
                usual.within(),
                first,
                longest,
                Duration.ofDays(3),
                breakFor,
                usual.betweenTests());
    }
}
