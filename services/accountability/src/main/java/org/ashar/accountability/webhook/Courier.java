package org.ashar.accountability.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.ashar.accountability.webhook.Subscription.Keys;
import org.ashar.accountability.webhook.Subscription.StoredKey;
import org.ashar.kernel.Checked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes subscribers' keys, signs with them, and delivers. */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final AtomicBoolean warned = new AtomicBoolean();
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

    /** One attempt, signed with the keys of this moment, which is over {@code within} a time. */
    Answer deliver(Subscription subscription, Message message, Duration within) {
        Answer answer =
                switch (destinations.form(subscription.url())) {
                    case Checked.Valid<Target>(Target target) ->
                            signed(subscription, message, target)
                                    .map(
                                            one ->
                                                    sender.send(
                                                            subscription.organisation(),
                                                            one,
                                                            within))
                                    .orElseGet(
                                            () -> Answer.Failed.of(Answer.Cause.SECRET_UNREADABLE));
                    case Checked.Invalid<Target> _ ->
                            Answer.Failed.of(Answer.Cause.ADDRESS_NOT_PUBLIC);
                };
        meters.counter("ashar.webhooks.attempts", "outcome", outcome(answer)).increment();
        return answer;
    }

    /** As the operator may know it, who sees more than {@link Delivery#outcome}. */
    private static String outcome(Answer answer) {
        return answer instanceof Answer.Failed failed
                ? failed.cause().word()
                : Delivery.outcome(answer);
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

    /** The key itself; empty where it cannot be read, or was forgotten. */
    Optional<SigningKey> opened(String subscription, StoredKey key) {
        String sealed = key.sealed();
        if (sealed == null) {
            return Optional.empty();
        }
        Optional<SigningKey> opened =
                box.open(subscription, Base64.getDecoder().decode(sealed))
                        .map(secret -> SigningKey.of(key.kind(), secret));
        if (opened.isEmpty() && !warned.getAndSet(true)) {
            LOG.warn(
                    "Subscription {} has a secret that cannot be read, and others may have: "
                            + "ashar.secret is not what it was; each is to be rotated",
                    subscription);
        }
        return opened;
    }

    /** By the newest key and, where it can be read, the one before; empty without the newest. */
    private Optional<Message.Signed> signed(
            Subscription subscription, Message message, Target target) {
        Instant now = now();
        Keys keys = subscription.keys();
        return opened(subscription.id(), keys.current())
                .map(
                        current ->
                                Stream.concat(
                                                Stream.of(current),
                                                keys
                                                        .previousAt(now)
                                                        .flatMap(x -> opened(subscription.id(), x))
                                                        .stream())
                                        .toList())
                .map(all -> message.signed(target, all, now));
    }
}
