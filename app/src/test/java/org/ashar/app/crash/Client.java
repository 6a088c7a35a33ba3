package org.ashar.app.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * One client: makes promises, publishes them, puts money to them and spends it, one command after
 * the other, until the door does not answer. Its log is what the record is held against.
 */
final class Client implements Callable<List<Attempt>> {

    private final Door door;
    private final Village village;
    private final String name;
    private final Random random;
    private final List<Attempt> log = new ArrayList<>();

    Client(Door door, Village village, String name, long seed) {
        this.door = door;
        this.village = village;
        this.name = name;
        this.random = new Random(seed);
    }

    /** Works until an answer stays away; that attempt is the last of the log, unanswered. */
    @Override
    public List<Attempt> call() throws InterruptedException {
        try {
            for (int promise = 0; !Thread.interrupted(); promise++) {
                promise(promise);
            }
        } catch (IOException killed) {
            // What the kill looks like from outside: the last attempt stays unanswered.
        }
        return log;
    }

    private void promise(int number) throws IOException, InterruptedException {
        String title = name + " promise " + number;
        Attempt.Answer drafted = give("officer", "/api/commitments", Village.draft(title), null);
        if (random.nextInt(8) == 0) {
            return;
        }
        String commitment = drafted.id();
        Attempt.Answer published =
                give(
                        "head",
                        "/api/commitments/" + commitment + "/publish",
                        "{}",
                        drafted.version());
        if (random.nextInt(4) == 0) {
            give("officer", "/api/commitments/" + commitment + "/start", "{}", published.version());
        }
        Attempt.Answer budget =
                give(
                        "finance-officer",
                        "/api/budget-commitments",
                        Village.budget(commitment, title),
                        null);
        String path = "/api/budget-commitments/" + budget.id();
        Attempt.Answer last =
                give("council-secretary", path + "/approve", Village.approval(), budget.version());
        last = give("finance-officer", path + "/commit", "{}", last.version());
        for (int spending = random.nextInt(4); spending > 0; spending--) {
            String amount = (1 + random.nextInt(600)) + ".25";
            last =
                    give(
                            "finance-officer",
                            path + "/spending",
                            Village.spending(amount, title + " part " + spending),
                            last.version());
        }
    }

    private Attempt.Answer give(
            String role, String path, String body, @org.jspecify.annotations.Nullable Long version)
            throws IOException, InterruptedException {
        Attempt attempt =
                new Attempt(
                        name + "-" + log.size(), village.token(role, 1), path, body, version, null);
        log.add(attempt);
        Attempt.Answer answer = door.give(attempt);
        log.set(log.size() - 1, attempt.answered(answer));
        return answer;
    }
}
