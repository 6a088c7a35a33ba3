package org.ashar.eventstore;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/** MongoDB and Kafka of the images in {@code docker-compose.yml}, where an engine has them. */
final class Containers {

    private static final String MONGO = "mongo:8.0.9";
    private static final String KAFKA = "apache/kafka:4.1.0";

    private Containers() {}

    /** A replica set of one. */
    static Optional<Fixture.Server> mongo() {
        if (!has(MONGO)) {
            return Optional.empty();
        }
        MongoDBContainer container = new MongoDBContainer(MONGO).withReplicaSet();
        container.start();
        return Optional.of(Fixture.Server.at(container.getReplicaSetUrl(), container::stop));
    }

    /** A broker, started; the caller stops it. */
    static Optional<KafkaContainer> kafka() {
        if (!has(KAFKA)) {
            return Optional.empty();
        }
        KafkaContainer container = new KafkaContainer(KAFKA);
        container.start();
        return Optional.of(container);
    }

    /** Nothing is downloaded: an image that is not there is as good as no engine. */
    private static boolean has(String image) {
        DockerClientFactory docker = DockerClientFactory.instance();
        if (!docker.isDockerAvailable()) {
            return false;
        }
        try {
            docker.client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }
}
