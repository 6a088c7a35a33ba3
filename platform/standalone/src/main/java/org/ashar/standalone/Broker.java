package org.ashar.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.ashar.embedded.EmbeddedBroker;

/** The broker that holds the topics, of whichever kind. */
public sealed interface Broker {
    /** Where it answers, for Kafka clients. */
    String bootstrap();

    /** One line for whoever starts Ashar. */
    String description();

    /** Ends it, if it is ours to end. */
    void stop();

    /** Starts, or names, the broker that was chosen. */
    static Broker start(Choice choice, DataFolder folder, Map<String, String> environment) {
        return switch (choice.format().broker()) {
            case EMBEDDED -> Inside.started(folder.kafka());
            case EXTERNAL -> new External(environment.getOrDefault(Choice.KAFKA_BOOTSTRAP, ""));
        };
    }

    /**
     * The Kafka broker in this process. Tests stop and start it, on the same port and data, to see
     * that commands go on meanwhile and that nothing is lost.
     */
    final class Inside implements Broker {
        private final Path folder;
        private EmbeddedBroker broker;
        private boolean running = true;

        private Inside(Path folder, EmbeddedBroker broker) {
            this.folder = folder;
            this.broker = broker;
        }

        static Inside started(Path folder) {
            return new Inside(folder, embedded(folder));
        }

        private static EmbeddedBroker embedded(Path folder) {
            try {
                return EmbeddedBroker.start(folder);
            } catch (IOException e) {
                throw new StandaloneException(folder + " cannot be used: " + e.getMessage(), e);
            }
        }

        @Override
        public synchronized String bootstrap() {
            return broker.bootstrap();
        }

        @Override
        public String description() {
            return "embedded Kafka, on this disk";
        }

        @Override
        public synchronized void stop() {
            if (running) {
                try {
                    broker.stop();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                running = false;
            }
        }

        /** Starts it again after {@link #stop}; nothing happens where it runs. */
        public synchronized void start() {
            if (!running) {
                broker = embedded(folder);
                running = true;
            }
        }
    }

    /** A cluster that others run. */
    record External(String bootstrap) implements Broker {
        @Override
        public String description() {
            return "the Kafka cluster at " + bootstrap;
        }

        @Override
        public void stop() {
            // others run it
        }
    }
}
