package org.ashar.accountability.witness;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.WitnessPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all witnesses, each in a thread of its own and at most once a second, by whichever of
 * several processes, so that none waits for another and the log waits for none.
 */
final class Witnesses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final Duration ROUND_ENDS_WITHIN = Duration.ofMillis(500);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Pace pace;
    private final HttpClient http;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * How often and how long.
     *
     * @param between rounds of a witness, at least; up to a fifth more, so that they spread
     * @param answer the time that a witness has for an answer
     * @param silence after which another process asks; two that ask at once do no harm
     */
    record Pace(Duration between, Duration answer, Duration silence) {
        static final Pace USUAL =
                new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(6));
    }

    Witnesses(Ledger ledger, WitnessStore store, WitnessSettings settings, Pace pace) {
        this.pace = pace;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(pace.answer())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        WitnessPolicy policy = settings.policy();
        for (int at = 0; at < policy.witnesses().size(); at++) {
            NoteKey witness = policy.witnesses().get(at);
            URI address = settings.addresses().get(at);
            Asking asking =
                    new Asking(
                            ledger,
                            store,
                            policy,
                            witness,
                            new WitnessClient(http, address, witness, pace.answer()),
                            store.lease(witness, pace.silence()));
            threads.add(
                    Thread.ofVirtual()
                            .name("witness " + witness.name())
                            .unstarted(() -> run(asking)));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void run(Asking asking) {
        boolean failed = false;
        try {
            while (!pause()) {
                try {
                    asking.round();
                    failed = false;
                } catch (RuntimeException e) {
                    if (!failed) {
                        LOG.warn("A witness cannot be asked for now; it is tried again", e);
                    }
                    failed = true;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Asked to stop", e);
        }
        asking.leave();
    }

    /** Whether it is to stop. */
    private boolean pause() throws InterruptedException {
        long least = pace.between().toMillis();
        long wait = ThreadLocalRandom.current().nextLong(least, least * 6 / 5 + 1);
        return stopped.await(wait, TimeUnit.MILLISECONDS);
    }

    private boolean haveEnded(Duration within) throws InterruptedException {
        for (Thread thread : threads) {
            if (thread.getState() != Thread.State.NEW && !thread.join(within)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            if (!haveEnded(ROUND_ENDS_WITHIN)) {
                http.shutdownNow(); // whoever still waits for an answer gets none
                if (!haveEnded(STOP_WITHIN)) {
                    LOG.warn("Witnesses are still being asked after {}", STOP_WITHIN);
                }
            }
            http.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
