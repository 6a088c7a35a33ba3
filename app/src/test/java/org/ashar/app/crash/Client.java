package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client: makes promises, publishes and amends them, puts money to them, spends it and reports,
 * one command after the other, until the door does not answer or it is over. Sometimes the same
 * command is given 32 times at once, sometimes first in a form that must be refused. Its log is
 * what everything is held against.
 */
final class Client implements Callable<List<Attempt>> {

    private static final int RACERS = 32;
    private static final Duration VIEW_PATIENCE = Duration.ofMillis(1_500);

    /** When what is reported on was promised, and when it is reported. */
    private static final Instant PROMISED = Instant.parse("2025-05-20T05:00:00Z");

    private static final Instant REPORTED = Instant.parse("2025-10-10T05:00:00Z");

    private final Door door;
    private final Village village;
    private final String name;
    private final BooleanSupplier isOver;
    private final Runnable answered;
    private final Random random;
    private final List<Attempt> log = new ArrayList<>();

    /** Ends when {@code isOver} says so; says {@code answered} for each command that was. */
    Client(
            Door door,
            Village village,
            String name,
            BooleanSupplier isOver,
            Runnable answered,
            long seed) {
        this.door = door;
        this.village = village;
        this.name = name;
        this.isOver = isOver;
        this.answered = answered;
        this.random = new Random(seed);
    }

    /** Works until it is over or an answer stays away: that attempt is the last, unanswered. */
    @Override
    public List<Attempt> call() throws InterruptedException {
        try {
            while (!isOver.getAsBoolean()) {
                promise();
            }
        } catch (IOException killed) {
            // What the kill looks like from outside: the last attempt stays unanswered.
        }
        return log;
    }

    private void promise() throws IOException, InterruptedException {
        boolean isReported = random.nextBoolean();
        Instant promised = isReported ? PROMISED : null;
        Answer drafted = create(Deed.DRAFT, Village.draft(words()), promised);
        if (random.nextInt(8) == 0) {
            return;
        }
        String commitment = drafted.id();
        Answer last = update(Deed.PUBLISH, drafted, "{}", promised);
        if (random.nextInt(3) == 0) {
            last = update(Deed.AMEND, last, Village.amendment(words()), null);
        }
        if (random.nextInt(3) == 0) {
            last = update(Deed.START, last, "{}", null);
            update(Deed.ASSESS, last, Village.notMet(words()), null);
        }
        if (random.nextInt(2) == 0) {
            money(commitment);
        }
        if (isReported) {
            report(commitment);
        }
    }

    private void money(String commitment) throws IOException, InterruptedException {
        Answer last = create(Deed.PROPOSE, Village.budget(commitment, words()), null);
        last = update(Deed.APPROVE, last, Village.approval(words()), null);
        last = update(Deed.COMMIT, last, "{}", null);
        for (int spending = random.nextInt(4); spending > 0; spending--) {
            String amount = (1 + random.nextInt(600)) + ".25";
            last = update(Deed.SPEND, last, Village.spending(amount, words()), null);
        }
    }

    /** As soon as the service that keeps reports has heard of the promise; else not at all. */
    private void report(String commitment) throws IOException, InterruptedException {
        Attempt attempt =
                attempt(
                        Deed.REPORT,
                        Deed.REPORT.path(),
                        Village.report(commitment, words()),
                        null,
                        REPORTED);
        log.add(attempt);
        Answer drafted = door.patient(attempt, VIEW_PATIENCE);
        if (drafted.code().equals("report.subject-unknown")) {
            log.removeLast();
            return;
        }
        assertThat(drafted).as(attempt.toString()).matches(Answer::isAccepted);
        note(attempt.answered(drafted));
        update(Deed.TELL, drafted, "{}", REPORTED);
    }

    private Answer create(Deed deed, String body, @Nullable Instant at)
            throws IOException, InterruptedException {
        return give(attempt(deed, deed.path(), body, null, at));
    }

    private Answer update(Deed deed, Answer last, String body, @Nullable Instant at)
            throws IOException, InterruptedException {
        Attempt attempt = attempt(deed, deed.path(last.id()), body, last.version(), at);
        if (random.nextInt(10) == 0) {
            // Not remembered: the same key is used for the command that is accepted.
            Answer refused = door.give(attempt.withVersion(last.version() + 1));
            assertThat(refused.status()).as(refused.body()).isEqualTo(412);
        }
        return give(attempt);
    }

    private Attempt attempt(
            Deed deed, String path, String body, @Nullable Long version, @Nullable Instant at) {
        return new Attempt(
                deed, key(), village.token(deed.role, name, at), path, body, version, null);
    }

    private Answer give(Attempt attempt) throws IOException, InterruptedException {
        log.add(attempt);
        Answer answer = random.nextInt(25) == 0 ? raced(attempt) : door.accepted(attempt);
        note(attempt.answered(answer));
        return answer;
    }

    private void note(Attempt attempt) {
        log.set(log.size() - 1, attempt);
        answered.run();
    }

    /** The same command many times at once: every answer that comes is the same. */
    private Answer raced(Attempt attempt) throws IOException, InterruptedException {
        Set<Answer> answers = new HashSet<>();
        IOException none = new IOException("no answer");
        try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> given = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                given.add(racers.submit(() -> door.accepted(attempt)));
            }
            for (Future<Answer> one : given) {
                try {
                    answers.add(one.get());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof IOException)) {
                        throw new AssertionError("in a race of " + attempt, e.getCause());
                    }
                    none.addSuppressed(e.getCause());
                }
            }
        }
        if (answers.isEmpty()) {
            throw none;
        }
        assertThat(answers).as("one answer to all of " + attempt).hasSize(1);
        return answers.iterator().next();
    }

    private String key() {
        return name + "-" + log.size();
    }

    /** Words for the body of the next attempt. */
    private String words() {
        return "As was agreed " + Attempt.words(key());
    }
}
