package org.ashar.accountability.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.SigningKey.Kind;
import org.ashar.accountability.webhook.Subscription.Command;
import org.ashar.accountability.webhook.Subscription.Decision;
import org.ashar.accountability.webhook.Subscription.Keys;
import org.ashar.accountability.webhook.Subscription.Progress;
import org.ashar.accountability.webhook.Subscription.StoredKey;
import org.ashar.accountability.webhook.SubscriptionState.Active;
import org.ashar.accountability.webhook.SubscriptionState.Disabled;
import org.ashar.accountability.webhook.SubscriptionState.DisabledBy;
import org.ashar.accountability.webhook.SubscriptionState.Failing;
import org.ashar.accountability.webhook.SubscriptionState.Paused;
import org.ashar.accountability.webhook.SubscriptionState.PausedBy;
import org.ashar.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.StandardEnvironment;

class SubscriptionTest {

    private static final Instant T0 = Instant.parse("2026-05-04T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofDays(3);
    private static final StoredKey KEY = new StoredKey(Kind.HMAC, "sealed", null, "made");
    private static final StoredKey OTHER = new StoredKey(Kind.ED25519, "other", "whpk_", "rotated");

    static Stream<SubscriptionState> states() {
        return Stream.of(
                new Active(T0),
                new Failing(T0),
                new Paused(T0, PausedBy.OWNER),
                new Paused(T0, PausedBy.FAILURES),
                new Disabled(T0, DisabledBy.OWNER),
                new Disabled(T0, DisabledBy.RECEIVER));
    }

    private static Subscription in(SubscriptionState state) {
        return new Subscription(
                "a".repeat(26),
                7,
                "watch",
                "https://example.org/",
                new Selection("t", "p", "c", "pl", "s", "o"),
                T0,
                state,
                new Keys(KEY, null, null),
                new Progress(40, 90, 3, T0, T0),
                List.of());
    }

    private static Optional<Subscription> after(SubscriptionState state, Command command) {
        return in(state).decide(command, T0.plusSeconds(1)) instanceof Decision.Made(var next)
                ? Optional.of(next)
                : Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_state_is_stored_and_read_as_it_is(SubscriptionState state) {
        Subscription written = in(state).by("command", "fingerprint").by("another", "fingerprint");
        assertThat(SubscriptionEncoding.subscription(SubscriptionEncoding.document(written)))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("states")
    void what_is_disabled_stays_so_and_all_else_can_be(SubscriptionState state) {
        Optional<Subscription> after = after(state, new Command.Disable());
        if (state instanceof Disabled) {
            assertThat(after).isEmpty();
            assertThat(after(state, new Command.Resume(0L))).isEmpty();
            assertThat(after(state, new Command.Rotate(OTHER, Duration.ZERO))).isEmpty();
        } else {
            assertThat(after.orElseThrow().state())
                    .isEqualTo(new Disabled(T0.plusSeconds(1), DisabledBy.OWNER));
            assertThat(after.orElseThrow().version()).isEqualTo(8);
        }
    }

    @Test
    void resuming_tries_at_once_and_moves_only_where_asked() {
        for (SubscriptionState state :
                List.of(new Paused(T0, PausedBy.FAILURES), new Failing(T0))) {
            assertThat(after(state, new Command.Resume(null)).orElseThrow().progress())
                    .isEqualTo(new Progress(40, 90, 0, null, T0));
        }
        assertThat(after(new Active(T0), new Command.Resume(null))).isEmpty();
        assertThat(after(new Active(T0), new Command.Resume(2L)).orElseThrow().progress().next())
                .isEqualTo(2);
    }

    @Test
    void pausing_twice_is_refused() {
        assertThat(after(new Failing(T0), new Command.Pause()).orElseThrow().state())
                .isEqualTo(new Paused(T0.plusSeconds(1), PausedBy.OWNER));
        assertThat(after(new Paused(T0, PausedBy.FAILURES), new Command.Pause())).isEmpty();
    }

    @Test
    void the_old_key_signs_until_the_overlap_is_over() {
        Keys keys =
                after(new Active(T0), new Command.Rotate(OTHER, Duration.ofHours(1)))
                        .orElseThrow()
                        .keys();
        Instant until = T0.plusSeconds(3601);
        assertThat(keys.current()).isEqualTo(OTHER);
        assertThat(keys.previousAt(until.minusMillis(1))).contains(KEY);
        assertThat(keys.previousAt(until)).isEmpty();
        Keys atOnce =
                after(new Active(T0), new Command.Rotate(OTHER, Duration.ZERO))
                        .orElseThrow()
                        .keys();
        assertThat(atOnce.previous()).as("it is not even kept").isNull();
    }

    @Test
    void an_overlap_that_runs_is_not_cut_short_but_by_a_key_that_is_to_go_at_once() {
        StoredKey third = new StoredKey(Kind.HMAC, "third", null, "again");
        Subscription rotated =
                after(new Active(T0), new Command.Rotate(OTHER, Duration.ofHours(1))).orElseThrow();
        Command again = new Command.Rotate(third, Duration.ofHours(1));
        Instant until = T0.plusSeconds(3601);
        assertThat(rotated.decide(again, until.minusMillis(1)))
                .isEqualTo(
                        new Decision.Refused(Refusal.conflict("subscription.overlap-under-way")));
        assertThat(((Decision.Made) rotated.decide(again, until)).next().keys().previousAt(until))
                .contains(OTHER);
        Command atOnce = new Command.Rotate(third, Duration.ZERO);
        assertThat(((Decision.Made) rotated.decide(atOnce, T0)).next().keys())
                .isEqualTo(new Keys(third, null, T0));
    }

    @Test
    void a_key_that_no_longer_signs_goes_with_the_next_write() {
        Subscription rotated =
                after(new Active(T0), new Command.Rotate(OTHER, Duration.ofHours(1))).orElseThrow();
        Instant until = T0.plusSeconds(3601);
        for (Function<Instant, Subscription> write :
                List.<Function<Instant, Subscription>>of(
                        now -> rotated.delivered(40, now),
                        now -> rotated.failed(now, now, PATIENCE, 2),
                        rotated::tested,
                        now -> ((Decision.Made) rotated.decide(new Command.Pause(), now)).next())) {
            assertThat(write.apply(until.minusMillis(1)).keys()).isEqualTo(rotated.keys());
            assertThat(write.apply(until).keys()).isEqualTo(new Keys(OTHER, null, until));
        }
    }

    @Test
    void what_is_disabled_has_no_secret_any_more() {
        Subscription rotated =
                after(new Active(T0), new Command.Rotate(OTHER, Duration.ofHours(1))).orElseThrow();
        StoredKey blank = new StoredKey(Kind.ED25519, null, "whpk_", "rotated");
        Subscription disabled = ((Decision.Made) rotated.decide(new Command.Disable(), T0)).next();
        for (Subscription ended : List.of(rotated.gone(T0), disabled)) {
            assertThat(ended.keys()).isEqualTo(new Keys(blank, null, T0.plusSeconds(3601)));
            assertThat(SubscriptionEncoding.subscription(SubscriptionEncoding.document(ended)))
                    .isEqualTo(ended);
        }
    }

    @Test
    void failing_ends_with_a_delivery_or_with_patience() {
        Subscription active = in(new Active(T0));
        Subscription failing = active.failed(T0, T0.plusSeconds(5), PATIENCE, 2);
        assertThat(failing.state()).isEqualTo(new Failing(T0));
        assertThat(failing.version()).isEqualTo(8);
        assertThat(failing.progress().notBefore()).isEqualTo(T0.plusSeconds(5));
        Instant last = T0.plus(PATIENCE).minusMillis(1);
        Subscription still = failing.failed(last, last, PATIENCE, 2);
        assertThat(still.state()).isEqualTo(new Failing(T0));
        assertThat(still.version()).isEqualTo(8);
        assertThat(still.progress().failures()).isEqualTo(5);
        assertThat(still.failed(T0.plus(PATIENCE), T0, PATIENCE, 2).state())
                .isEqualTo(new Paused(T0.plus(PATIENCE), PausedBy.FAILURES));
        Subscription delivered = still.delivered(40, last);
        assertThat(delivered.state()).isEqualTo(new Active(last));
        assertThat(delivered.progress()).isEqualTo(new Progress(41, 93, 0, null, T0));
        assertThat(delivered.delivered(44, last).version()).isEqualTo(delivered.version());
        assertThat(delivered.gone(last).state()).isEqualTo(new Disabled(last, DisabledBy.RECEIVER));
    }

    @Test
    void a_clock_that_jumps_ahead_pauses_only_what_was_tried_often_enough() {
        Instant jumped = T0.plus(Duration.ofDays(30));
        Instant again = jumped.plusSeconds(5);
        Subscription failing =
                in(new Active(T0)).delivered(40, T0).failed(T0, T0.plusSeconds(5), PATIENCE, 72);
        for (int failures = 2; failures < 72; failures++) {
            failing = failing.failed(jumped, again, PATIENCE, 72);
            assertThat(failing.state()).isEqualTo(new Failing(T0));
            assertThat(failing.version()).isEqualTo(8);
            assertThat(failing.progress())
                    .isEqualTo(new Progress(41, 90 + 1 + failures, failures, again, T0));
        }
        assertThat(failing.failed(jumped, again, PATIENCE, 72).state())
                .isEqualTo(new Paused(jumped, PausedBy.FAILURES));
    }

    @Test
    void three_days_of_failures_have_at_least_seventy_two() {
        assertThat(WebhookSettings.of(new StandardEnvironment()).fewestFailures()).isEqualTo(72);
    }

    @Test
    void the_newest_commands_are_remembered_and_the_one_that_made_it() {
        Subscription busy = in(new Active(T0));
        for (int i : IntStream.range(0, 30).toArray()) {
            busy = busy.by("command" + i, "f");
        }
        assertThat(busy.given()).hasSize(20);
        assertThat(busy.given("command29")).isPresent();
        assertThat(busy.given("command11")).isPresent();
        assertThat(busy.given("command10")).isEmpty();
        assertThat(busy.given("command0")).as("the command that made it").isPresent();
    }
}
