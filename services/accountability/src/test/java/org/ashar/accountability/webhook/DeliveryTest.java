package org.ashar.accountability.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ashar.accountability.ledger.LedgerStand;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.Receiver.Received;
import org.ashar.accountability.webhook.SigningKey.Kind;
import org.ashar.accountability.webhook.SubscriptionState.Active;
import org.ashar.accountability.webhook.SubscriptionState.Disabled;
import org.ashar.accountability.webhook.SubscriptionState.DisabledBy;
import org.ashar.accountability.webhook.SubscriptionState.Failing;
import org.ashar.accountability.webhook.SubscriptionState.Paused;
import org.ashar.accountability.webhook.SubscriptionState.PausedBy;
import org.ashar.accountability.webhook.Subscriptions.Wish;
import org.ashar.eventstore.Outcome;
import org.ashar.kernel.Checked;
import org.junit.jupiter.api.Test;

/** Deliveries over real HTTP, from a real log on a store over the wire. */
class DeliveryTest extends DeliveryStand {

    @Test
    void entries_come_in_order_with_their_very_bytes_signed() throws Exception {
        log.append(3);
        String id = instance.subscribe(receiver.url());
        log.append(30);
        awaitAll(33);
        assertThat(receiver.received()).as("each once").hasSize(33);
        String secret = secretMadeBy(id);
        for (Received one : receiver.received()) {
            assertThat(one.body()).isEqualTo(new String(log.ledger().entry(one.index()), UTF_8));
            assertThat(one.header("Content-Type")).isEqualTo("application/cloudevents+json");
            assertThat(one.header("webhook-id")).matches("[a-z2-7]{26}_" + one.index());
            assertThat(one.header("webhook-signature")).isEqualTo(hmac(secret, one));
            assertThat(Long.parseLong(one.header("webhook-timestamp")))
                    .isCloseTo(Instant.now().getEpochSecond(), within(60L));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(instance.read(id).progress().next()).isEqualTo(33));
        assertThat(instance.subscriptions().deliveries(id))
                .hasSize(33)
                .allMatch(
                        one ->
                                one.outcome().equals("delivered")
                                        && Objects.equals(one.status(), 204))
                .extracting(Delivery::index)
                .containsExactlyElementsOf(
                        LongStream.range(0, 33).map(i -> 32 - i).boxed().toList());
    }

    @Test
    void ed25519_deliveries_verify_with_the_public_key() throws Exception {
        log.append(2);
        String id = instance.subscribe(receiver.url(), Instance.ANY, 0L, Kind.ED25519);
        awaitAll(2);
        String publicKey = Objects.requireNonNull(instance.read(id).keys().current().publicKey());
        for (Received one : receiver.received()) {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(
                                    new X509EncodedKeySpec(
                                            HexFormat.of()
                                                    .parseHex(
                                                            "302a300506032b6570032100"
                                                                    + HexFormat.of()
                                                                            .formatHex(
                                                                                    decoded(
                                                                                            "whpk_",
                                                                                            publicKey))))));
            signature.update(signed(one));
            assertThat(signature.verify(decoded("v1a,", one.header("webhook-signature")))).isTrue();
        }
    }

    @Test
    void a_receiver_that_fails_for_a_while_loses_nothing_and_keeps_the_order() {
        AtomicInteger calls = new AtomicInteger();
        receiver.answers(
                exchange ->
                        exchange.sendResponseHeaders(
                                calls.incrementAndGet() % 4 == 0 ? 200 : 500, -1));
        log.append(6);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.read(id).state() instanceof Failing);
        await().atMost(SOON).until(() -> instance.read(id).progress().next() == 6);
        assertThat(receiver.indexes()).isEqualTo(upTo(6));
        assertThat(receiver.received().stream().map(Received::index).sorted().toList())
                .as("what failed came again before what follows it")
                .isEqualTo(receiver.received().stream().map(Received::index).toList());
        assertThat(receiver.received().stream().map(one -> one.header("webhook-id")).distinct())
                .as("an event keeps its id however often it is sent")
                .hasSize(6);
        assertThat(instance.read(id).state()).isInstanceOf(Active.class);
    }

    @Test
    void what_a_killed_sender_left_another_one_delivers() {
        receiver.answers(Receiver.status(503));
        log.append(20);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> receiver.received().size() > 1);
        instance.kill();
        receiver.answers(Receiver.FINE);
        Instance next = start(Instance.SETTINGS);
        try {
            log.append(20);
            awaitAll(40);
            await().atMost(SOON).until(() -> next.read(id).progress().next() == 40);
        } finally {
            next.close();
        }
    }

    @Test
    void of_two_processes_one_delivers_and_the_other_takes_over() {
        try (Instance other = start(Instance.SETTINGS)) {
            log.append(50);
            instance.subscribe(receiver.url());
            awaitAll(50);
            assertThat(receiver.received()).as("each once").hasSize(50);
            assertThat(instance.running() + other.running()).isEqualTo(1);
            (instance.running() == 1 ? instance : other).close();
            log.append(50);
            awaitAll(100);
            assertThat(receiver.received()).hasSize(100);
        }
    }

    @Test
    void an_event_keeps_its_id_when_another_log_goes_on() {
        log.append(2);
        String id = instance.subscribe(receiver.url());
        awaitAll(2);
        instance.close();
        LedgerStand next = log.succeeded();
        assertThat(next.ledger().key()).isNotEqualTo(log.ledger().key());
        try (Instance after =
                new Instance(embedded.uri(), database, next.ledger(), Instance.SETTINGS, clock)) {
            after.subscriptions().resume(id, 1, after.command(), 0L);
            after.start();
            await().atMost(SOON).until(() -> receiver.received().size() == 4);
        }
        assertThat(receiver.received().stream().map(one -> one.header("webhook-id")).distinct())
                .hasSize(2);
    }

    @Test
    void a_process_whose_log_was_succeeded_leaves_deliveries_to_those_that_go_on() {
        log.append(1);
        instance.subscribe(receiver.url());
        awaitAll(1);
        LedgerStand next = log.succeeded();
        try (Instance after =
                new Instance(embedded.uri(), database, next.ledger(), Instance.SETTINGS, clock)) {
            after.start();
            next.append(1);
            awaitAll(2);
            assertThat(after.running()).isEqualTo(1);
            assertThat(instance.running()).isZero();
        }
    }

    @Test
    void a_slow_receiver_is_given_up_for_now_and_holds_nobody_up() throws Exception {
        receiver.answers(receiver.silent(60));
        try (Receiver quick = new Receiver()) {
            log.append(1);
            String slow = instance.subscribe(receiver.url());
            instance.subscribe(quick.url());
            await().atMost(SOON).until(() -> quick.indexes().equals(upTo(1)));
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(instance.subscriptions().deliveries(slow))
                                            .extracting(Delivery::outcome)
                                            .contains("timeout"));
            receiver.answers(Receiver.FINE);
            await().atMost(SOON).until(() -> instance.read(slow).progress().next() == 1);
        }
    }

    @Test
    void an_answer_without_end_is_cut_off() {
        receiver.answers(receiver.endless(200));
        log.append(3);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.read(id).progress().next() == 3);
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void who_is_gone_is_called_no_more() {
        receiver.answers(Receiver.status(410));
        log.append(2);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.read(id).state() instanceof Disabled);
        log.append(2);
        assertThat(((Disabled) instance.read(id).state()).by()).isEqualTo(DisabledBy.RECEIVER);
        await().during(Duration.ofSeconds(1)).until(() -> receiver.received().size() == 1);
        assertThat(instance.subscriptions().resume(id, 2, instance.command(), 0L))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_redirect_is_a_failure_and_is_not_followed() throws Exception {
        try (Receiver inner = new Receiver()) {
            receiver.answers(
                    exchange -> {
                        exchange.getResponseHeaders().add("Location", inner.url());
                        exchange.sendResponseHeaders(307, -1);
                    });
            log.append(1);
            String id = instance.subscribe(receiver.url());
            await().atMost(SOON).until(() -> receiver.received().size() > 2);
            assertThat(inner.received()).isEmpty();
            assertThat(instance.subscriptions().deliveries(id))
                    .allMatch(
                            one ->
                                    one.outcome().equals("status")
                                            && Objects.equals(one.status(), 307));
        }
    }

    @Test
    void what_failed_for_too_long_is_paused_and_goes_on_from_any_index() {
        instance.close();
        WebhookSettings impatient =
                new WebhookSettings(
                        true,
                        5,
                        50,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(300),
                        Duration.ofMillis(50),
                        Duration.ofMillis(1));
        instance = start(impatient);
        log.append(4);
        String id = instance.subscribe(receiver.url(), Instance.ANY, 2L, Kind.HMAC);
        await().atMost(SOON).until(() -> receiver.indexes().equals(List.of(2L, 3L)));
        receiver.answers(Receiver.status(500));
        log.append(1);
        await().atMost(SOON).until(() -> instance.read(id).state() instanceof Paused);
        Subscription paused = instance.read(id);
        assertThat(((Paused) paused.state()).by()).isEqualTo(PausedBy.FAILURES);
        assertThat(paused.progress().next()).isEqualTo(4);
        receiver.answers(Receiver.FINE);
        receiver.received().clear();
        assertThat(instance.subscriptions().resume(id, paused.version(), instance.command(), 0L))
                .isInstanceOf(Outcome.Done.class);
        awaitAll(5);
    }

    @Test
    void pausing_ends_deliveries_and_resuming_goes_on_where_they_ended() {
        log.append(2);
        String id = instance.subscribe(receiver.url());
        awaitAll(2);
        instance.subscriptions().pause(id, 1, instance.command());
        log.append(2);
        await().during(Duration.ofMillis(1500)).until(() -> receiver.received().size() == 2);
        instance.subscriptions().resume(id, 2, instance.command(), null);
        awaitAll(4);
        assertThat(receiver.received()).hasSize(4);
    }

    @Test
    void only_what_is_selected_is_delivered() {
        log.append("{\"place\":{\"scheme\":\"soate\",\"code\":\"1\"}}");
        log.append("{\"place\":{\"scheme\":\"soate\",\"code\":\"2\"}}");
        log.append("{\"place\":{\"scheme\":\"soate\",\"code\":\"1\"}}");
        instance.subscribe(
                receiver.url(),
                new Selection(null, "soate/1", null, null, null, null),
                0L,
                Kind.HMAC);
        await().atMost(SOON).until(() -> receiver.indexes().equals(List.of(0L, 2L)));
        log.append(1);
        log.append("{\"place\":{\"scheme\":\"soate\",\"code\":\"1\"}}");
        await().atMost(SOON).until(() -> receiver.indexes().equals(List.of(0L, 2L, 4L)));
    }

    @Test
    void nobody_hears_of_what_no_published_checkpoint_covers() {
        log.append(1);
        instance.subscribe(receiver.url());
        awaitAll(1);
        log.appendUnpublished("{}");
        await().during(Duration.ofMillis(1500)).until(() -> receiver.received().size() == 1);
        log.publish();
        awaitAll(2);
    }

    @Test
    void after_a_rotation_both_keys_sign_for_a_while() throws Exception {
        log.append(1);
        String id = instance.subscribe(receiver.url());
        awaitAll(1);
        String old = secretMadeBy(id);
        instance.subscriptions()
                .rotate(id, 1, instance.command("rotate"), null, Duration.ofHours(24));
        String young =
                Objects.requireNonNull(
                        instance.subscriptions().keyMadeBy(id, "rotate").orThrow().secret());
        log.append(1);
        awaitAll(2);
        Received both = receiver.received().get(1);
        assertThat(both.header("webhook-signature"))
                .isEqualTo(hmac(young, both) + " " + hmac(old, both));
        clock.move(Duration.ofHours(24));
        log.append(1);
        awaitAll(3);
        Received one = receiver.received().get(2);
        assertThat(one.header("webhook-signature")).isEqualTo(hmac(young, one));
        await().atMost(SOON).until(() -> instance.read(id).keys().previous() == null);
    }

    @Test
    void after_a_change_of_the_installations_secret_a_rotation_helps_at_once() throws Exception {
        String id = instance.subscribe(receiver.url());
        String made = instance.read(id).keys().current().madeBy();
        instance.close();
        instance =
                new Instance(
                                embedded.uri(),
                                database,
                                log.ledger(),
                                Instance.SETTINGS,
                                clock,
                                "another secret, of no less than 32 bytes")
                        .start();
        Subscriptions subscriptions = instance.subscriptions();
        log.append(1);
        await().atMost(SOON).until(() -> instance.read(id).state() instanceof Failing);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(subscriptions.deliveries(id))
                                        .isNotEmpty()
                                        .allMatch(x -> x.outcome().equals("secret-unreadable")));
        assertThat(subscriptions.test(id).orElseThrow().outcome()).isEqualTo("secret-unreadable");
        assertThat(subscriptions.keyMadeBy(id, made))
                .isEqualTo(Checked.invalid("subscription.secret-unreadable"));
        assertThat(receiver.received()).as("nothing comes unsigned").isEmpty();
        subscriptions.rotate(
                id,
                instance.read(id).version(),
                instance.command("rotate"),
                null,
                Duration.ofHours(24));
        awaitAll(1);
        Received one = receiver.received().getFirst();
        assertThat(one.header("webhook-signature")).isEqualTo(hmac(secretMadeBy(id), one));
    }

    @Test
    void a_test_is_not_refused_for_what_is_delivered_meanwhile() {
        restart(testedEvery(Duration.ZERO));
        log.append(300);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON).until(() -> instance.read(id).progress().next() > 0);
        for (int i = 0; i < 40; i++) {
            assertThat(instance.subscriptions().test(id)).as("test %d", i).isPresent();
        }
    }

    @Test
    void a_test_waits_for_the_last_one_but_not_for_a_clock_that_jumped_back() {
        restart(testedEvery(Duration.ofHours(1)));
        String id = instance.subscribe(receiver.url());
        assertThat(instance.subscriptions().test(id)).isPresent();
        assertThat(instance.subscriptions().test(id)).isEmpty();
        clock.move(Duration.ofDays(-30));
        assertThat(instance.subscriptions().test(id)).isPresent();
    }

    @Test
    void a_test_is_delivered_signed_and_moves_nothing() throws Exception {
        String id = instance.subscribe(receiver.url());
        Delivery delivery = instance.subscriptions().test(id).orElseThrow();
        assertThat(delivery.outcome()).isEqualTo("delivered");
        Received one = receiver.received().getFirst();
        assertThat(one.header("webhook-signature")).isEqualTo(hmac(secretMadeBy(id), one));
        assertThat(one.body()).contains("org.ashar.accountability.webhook-tested.v1", id);
        assertThat(one.headers()).doesNotContainKey("ashar-ledger-index");
        assertThat(instance.read(id).progress().next()).isZero();
        assertThat(instance.subscriptions().deliveries(id)).containsExactly(delivery);
    }

    @Test
    void a_test_of_a_silent_receiver_is_over_before_the_public_door_gives_up() {
        restart(patient());
        receiver.answers(receiver.silent(60));
        String id = instance.subscribe(receiver.url());
        long start = System.nanoTime();
        assertThat(instance.subscriptions().test(id).orElseThrow().outcome()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void what_a_filter_passes_over_is_not_searched_again() {
        log.append(5);
        String id =
                instance.subscribe(
                        receiver.url(),
                        new Selection(null, "soate/1", null, null, null, null),
                        0L,
                        Kind.HMAC);
        await().atMost(SOON).until(() -> instance.read(id).progress().next() == 5);
        Subscription passed = instance.read(id);
        assertThat(passed.version()).as("it is no change that commands rest on").isEqualTo(1);
        log.append(1);
        await().during(Duration.ofSeconds(2))
                .until(() -> instance.read(id).progress().equals(passed.progress()));
        log.append("{\"place\":{\"scheme\":\"soate\",\"code\":\"1\"}}");
        await().atMost(SOON).until(() -> instance.read(id).progress().next() == 7);
        assertThat(receiver.indexes()).isEqualTo(List.of(6L));
    }

    @Test
    void an_error_does_not_end_deliveries_unseen() {
        instance.failNext(new StackOverflowError("of a test"));
        await().atMost(SOON).until(instance::hasFailed);
        log.append(1);
        instance.subscribe(receiver.url());
        awaitAll(1);
    }

    @Test
    void the_log_of_attempts_keeps_the_newest() {
        log.append(120);
        String id = instance.subscribe(receiver.url());
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(instance.subscriptions().deliveries(id))
                                        .hasSize(SubscriptionStore.KEPT_DELIVERIES)
                                        .extracting(Delivery::index)
                                        .containsExactlyElementsOf(
                                                LongStream.range(0, 100)
                                                        .map(i -> 119 - i)
                                                        .boxed()
                                                        .toList()));
    }

    @Test
    void a_command_given_again_has_its_first_answer_and_no_second_effect() {
        Subscriptions subscriptions = instance.subscriptions();
        Wish wish = new Wish(receiver.url(), Instance.ANY, null, Kind.HMAC);
        Outcome made = subscriptions.create(instance.command("make"), wish);
        String id = ((Outcome.Done) made).stream().id();
        Outcome paused = subscriptions.pause(id, 1, instance.command("pause"));
        assertThat(subscriptions.create(instance.command("make"), wish)).isEqualTo(made);
        assertThat(subscriptions.pause(id, 1, instance.command("pause"))).isEqualTo(paused);
        assertThat(subscriptions.create(instance.commandOf("make", "another"), wish))
                .as("who left an organisation learns nothing of its secrets")
                .isEqualTo(new Outcome.KeyReused());
        assertThat(subscriptions.pause(id, 1, instance.command("late")))
                .isEqualTo(new Outcome.Stale(2));
        assertThat(instance.read(id).version()).isEqualTo(2);
    }

    @Test
    void what_was_made_by_a_command_that_is_forgotten_is_answered_as_made() {
        Subscriptions subscriptions = instance.subscriptions();
        Wish wish = new Wish(receiver.url(), Instance.ANY, null, Kind.HMAC);
        Outcome made = subscriptions.create(instance.command("make"), wish);
        client.getDatabase(database)
                .getCollection("subscriptions")
                .updateMany(Filters.empty(), Updates.set("given", List.of()));
        assertThat(subscriptions.create(instance.command("make"), wish)).isEqualTo(made);
    }

    @Test
    void where_there_is_no_room_for_more_none_is_made_and_the_oldest_disabled_are_forgotten() {
        instance.close();
        WebhookSettings narrow =
                new WebhookSettings(
                        true,
                        5,
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(50),
                        Duration.ofMillis(1));
        instance = start(narrow);
        String first = instance.subscribe(receiver.url());
        Wish wish = new Wish(receiver.url(), Instance.ANY, null, Kind.HMAC);
        Outcome.Refused refused =
                (Outcome.Refused)
                        instance.subscriptions()
                                .create(instance.commandOf("more", "another"), wish);
        assertThat(refused.refusal().code()).isEqualTo("subscription.no-room");
        String last = first;
        for (int i = 0; i <= 20; i++) {
            instance.subscriptions().disable(last, 1, instance.command());
            last = instance.subscribe(receiver.url());
        }
        assertThat(instance.subscriptions().find(first)).as("disabled first").isEmpty();
        assertThat(instance.subscriptions().of(List.of("watch"), null, 100)).hasSize(21);
    }

    /** Who has as long for a delivery as outside of tests. */
    private static WebhookSettings patient() {
        WebhookSettings usual = Instance.SETTINGS;
        return new WebhookSettings(
                true,
                usual.mostOfOrganisation(),
                usual.mostInAll(),
                Duration.ofSeconds(15),
                usual.firstRetry(),
                usual.longestRetry(),
                usual.patience(),
                usual.breakFor(),
                usual.betweenTests());
    }

    private static WebhookSettings testedEvery(Duration betweenTests) {
        WebhookSettings usual = Instance.SETTINGS;
        return new WebhookSettings(
                true,
                usual.mostOfOrganisation(),
                usual.mostInAll(),
                usual.within(),
                usual.firstRetry(),
                usual.longestRetry(),
                usual.patience(),
                usual.breakFor(),
                betweenTests);
    }

    private String secretMadeBy(String id) {
        String command = instance.read(id).keys().current().madeBy();
        return Objects.requireNonNull(
                instance.subscriptions().keyMadeBy(id, command).orThrow().secret());
    }

    /** By the JDK alone, as a receiver would. */
    private static String hmac(String secret, Received one) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(decoded("whsec_", secret), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed(one)));
    }

    private static byte[] signed(Received one) {
        return (one.header("webhook-id") + "." + one.header("webhook-timestamp") + "." + one.body())
                .getBytes(UTF_8);
    }

    private static byte[] decoded(String prefix, String text) {
        assertThat(text).startsWith(prefix);
        return Base64.getDecoder().decode(text.substring(prefix.length()));
    }
}
