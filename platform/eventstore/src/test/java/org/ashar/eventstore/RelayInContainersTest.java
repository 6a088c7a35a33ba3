package org.ashar.eventstore;

import static org.ashar.eventstore.Fixture.ANYONE;
import static org.ashar.eventstore.Fixture.meta;
import static org.ashar.eventstore.Fixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ashar.eventstore.Tally.Command;
import org.ashar.eventstore.Tally.State;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;

/** The relay between MongoDB and Kafka themselves. */
class RelayInContainersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void events_are_acknowledged_and_marks_cleared() {
        Optional<Fixture.Server> mongo = Containers.mongo();
        Optional<KafkaContainer> kafka = Containers.kafka();
        assumeTrue(
                mongo.isPresent() && kafka.isPresent(),
                "no container engine, or it has not the images of docker-compose.yml");
        try (Fixture.Server server = mongo.orElseThrow();
                KafkaContainer broker = kafka.orElseThrow();
                EventStore store =
                        EventStore.open(
                                server.database(),
                                EventStoreSettings.of(
                                        "osh",
                                        "tallies",
                                        Map.of("bootstrap.servers", broker.getBootstrapServers())),
                                Clock.systemUTC())) {
            CommandHandler<Command, State, Tally.Event> tallies = store.handler(Tally.type(1));
            tallies.create(stream("a"), meta("open"), ANYONE, new Command.Open("n"));
            tallies.update(stream("a"), 1, meta("publish"), ANYONE, new Command.Publish());
            await().atMost(PATIENCE).until(() -> store.commits().pending("", 10).isEmpty());
            assertThat(store.republish(stream("a"))).isEqualTo(1);
        }
    }
}
