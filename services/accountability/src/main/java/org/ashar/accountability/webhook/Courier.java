package org.ashar.accountability.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.ashar.accountability.webhook.Subscription.StoredKey;
import org.ashar.kernel.Checked;

/** Makes subscribers' keys, signs with them, and delivers. */
final class Courier {

    private final Destinations destinations;
    private final Sender sender;
    private final SecretBox box;
    private final Clock clock;
    private final MeterRegistry meters;

    Courier(
            Destinations destinations,
            Sender sender,
            SecretBox box,
            Clock clock,
            MeterRegistry meters) {
        this.destinations = destinations;
        this.sender = sender;
        this.box = box;
        this.clock = clock;
        this.meters = meters;
    }

    /** One attempt, signed with the keys of this moment. */
    Answer deliver(Subscription subscription, Message message) {
        Answer answer =
                switch (destinations.form(subscription.url())) {
                    case Checked.Valid<Target>(Target target) ->
                            sender.send(message.signed(target, keys(subscription), now()));
                    case Checked.Invalid<Target> _ ->
                            Answer.Failed.of(Answer.Cause.ADDRESS_NOT_PUBLIC);
                };
        meters.counter("ashar.webhooks.attempts", "outcome", Delivery.outcome(answer)).increment();
        return answer;
    }

    Instant now() {
        return clock.instant();
    }

    /** A new key of a subscription. */
    StoredKey newKey(String subscription, SigningKey.Kind kind, String command) {
        SigningKey key = SigningKey.random(kind);
        return new StoredKey(
                kind,
                Base64.getEncoder().encodeToString(box.seal(subscription, key.secret())),
                key.publicKey().orElse(null),
                command);
    }

    /** What the receiver is to know of a key and nobody else; empty where there is nothing. */
    Optional<String> sharedSecret(String subscription, StoredKey key) {
        return opened(subscription, key).sharedSecret();
    }

    private List<SigningKey> keys(Subscription subscription) {
        return subscription.keys().at(now()).stream()
                .map(key -> opened(subscription.id(), key))
                .toList();
    }

    private SigningKey opened(String subscription, StoredKey key) {
        return SigningKey.of(
                key.kind(), box.open(subscription, Base64.getDecoder().decode(key.sealed())));
    }
}
