package org.ashar.accountability.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.Subscription.Given;
import org.ashar.accountability.webhook.Subscription.Keys;
import org.ashar.accountability.webhook.Subscription.Progress;
import org.ashar.accountability.webhook.Subscription.StoredKey;
import org.ashar.accountability.webhook.SubscriptionState.Active;
import org.ashar.accountability.webhook.SubscriptionState.Disabled;
import org.ashar.accountability.webhook.SubscriptionState.DisabledBy;
import org.ashar.accountability.webhook.SubscriptionState.Failing;
import org.ashar.accountability.webhook.SubscriptionState.Paused;
import org.ashar.accountability.webhook.SubscriptionState.PausedBy;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How subscriptions lie in the store's documents. */
final class SubscriptionEncoding {

    private SubscriptionEncoding() {}

    static Document document(Subscription subscription) {
        Selection selection = subscription.selection();
        Progress progress = subscription.progress();
        Keys keys = subscription.keys();
        Document document =
                new Document("_id", subscription.id())
                        .append("version", subscription.version())
                        .append("organisation", subscription.organisation())
                        .append("url", subscription.url())
                        .append("type", selection.type())
                        .append("place", selection.place())
                        .append("commitment", selection.commitment())
                        .append("plan", selection.plan())
                        .append("school", selection.school())
                        .append("of", selection.organisation())
                        .append("createdAt", subscription.createdAt().toString())
                        .append("since", subscription.state().since().toString())
                        .append("key", document(keys.current()))
                        .append(
                                "previous",
                                keys.previous() == null ? null : document(keys.previous()))
                        .append("until", written(keys.until()))
                        .append("next", progress.next())
                        .append("attempts", progress.attempts())
                        .append("failures", progress.failures())
                        .append("notBefore", written(progress.notBefore()))
                        .append("testedAt", written(progress.testedAt()))
                        .append(
                                "given",
                                subscription.given().stream()
                                        .map(SubscriptionEncoding::document)
                                        .toList());
        return switch (subscription.state()) {
            case Active _ -> document.append("state", "active");
            case Failing _ -> document.append("state", "failing");
            case Paused paused ->
                    document.append("state", "paused").append("by", word(paused.by()));
            case Disabled disabled ->
                    document.append("state", "disabled").append("by", word(disabled.by()));
        };
    }

    static Subscription subscription(Document stored) {
        Document previous = stored.get("previous", Document.class);
        return new Subscription(
                stored.getString("_id"),
                stored.getLong("version"),
                stored.getString("organisation"),
                stored.getString("url"),
                new Selection(
                        stored.getString("type"),
                        stored.getString("place"),
                        stored.getString("commitment"),
                        stored.getString("plan"),
                        stored.getString("school"),
                        stored.getString("of")),
                Instant.parse(stored.getString("createdAt")),
                state(stored),
                new Keys(
                        key(stored.get("key", Document.class)),
                        previous == null ? null : key(previous),
                        instant(stored, "until")),
                new Progress(
                        stored.getLong("next"),
                        stored.getLong("attempts"),
                        stored.getInteger("failures"),
                        instant(stored, "notBefore"),
                        instant(stored, "testedAt")),
                stored.getList("given", Document.class).stream()
                        .map(
                                one ->
                                        new Given(
                                                one.getString("command"),
                                                one.getString("fingerprint"),
                                                one.getLong("version")))
                        .toList());
    }

    private static SubscriptionState state(Document stored) {
        Instant since = Instant.parse(stored.getString("since"));
        String state = stored.getString("state");
        return switch (state) {
            case "active" -> new Active(since);
            case "failing" -> new Failing(since);
            case "paused" -> new Paused(since, constant(PausedBy.class, stored));
            case "disabled" -> new Disabled(since, constant(DisabledBy.class, stored));
            default -> throw new IllegalStateException("no state of a subscription: " + state);
        };
    }

    static Document document(String slot, Delivery delivery) {
        return new Document("_id", slot)
                .append("number", delivery.number())
                .append("at", delivery.at().toString())
                .append("index", delivery.index())
                .append("outcome", delivery.outcome())
                .append("status", delivery.status())
                .append("millis", delivery.millis());
    }

    static Delivery delivery(Document stored) {
        return new Delivery(
                stored.getLong("number"),
                Instant.parse(stored.getString("at")),
                stored.getLong("index"),
                stored.getString("outcome"),
                stored.getInteger("status"),
                stored.getLong("millis"));
    }

    private static Document document(StoredKey key) {
        return new Document("kind", word(key.kind()))
                .append("sealed", key.sealed())
                .append("public", key.publicKey())
                .append("by", key.madeBy());
    }

    private static Document document(Given given) {
        return new Document("command", given.command())
                .append("fingerprint", given.fingerprint())
                .append("version", given.version());
    }

    private static StoredKey key(Document stored) {
        return new StoredKey(
                constant(SigningKey.Kind.class, stored.getString("kind")),
                stored.getString("sealed"),
                stored.getString("public"),
                stored.getString("by"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Document stored) {
        return constant(type, Objects.requireNonNull(stored.getString("by")));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static @Nullable String written(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(Document stored, String name) {
        String text = stored.getString(name);
        return text == null ? null : Instant.parse(text);
    }
}
