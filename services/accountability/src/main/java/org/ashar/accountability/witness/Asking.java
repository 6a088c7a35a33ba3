package org.ashar.accountability.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ashar.accountability.ledger.Lease;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one witness for its cosignatures, round by round. For one thread. Of several processes one
 * asks it, and another one where that has stopped or cannot reach it; two at once do no harm.
 *
 * <p>All witnesses are first asked for one and the same checkpoint, the candidate, until enough
 * have cosigned it: a log grows faster than some witnesses answer, and cosignatures of different
 * checkpoints never add up. Who has cosigned the candidate is asked for the newest.
 */
final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final int FAILURES_IN_A_ROW = 2;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final WitnessStore store;
    private final WitnessPolicy policy;
    private final NoteKey witness;
    private final WitnessClient client;
    private final Lease lease;
    private final CircuitBreaker breaker;
    private String trouble = "";

    Asking(
            Ledger ledger,
            WitnessStore store,
            WitnessPolicy policy,
            NoteKey witness,
            WitnessClient client,
            Lease lease) {
        this.ledger = ledger;
        this.store = store;
        this.policy = policy;
        this.witness = witness;
        this.client = client;
        this.lease = lease;
        this.breaker =
                CircuitBreaker.of(
                        witness.name(),
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(FAILURES_IN_A_ROW)
                                .minimumNumberOfCalls(FAILURES_IN_A_ROW)
                                .failureRateThreshold(100)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .waitIntervalFunctionInOpenState(
                                        IntervalFunction.ofExponentialRandomBackoff(
                                                SHORTEST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                                .build());
    }

    /** Asks once, where there is anything to ask for and the witness is not left alone for now. */
    void round() throws InterruptedException {
        Optional<SignedNote> newest =
                ledger.checkpoint().map(note -> SignedNote.parse(note.getBytes(UTF_8)).orThrow());
        if (newest.isEmpty()) {
            return;
        }
        Optional<SignedNote> target = target(newest.get());
        if (target.isEmpty() || !breaker.tryAcquirePermission()) {
            return;
        }
        long began = System.nanoTime();
        String failure;
        try {
            if (!lease.isMine()) {
                breaker.releasePermission();
                return;
            }
            failure = ask(target.get());
        } catch (RuntimeException | InterruptedException e) {
            breaker.releasePermission(); // says nothing of the witness
            leave();
            throw e;
        }
        long took = System.nanoTime() - began;
        if (failure.isEmpty()) {
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(took, TimeUnit.NANOSECONDS, new WitnessFailure(failure));
        }
        report(failure);
    }

    /** Lets another process ask at once. */
    void leave() {
        try {
            lease.release();
        } catch (RuntimeException e) {
            LOG.debug("The others find out by themselves that this one asks no more", e);
        }
    }

    /** What to ask for; empty where the witness has cosigned all there is. */
    private Optional<SignedNote> target(SignedNote newest) {
        long newestSize = WitnessedLog.sizeOf(newest);
        long candidate = candidate(newestSize);
        long last = store.last(List.of(witness)).getOrDefault(witness, 0L);
        if (candidate < newestSize && candidate >= last && !hasCosigned(candidate)) {
            return ledger.checkpoint(candidate);
        }
        return hasCosigned(newestSize) ? Optional.empty() : Optional.of(newest);
    }

    private boolean hasCosigned(long size) {
        return !store.cosignatures(size, List.of(witness)).isEmpty();
    }

    /** The candidate; another one where enough have cosigned it, or cannot any more. */
    private long candidate(long newest) {
        long candidate = store.candidate();
        if (candidate >= newest) {
            return candidate;
        }
        if (candidate > 0 && !store.noteIfMet(policy, candidate)) {
            Map<NoteKey, Long> last = store.last(policy.witnesses());
            Map<NoteKey, NoteSignature> cosigned =
                    store.cosignatures(candidate, policy.witnesses());
            long canStill =
                    policy.witnesses().stream()
                            .filter(
                                    one ->
                                            cosigned.containsKey(one)
                                                    || last.getOrDefault(one, 0L) <= candidate)
                            .count();
            if (canStill >= policy.quorum()) {
                return candidate;
            }
        }
        store.nominate(candidate, newest);
        return store.candidate();
    }

    /** Asks, and once more where the witness goes on from another size; what went wrong. */
    private String ask(SignedNote target) throws InterruptedException {
        long size = WitnessedLog.sizeOf(target);
        long last = store.last(List.of(witness)).getOrDefault(witness, 0L);
        Reply reply = client.ask(request(last <= size ? last : 0, target, size));
        if (reply instanceof Reply.OtherSize(long named) && named <= size) {
            reply = client.ask(request(named, target, size));
            if (reply.equals(new Reply.OtherSize(named))) {
                return "it does not go on from the size that it names";
            }
        }
        return switch (reply) {
            case Reply.Cosigned(NoteSignature cosignature) -> {
                store.keep(size, witness, cosignature);
                store.signed(witness, size);
                store.noteIfMet(policy, size);
                yield "";
            }
            case Reply.OtherSize(long other) when other > ledger.size() ->
                    "it says to have cosigned more of this log than there is";
            case Reply.OtherSize(long other) -> {
                store.signed(witness, other); // another process asked it meanwhile
                yield "";
            }
            case Reply.Useless(String why) -> why;
        };
    }

    private AddCheckpoint request(long from, SignedNote target, long size) {
        List<Hash> path = from == 0 ? List.of() : ledger.consistency(from, size);
        return new AddCheckpoint(from, path, target);
    }

    private void report(String failure) {
        if (failure.equals(trouble)) {
            return;
        }
        if (failure.isEmpty()) {
            LOG.info("The witness {} cosigns", witness.name());
        } else {
            LOG.warn("The witness {} does not cosign: {}", witness.name(), failure);
        }
        trouble = failure;
    }

    /** Tells the circuit breaker; nobody catches it. */
    private static final class WitnessFailure extends Exception {
        private static final long serialVersionUID = 1L;

        WitnessFailure(String why) {
            super(why, null, false, false);
        }
    }
}
