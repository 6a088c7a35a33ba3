package org.ashar.accountability.api;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.Delivery;
import org.ashar.accountability.webhook.SigningKey;
import org.ashar.accountability.webhook.Subscription;
import org.ashar.accountability.webhook.SubscriptionState;
import org.ashar.accountability.webhook.Subscriptions;
import org.ashar.accountability.webhook.Subscriptions.NewKey;
import org.ashar.accountability.webhook.Subscriptions.Wish;
import org.ashar.eventstore.Outcome;
import org.ashar.kernel.Checked;
import org.ashar.kernel.CommandMeta;
import org.ashar.web.Answers;
import org.ashar.web.Answers.Effect;
import org.ashar.web.CommandRequest;
import org.ashar.web.Fields;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an organisation's auditors can do with its subscriptions. */
@RestController
@RequestMapping(SubscriptionCommands.PATH)
final class SubscriptionCommands {

    static final String PATH = "/api/subscriptions";

    private static final long LAST_INDEX = (1L << 53) - 1;
    private static final long LONGEST_OVERLAP_HOURS = 168;
    private static final Duration OVERLAP = Duration.ofHours(24);

    private final Subscriptions subscriptions;

    SubscriptionCommands(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * What a new key is answered with, here and never again.
     *
     * @param secret of HMAC
     * @param publicKey of Ed25519
     */
    record Keyed(String id, long version, @Nullable String secret, @Nullable String publicKey) {}

    private record Rotation(SigningKey.@Nullable Kind signature, Duration overlap) {}

    @PostMapping
    ResponseEntity<Keyed> create(CommandRequest request) {
        CommandMeta meta = request.meta(request.actingAnywhere(SubscriptionAccess.ROLE));
        Fields body = request.body();
        String url = body.string("url", "", subscriptions::url);
        Selection filter = Selections.of(body);
        Optional<Long> from = from(body);
        SigningKey.Kind signature = signature(body).orElse(SigningKey.Kind.HMAC);
        Wish wish = body.valid(() -> new Wish(url, filter, from.orElse(null), signature));
        return keyed(
                Answers.created(Store.read(() -> subscriptions.create(meta, wish)), PATH), meta);
    }

    @PostMapping("/{id}/pause")
    ResponseEntity<Effect> pause(@PathVariable String id, CommandRequest request) {
        CommandMeta meta = meta(id, request);
        long version = request.body().valid(request::expectedVersion);
        return done(() -> subscriptions.pause(id, version, meta));
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<Effect> resume(@PathVariable String id, CommandRequest request) {
        CommandMeta meta = meta(id, request);
        Optional<Long> from = from(request.body());
        long version = request.body().valid(request::expectedVersion);
        return done(() -> subscriptions.resume(id, version, meta, from.orElse(null)));
    }

    @PostMapping("/{id}/disable")
    ResponseEntity<Effect> disable(@PathVariable String id, CommandRequest request) {
        CommandMeta meta = meta(id, request);
        long version = request.body().valid(request::expectedVersion);
        return done(() -> subscriptions.disable(id, version, meta));
    }

    @PostMapping("/{id}/rotate-secret")
    ResponseEntity<Keyed> rotate(@PathVariable String id, CommandRequest request) {
        CommandMeta meta = meta(id, request);
        long version = request.expectedVersion();
        Fields body = request.body();
        Optional<SigningKey.Kind> signature = signature(body);
        Optional<Long> hours =
                body.optional(
                        "overlapHours", (all, name) -> all.integer(name, 0, LONGEST_OVERLAP_HOURS));
        Rotation wish =
                body.valid(
                        () ->
                                new Rotation(
                                        signature.orElse(null),
                                        hours.map(Duration::ofHours).orElse(OVERLAP)));
        return keyed(
                done(
                        () ->
                                subscriptions.rotate(
                                        id, version, meta, wish.signature(), wish.overlap())),
                meta);
    }

    /**
     * Sends a test event and answers what became of it. It changes nothing, so needs no version.
     */
    @PostMapping("/{id}/test")
    Delivery test(@PathVariable String id, CommandRequest request) {
        Subscription own = SubscriptionAccess.own(subscriptions, id, request.caller());
        request.body().valid(() -> own);
        if (own.state() instanceof SubscriptionState.Disabled) {
            throw new ProblemException(Problem.of(409, "subscription.disabled"));
        }
        return Store.read(() -> subscriptions.test(id))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(429, "subscription.tested-just-now", Map.of())
                                                .with("Retry-After", "10")));
    }

    private CommandMeta meta(String id, CommandRequest request) {
        Subscription own = SubscriptionAccess.own(subscriptions, id, request.caller());
        return request.meta(SubscriptionAccess.acting(request.caller(), own));
    }

    private static ResponseEntity<Effect> done(Supplier<Outcome> command) {
        return Answers.of(Store.read(command));
    }

    private ResponseEntity<Keyed> keyed(ResponseEntity<Effect> answer, CommandMeta meta) {
        Effect effect = Objects.requireNonNull(answer.getBody());
        return switch (Store.read(() -> subscriptions.keyMadeBy(effect.id(), meta.commandId()))) {
            case Checked.Valid<NewKey>(NewKey key) ->
                    ResponseEntity.status(answer.getStatusCode())
                            .headers(answer.getHeaders())
                            .body(
                                    new Keyed(
                                            effect.id(),
                                            effect.version(),
                                            key.secret(),
                                            key.publicKey()));
            case Checked.Invalid<NewKey> unreadable ->
                    throw new ProblemException(Problem.of(409, unreadable.code()));
        };
    }

    private static Optional<Long> from(Fields body) {
        return body.optional("from", (all, name) -> all.integer(name, 0, LAST_INDEX));
    }

    private static Optional<SigningKey.Kind> signature(Fields body) {
        return body.optional("signature", (all, name) -> all.oneOf(name, SigningKey.Kind.class));
    }
}
