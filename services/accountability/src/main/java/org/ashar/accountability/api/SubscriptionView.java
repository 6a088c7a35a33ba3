package org.ashar.accountability.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.Delivery;
import org.ashar.accountability.webhook.Subscription;
import org.ashar.accountability.webhook.Subscription.Keys;
import org.ashar.accountability.webhook.SubscriptionState;
import org.ashar.accountability.webhook.SubscriptionState.Active;
import org.ashar.accountability.webhook.SubscriptionState.Disabled;
import org.ashar.accountability.webhook.SubscriptionState.Failing;
import org.ashar.accountability.webhook.SubscriptionState.Paused;
import org.jspecify.annotations.Nullable;

/** A subscription as its organisation reads it: what changes with its version, and no secret. */
record SubscriptionView(
        String id,
        long version,
        String organisation,
        String url,
        Filter filter,
        State state,
        Signature signature,
        Instant createdAt) {

    /** As it is asked for. */
    record Filter(
            @Nullable String type,
            @Nullable String place,
            @Nullable String commitment,
            @Nullable String plan,
            @Nullable String school,
            @Nullable String organisation) {

        static Filter of(Selection selection) {
            return new Filter(
                    selection.type(),
                    selection.place(),
                    id(selection.commitment()),
                    id(selection.plan()),
                    id(selection.school()),
                    selection.organisation());
        }

        private static @Nullable String id(@Nullable String stream) {
            return stream == null ? null : stream.substring(stream.indexOf('/') + 1);
        }
    }

    /**
     * How it stands.
     *
     * @param name {@code active}, {@code failing}, {@code paused} or {@code disabled}
     * @param by what paused or disabled it
     */
    record State(String name, Instant since, @Nullable String by) {

        static State of(SubscriptionState state) {
            return switch (state) {
                case Active(Instant since) -> new State("active", since, null);
                case Failing(Instant since) -> new State("failing", since, null);
                case Paused paused -> new State("paused", paused.since(), word(paused.by()));
                case Disabled disabled ->
                        new State("disabled", disabled.since(), word(disabled.by()));
            };
        }
    }

    /**
     * What deliveries are signed with.
     *
     * @param publicKey of Ed25519
     * @param previousUntil until when the key before signs too
     */
    record Signature(String kind, @Nullable String publicKey, @Nullable Instant previousUntil) {

        static Signature of(Keys keys) {
            return new Signature(
                    word(keys.current().kind()), keys.current().publicKey(), keys.until());
        }
    }

    /**
     * How far it has come.
     *
     * @param next the index of the log from which entries are still to be delivered
     * @param size of the log
     * @param failures in a row
     * @param notBefore when the next attempt is due, if not at once
     * @param deliveries the newest attempts, the newest first
     */
    record Course(
            long next,
            long size,
            int failures,
            @Nullable Instant notBefore,
            List<Delivery> deliveries) {}

    static SubscriptionView of(Subscription subscription) {
        return new SubscriptionView(
                subscription.id(),
                subscription.version(),
                subscription.organisation(),
                subscription.url(),
                Filter.of(subscription.selection()),
                State.of(subscription.state()),
                Signature.of(subscription.keys()),
                subscription.createdAt());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
