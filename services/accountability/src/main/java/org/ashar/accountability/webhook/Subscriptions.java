package org.ashar.accountability.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.Subscription.Command;
import org.ashar.accountability.webhook.Subscription.Decision;
import org.ashar.accountability.webhook.Subscription.Given;
import org.ashar.accountability.webhook.Subscription.Keys;
import org.ashar.accountability.webhook.Subscription.Progress;
import org.ashar.accountability.webhook.Subscription.StoredKey;
import org.ashar.accountability.webhook.SubscriptionState.Active;
import org.ashar.eventstore.Outcome;
import org.ashar.kernel.Checked;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What can be wished of subscriptions. A command that took effect is answered the same when it is
 * given again, as long as it is the one that made its subscription or among the newest of it. Who
 * may wish it is the caller's to ask.
 */
public final class Subscriptions {

    private static final String TYPE = "subscription";
    private static final int KEPT_DISABLED = 20;

    /** Somebody waits for what becomes of a test, and the public door for no more than 5 s. */
    private static final Duration TEST_WITHIN = Duration.ofSeconds(3);

    private static final int RACES = 100;

    private final SubscriptionStore store;
    private final Destinations destinations;
    private final Courier courier;
    private final Ledger ledger;
    private final WebhookSettings settings;
    private final String source;
    private final Runnable changed;

    /**
     * @param source of test events
     * @param changed hears that somebody may be to be delivered to
     */
    Subscriptions(
            SubscriptionStore store,
            Destinations destinations,
            Courier courier,
            Ledger ledger,
            WebhookSettings settings,
            String source,
            Runnable changed) {
        this.store = store;
        this.destinations = destinations;
        this.courier = courier;
        this.ledger = ledger;
        this.settings = settings;
        this.source = source;
        this.changed = changed;
    }

    /**
     * A new subscription.
     *
     * @param from the first index to deliver from; null for what is logged from now on
     */
    public record Wish(
            String url, Selection selection, @Nullable Long from, SigningKey.Kind signature) {}

    /** An address that has the form of one that may be called, or the code of why not. */
    public Checked<String> url(String text) {
        return destinations.form(text).then(_ -> Checked.valid(text));
    }

    /** Makes one, which is delivered to at once. */
    public Outcome create(CommandMeta meta, Wish wish) {
        StreamId stream = StreamId.derived(TYPE, meta.commandId());
        Optional<Subscription> made = store.find(stream.id());
        if (made.isPresent()) {
            return again(made.get(), meta);
        }
        long size = ledger.size();
        Optional<Refusal> refusal = refusal(meta.actor().organisation(), wish, size);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        Instant now = courier.now();
        Subscription subscription =
                new Subscription(
                                stream.id(),
                                1,
                                meta.actor().organisation(),
                                wish.url(),
                                wish.selection(),
                                now,
                                new Active(now),
                                new Keys(
                                        courier.newKey(
                                                stream.id(), wish.signature(), meta.commandId()),
                                        null,
                                        null),
                                Progress.from(wish.from() == null ? size : wish.from()),
                                List.of())
                        .by(meta.commandId(), meta.fingerprint());
        if (!store.insert(subscription)) {
            return again(store.find(stream.id()).orElseThrow(), meta);
        }
        store.forgetDisabled(subscription.organisation(), KEPT_DISABLED);
        changed.run();
        return new Outcome.Done(stream, subscription.version());
    }

    /**
     * One that has had many commands since it was made may be from when the first was forgotten.
     */
    private static Outcome again(Subscription made, CommandMeta meta) {
        if (!made.organisation().equals(meta.actor().organisation())) {
            return new Outcome.KeyReused();
        }
        return made.given(meta.commandId())
                .map(given -> again(made.id(), given, meta))
                .orElseGet(() -> new Outcome.Done(new StreamId(TYPE, made.id()), 1));
    }

    private static Outcome again(String id, Given given, CommandMeta meta) {
        return given.fingerprint().equals(meta.fingerprint())
                ? new Outcome.Done(new StreamId(TYPE, id), given.version())
                : new Outcome.KeyReused();
    }

    private Optional<Refusal> refusal(String organisation, Wish wish, long size) {
        if (wish.from() != null && wish.from() > size) {
            return Optional.of(beyondLog());
        }
        if (store.count(organisation) >= settings.mostOfOrganisation()) {
            return Optional.of(full("subscription.too-many", settings.mostOfOrganisation()));
        }
        if (store.count(null) >= settings.mostInAll()) {
            return Optional.of(full("subscription.no-room", settings.mostInAll()));
        }
        return destinations
                .objection(organisation, destinations.form(wish.url()).orThrow())
                .map(
                        code ->
                                code.equals(Destinations.BUSY)
                                        ? Refusal.conflict(code)
                                        : Refusal.invalid(code, "/url"));
    }

    private static Refusal beyondLog() {
        return Refusal.invalid("subscription.index-beyond-log", "/from");
    }

    private static Refusal full(String code, int limit) {
        return new Refusal(
                Refusal.Kind.CONFLICT, code, Map.of("limit", Integer.toString(limit)), List.of());
    }

    /** Delivers nothing for now. */
    public Outcome pause(String id, long version, CommandMeta meta) {
        return update(id, version, meta, _ -> new Command.Pause());
    }

    /** Delivers again, at once; from another index on where one is named. */
    public Outcome resume(String id, long version, CommandMeta meta, @Nullable Long from) {
        return from != null && from > ledger.size()
                ? new Outcome.Refused(beyondLog())
                : update(id, version, meta, _ -> new Command.Resume(from));
    }

    /**
     * Signs with a new key, and with the old one too for as long as {@code overlap}.
     *
     * @param signature another kind of key; null for the same
     */
    public Outcome rotate(
            String id,
            long version,
            CommandMeta meta,
            SigningKey.@Nullable Kind signature,
            Duration overlap) {
        return update(
                id,
                version,
                meta,
                read ->
                        new Command.Rotate(
                                courier.newKey(
                                        id,
                                        signature == null
                                                ? read.keys().current().kind()
                                                : signature,
                                        meta.commandId()),
                                overlap));
    }

    /** Delivers nothing again, for ever. */
    public Outcome disable(String id, long version, CommandMeta meta) {
        return update(id, version, meta, _ -> new Command.Disable());
    }

    private Outcome update(
            String id, long version, CommandMeta meta, Function<Subscription, Command> command) {
        for (int race = 0; race < RACES; race++) {
            Optional<Subscription> found = store.find(id);
            if (found.isEmpty()) {
                return new Outcome.Refused(Refusal.notFound("subscription.not-found"));
            }
            Subscription read = found.get();
            Optional<Given> given = read.given(meta.commandId());
            if (given.isPresent()) {
                return again(id, given.get(), meta);
            }
            if (read.version() != version) {
                return new Outcome.Stale(read.version());
            }
            switch (read.decide(command.apply(read), courier.now())) {
                case Decision.Refused(Refusal refusal) -> {
                    return new Outcome.Refused(refusal);
                }
                case Decision.Made(Subscription next) -> {
                    if (store.replace(read, next.by(meta.commandId(), meta.fingerprint()))) {
                        changed.run();
                        return new Outcome.Done(new StreamId(TYPE, id), next.version());
                    }
                }
            }
        }
        throw new IllegalStateException("a subscription keeps changing: " + id);
    }

    /** Delivers a test event, once, whatever the state; empty where the last test is too young. */
    public Optional<Delivery> test(String id) {
        return beginTest(id).map(this::sendTest);
    }

    /** What was delivered in between is no reason against a test. */
    private Optional<Subscription> beginTest(String id) {
        for (int race = 0; race < RACES; race++) {
            Optional<Subscription> found = store.find(id);
            Instant now = courier.now();
            if (found.isEmpty() || !mayTest(found.get(), now)) {
                return Optional.empty();
            }
            Subscription begun = found.get().tested(now);
            if (store.replace(found.get(), begun)) {
                return Optional.of(begun);
            }
        }
        throw new IllegalStateException("a subscription keeps changing: " + id);
    }

    private Delivery sendTest(Subscription subscription) {
        String id = subscription.id();
        Instant now = courier.now();
        long start = System.nanoTime();
        Answer answer = courier.deliver(subscription, testMessage(id, now), TEST_WITHIN);
        Delivery delivery =
                Delivery.of(
                        subscription.progress().attempts(),
                        now,
                        null,
                        answer,
                        Duration.ofNanos(System.nanoTime() - start));
        store.keep(id, delivery);
        return delivery;
    }

    /** A last test that is yet to come says that the clock jumped back. */
    private boolean mayTest(Subscription read, Instant now) {
        Instant last = read.progress().testedAt();
        return last == null
                || last.isAfter(now)
                || !now.isBefore(last.plus(settings.betweenTests()));
    }

    /** Names in the order of RFC 8785; no value has what JSON escapes. */
    private Message testMessage(String subscription, Instant now) {
        String id = "test_" + UUID.randomUUID();
        return new Message(
                id,
                null,
                String.format(
                                Locale.ROOT,
                                """
                                {"data":{},"datacontenttype":"application/json","id":"%s",\
                                "source":"%s","specversion":"1.0",\
                                "subject":"subscription/%s","time":"%s",\
                                "type":"org.ashar.accountability.webhook-tested.v1"}""",
                                id,
                                source,
                                subscription,
                                now)
                        .getBytes(UTF_8));
    }

    /** One subscription. */
    public Optional<Subscription> find(String id) {
        return store.find(id);
    }

    /** Those of these organisations, by id. */
    public List<Subscription> of(
            Collection<String> organisations, @Nullable String after, int limit) {
        return store.of(organisations, after, limit);
    }

    /** The newest attempts, the newest first. */
    public List<Delivery> deliveries(String id) {
        return store.deliveries(id);
    }

    /**
     * What the receiver is to know of a key.
     *
     * @param secret of HMAC
     * @param publicKey of Ed25519
     */
    public record NewKey(@Nullable String secret, @Nullable String publicKey) {}

    /**
     * The key that a command made, for the answer to that command; nothing once it is replaced or
     * forgotten, and the code of why where it cannot be read.
     */
    public Checked<NewKey> keyMadeBy(String id, String command) {
        return store.find(id)
                .map(subscription -> subscription.keys().current())
                .filter(key -> key.madeBy().equals(command) && key.sealed() != null)
                .map(key -> newKey(id, key))
                .orElseGet(() -> Checked.valid(new NewKey(null, null)));
    }

    private Checked<NewKey> newKey(String id, StoredKey key) {
        return courier.opened(id, key)
                .map(
                        opened ->
                                Checked.valid(
                                        new NewKey(
                                                opened.sharedSecret().orElse(null),
                                                key.publicKey())))
                .orElseGet(() -> Checked.invalid("subscription.secret-unreadable"));
    }
}
