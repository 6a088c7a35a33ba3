package org.ashar.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and controller (KRaft, one node) in this JVM, on the loopback address alone.
 * What it acknowledges survives the loss of the process; a topic created with {@code
 * flush.messages=1} also survives a power cut. Topics are never created by mention.
 *
 * <p>One process may have a folder open; a second one gets a {@link FolderInUseException}. When the
 * broker meets a fault it cannot live with, it stops and {@link #failed()} says so; the JVM goes
 * on.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String FORMAT = "ashar-broker 1";
    private static final String PORT = "port";
    private static final String CONTROLLER_PORT = "controller-port";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static volatile boolean failed;

    private final DataFolder folder;
    private final KafkaRaftServer server;
    private final int port;
    private boolean stopped;

    private EmbeddedBroker(DataFolder folder, KafkaRaftServer server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker on a folder, made and formatted where there is none, and returns when
     * clients can use it, at most a minute later. It listens where it did before, or on other ports
     * where those are taken.
     *
     * @throws FolderInUseException somebody has the folder open
     * @throws IOException the broker did not start
     */
    public static EmbeddedBroker start(Path directory) throws IOException {
        DataFolder folder = DataFolder.claim(directory, FORMAT);
        try {
            Path data = directory.resolve("data");
            int port = port(folder, PORT);
            int controllerPort = port(folder, CONTROLLER_PORT);
            format(data);
            surviveFaults();
            KafkaRaftServer server =
                    new KafkaRaftServer(
                            new KafkaConfig(BrokerSettings.of(data, port, controllerPort), false),
                            Time.SYSTEM);
            begin(server);
            return new EmbeddedBroker(folder, server, port);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static void begin(KafkaRaftServer server) throws IOException {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IOException("the broker did not start", e);
        }
    }

    /** Kafka ends the process on a fault; here it would take everything else with it. */
    private static void surviveFaults() {
        Exit.Procedure note =
                (status, message) -> {
                    failed = true;
                    log.error(
                            "the broker has failed and is of no use until a restart: {}", message);
                    throw new IllegalStateException("the broker has failed: " + message);
                };
        Exit.setExitProcedure(note);
        Exit.setHaltProcedure(note);
    }

    private static void format(Path data) throws IOException {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(data);
        Formatter formatter =
                new Formatter()
                        .setNodeId(BrokerSettings.NODE)
                        .setClusterId(Uuid.randomUuid().toString())
                        .addDirectory(data.toString())
                        .setMetadataLogDirectory(data.toString())
                        .setControllerListenerName(BrokerSettings.CONTROLLER)
                        .setIgnoreFormatted(true)
                        .setPrintStream(
                                new PrintStream(
                                        OutputStream.nullOutputStream(),
                                        false,
                                        StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the broker's folder cannot be formatted", e);
        }
    }

    /** The port kept under a name where it is free, else another, which is kept from now on. */
    private static int port(DataFolder folder, String name) throws IOException {
        Integer kept = folder.number(name);
        if (kept != null) {
            try (ServerSocket socket = bind(kept)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                log.info("port {} is taken, the broker takes another", kept);
            }
        }
        try (ServerSocket socket = bind(0)) {
            folder.write(name, Integer.toString(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(BrokerSettings.HOST), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Where clients reach it: host and port. */
    public String bootstrap() {
        return BrokerSettings.HOST + ":" + port;
    }

    /** Whether the broker met a fault it cannot live with. */
    public boolean failed() {
        return failed;
    }

    /** Stops the broker, waiting a while for it, and gives the folder free. */
    public synchronized void stop() throws IOException {
        if (stopped) {
            return;
        }
        stopped = true;
        try (folder) {
            Thread stopping =
                    Thread.ofPlatform().name("broker-stop").daemon().start(server::shutdown);
            if (!stopping.join(STOP_LIMIT)) {
                throw new IOException("the broker does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the broker stops", e);
        }
    }

    /** As {@link #stop()}. */
    @Override
    public void close() throws IOException {
        stop();
    }
}
