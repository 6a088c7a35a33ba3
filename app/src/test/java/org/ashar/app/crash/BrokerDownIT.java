package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ashar.app.launch.Launch;
import org.ashar.standalone.Broker;
import org.ashar.standalone.Standalone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker stops under eight clients and stays away for a while: every command is answered as
 * ever, operators see what waits, and all of it arrives, once, when the broker is back.
 */
class BrokerDownIT {

    private static final Duration OUTAGE = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void commands_go_on_without_the_broker_and_everything_arrives_when_it_is_back()
            throws Exception {
        long seed = new Random().nextLong();
        System.out.println("broker down test: seed " + seed);
        Random random = new Random(seed);
        Path data = folder.resolve("data");
        Village village = new Village(data);
        List<Attempt> log = new ArrayList<>();
        try (Standalone standalone = Launch.inside(data);
                Door door = new Door(URI.create(standalone.address()));
                Clients surprised = new Clients(village, "s", random);
                Clients without = new Clients(village, "w", random)) {
            Operations operations = new Operations(standalone.ports(), village);
            Broker.Inside broker = (Broker.Inside) standalone.broker();
            surprised.start(door);
            surprised.awaitAnswered(100);

            broker.stop();
            log.addAll(surprised.logs());
            int turnedAwayBefore = door.turnedAway();
            without.start(door);
            without.awaitAnswered(200);
            await().pollDelay(OUTAGE)
                    .atMost(OUTAGE.plus(PATIENCE))
                    .until(() -> operations.waiting() > 100);
            await().atMost(PATIENCE).until(operations::isFailing);
            assertThat(status(data))
                    .containsPattern(
                            "budget-commitments: [1-9]\\d* commits wait for the broker, which has failed since 2");
            List<Attempt> during = without.logs();
            log.addAll(during);

            assertThat(log).allMatch(Attempt::isAnswered, "is answered");
            // None, but that a loaded machine may have a slow moment.
            assertThat(door.turnedAway() - turnedAwayBefore).isLessThan(during.size() / 10);
            int waiting = operations.waiting();
            broker.start();
            await().atMost(PATIENCE)
                    .until(() -> operations.waiting() == 0 && !operations.isFailing());
            assertThat(status(data)).contains("Ashar is ready").doesNotContain("broker");
            Oracle oracle = new Oracle(log);
            oracle.judge(data.resolve("store"), data.resolve("kafka"), door);
            oracle.repeatSome(door, random);
            System.out.println(
                    "broker down test: " + log.size() + " commands, " + waiting + " waited");
        }
    }

    /** What {@code ./ashar status} prints. */
    private static String status(Path data) throws Exception {
        Process status =
                new ProcessBuilder(Launch.tool(List.of("status", "--data", data.toString())))
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader output = status.inputReader()) {
            String printed = output.readAllAsString();
            assertThat(status.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return printed;
        }
    }
}
