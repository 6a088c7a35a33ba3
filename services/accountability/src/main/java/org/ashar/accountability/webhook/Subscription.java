package org.ashar.accountability.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.SubscriptionState.Active;
import org.ashar.accountability.webhook.SubscriptionState.Disabled;
import org.ashar.accountability.webhook.SubscriptionState.DisabledBy;
import org.ashar.accountability.webhook.SubscriptionState.Failing;
import org.ashar.accountability.webhook.SubscriptionState.Paused;
import org.ashar.accountability.webhook.SubscriptionState.PausedBy;
import org.ashar.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * An organisation's wish to be called with the log's entries.
 *
 * @param id 26 characters, derived from the command that made it
 * @param version counts what commands rest on: commands and changes of state, not deliveries
 * @param url as {@link Target} has it
 * @param keys what deliveries are signed with
 * @param progress how far it has come
 * @param given the command that made it and the newest ones, so that each takes effect once
 */
public record Subscription(
        String id,
        long version,
        String organisation,
        String url,
        Selection selection,
        Instant createdAt,
        SubscriptionState state,
        Keys keys,
        Progress progress,
        List<Given> given) {

    /** So many commands are remembered. */
    private static final int MOST_GIVEN = 20;

    /**
     * How far it has come.
     *
     * @param next the index of the log from which entries are still to be delivered
     * @param attempts all so far, which also orders what several processes write
     * @param failures in a row
     * @param notBefore when the next attempt is due, if not at once
     * @param testedAt when it was tested last, if ever
     */
    public record Progress(
            long next,
            long attempts,
            int failures,
            @Nullable Instant notBefore,
            @Nullable Instant testedAt) {

        static Progress from(long index) {
            return new Progress(index, 0, 0, null, null);
        }
    }

    /**
     * A key as it is kept.
     *
     * @param sealed its secret, encrypted, in base64; null once it is forgotten
     * @param publicKey where it has one
     * @param madeBy the id of the command that made it
     */
    public record StoredKey(
            SigningKey.Kind kind,
            @Nullable String sealed,
            @Nullable String publicKey,
            String madeBy) {

        private StoredKey forgotten() {
            return new StoredKey(kind, null, publicKey, madeBy);
        }
    }

    /**
     * The keys there are.
     *
     * @param previous signs too until {@code until}, and goes with the first write after it
     */
    public record Keys(StoredKey current, @Nullable StoredKey previous, @Nullable Instant until) {

        /** What signs too at this time, beside the current one. */
        Optional<StoredKey> previousAt(Instant now) {
            return until == null || !now.isBefore(until)
                    ? Optional.empty()
                    : Optional.ofNullable(previous);
        }

        private Keys keptAt(Instant now) {
            return new Keys(current, previousAt(now).orElse(null), until);
        }

        private Keys forgotten() {
            return new Keys(current.forgotten(), null, until);
        }
    }

    /** A command that took effect, and the version that it led to. */
    public record Given(String command, String fingerprint, long version) {}

    public Subscription {
        given = List.copyOf(given);
    }

    /** What may be wished of it. */
    public sealed interface Command {

        /** Deliver nothing for now. */
        record Pause() implements Command {}

        /** Deliver again, at once; from another index on where one is named. */
        record Resume(@Nullable Long from) implements Command {}

        /**
         * Sign with another key, from an attempt at once on; with the old one too for as long as
         * {@code overlap}, which is refused while an older one still signs too: it would be cut
         * short.
         */
        record Rotate(StoredKey key, Duration overlap) implements Command {}

        /** Deliver nothing again, for ever. */
        record Disable() implements Command {}
    }

    /** What follows from a command. */
    public sealed interface Decision {

        record Made(Subscription next) implements Decision {}

        record Refused(Refusal refusal) implements Decision {}
    }

    /** The command that took effect under this id, if it is remembered. */
    Optional<Given> given(String command) {
        return given.stream().filter(one -> one.command().equals(command)).findFirst();
    }

    /** What follows from a command, at this time. */
    Decision decide(Command command, Instant now) {
        if (state instanceof Disabled) {
            return refused("subscription.disabled");
        }
        return switch (command) {
            case Command.Pause _ ->
                    state instanceof Paused
                            ? refused("subscription.already-paused")
                            : made(new Paused(now, PausedBy.OWNER), keys.keptAt(now), progress);
            case Command.Resume(Long from) ->
                    state instanceof Active && from == null
                            ? refused("subscription.already-active")
                            : made(
                                    new Active(now),
                                    keys.keptAt(now),
                                    new Progress(
                                            from == null ? progress.next() : from,
                                            progress.attempts(),
                                            0,
                                            null,
                                            progress.testedAt()));
            case Command.Rotate(_, Duration overlap)
                    when overlap.isPositive() && keys.previousAt(now).isPresent() ->
                    refused("subscription.overlap-under-way");
            case Command.Rotate(StoredKey key, Duration overlap) ->
                    made(
                            state,
                            new Keys(key, keys.current(), now.plus(overlap)).keptAt(now),
                            new Progress(
                                    progress.next(),
                                    progress.attempts(),
                                    progress.failures(),
                                    null,
                                    progress.testedAt()));
            case Command.Disable _ ->
                    made(new Disabled(now, DisabledBy.OWNER), keys.forgotten(), progress);
        };
    }

    /** The same once a command is remembered to have led to it. */
    Subscription by(String command, String fingerprint) {
        List<Given> all = new ArrayList<>(given);
        if (all.size() == MOST_GIVEN) {
            all.remove(1); // the oldest but for the one that made it
        }
        all.add(new Given(command, fingerprint, version));
        return new Subscription(
                id, version, organisation, url, selection, createdAt, state, keys, progress, all);
    }

    /** After the receiver took the entry at this index. */
    Subscription delivered(long index, Instant now) {
        Progress further =
                new Progress(index + 1, progress.attempts() + 1, 0, null, progress.testedAt());
        return state instanceof Failing
                ? with(version + 1, new Active(now), keys.keptAt(now), further)
                : with(version, state, keys.keptAt(now), further);
    }

    /** After nothing that is selected was found before this index. */
    Subscription passed(long index, Instant now) {
        return with(
                version,
                state,
                keys.keptAt(now),
                new Progress(
                        index,
                        progress.attempts(),
                        progress.failures(),
                        progress.notBefore(),
                        progress.testedAt()));
    }

    /** After the receiver said that it is gone. */
    Subscription gone(Instant now) {
        return with(
                version + 1,
                new Disabled(now, DisabledBy.RECEIVER),
                keys.forgotten(),
                failedOnce(null));
    }

    /**
     * After an attempt failed.
     *
     * @param again when it is tried again
     * @param patience how long it may fail before it is given up
     * @param fewest failures in a row before it is given up, since clocks jump
     */
    Subscription failed(Instant now, Instant again, Duration patience, long fewest) {
        Keys kept = keys.keptAt(now);
        return switch (state) {
            case Failing(Instant since)
                    when now.isBefore(since.plus(patience)) || progress.failures() + 1 < fewest ->
                    with(version, state, kept, failedOnce(again));
            case Failing _ ->
                    with(version + 1, new Paused(now, PausedBy.FAILURES), kept, failedOnce(null));
            case Active _ -> with(version + 1, new Failing(now), kept, failedOnce(again));
            case Paused _, Disabled _ -> with(version, state, kept, failedOnce(null));
        };
    }

    /** Once a test begins, which says nothing of how it stands. */
    Subscription tested(Instant now) {
        return with(
                version,
                state,
                keys.keptAt(now),
                new Progress(
                        progress.next(),
                        progress.attempts() + 1,
                        progress.failures(),
                        progress.notBefore(),
                        now));
    }

    private Progress failedOnce(@Nullable Instant again) {
        return new Progress(
                progress.next(),
                progress.attempts() + 1,
                progress.failures() + 1,
                again,
                progress.testedAt());
    }

    private Decision made(SubscriptionState next, Keys nextKeys, Progress nextProgress) {
        return new Decision.Made(with(version + 1, next, nextKeys, nextProgress));
    }

    private Subscription with(
            long nextVersion, SubscriptionState nextState, Keys nextKeys, Progress nextProgress) {
        return new Subscription(
                id,
                nextVersion,
                organisation,
                url,
                selection,
                createdAt,
                nextState,
                nextKeys,
                nextProgress,
                given);
    }

    private static Decision refused(String code) {
        return new Decision.Refused(Refusal.conflict(code));
    }
}
