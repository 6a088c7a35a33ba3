package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ashar.accountability.AccountabilityApplication;
import org.ashar.embedded.EmbeddedBroker;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;
import org.ashar.web.OpenAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A broker and a store, a voice for the services that publish, and any number of ledgers. */
final class RunningLedger implements AutoCloseable {

    static final String INSTALLATION = "test";
    static final String ORIGIN = "ledger.example.org/ledger";
    static final String SEED = "07".repeat(32);
    static final String SERVICE = "budget-commitments";

    /** The public half of the seed below. */
    static final NoteKey KEY =
            NoteSigner.of(ORIGIN, NoteKey.Kind.ED25519, HexFormat.of().parseHex(SEED)).key();

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    final EmbeddedBroker broker;
    final EmbeddedStore store;
    private final DevelopmentIssuer issuer;
    private final KafkaProducer<String, byte[]> producer;
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    RunningLedger(Path folder) throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        store = EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
        issuer = DevelopmentIssuer.open(folder.resolve("keys"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            now(
                    admin.createTopics(
                                    Stream.of(SERVICE, "progress-reports")
                                            .map(KafkaCloudEvents::topic)
                                            .map(topic -> new NewTopic(topic, 6, (short) 1))
                                            .toList())
                            .all());
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", 5),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /** What a ledger here is started with. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.config.name", "accountability");
        properties.put("spring.main.banner-mode", "off");
        properties.put("ashar.installation", INSTALLATION);
        properties.put("ashar.mongodb.uri", store.uri());
        properties.put("ashar.kafka.bootstrap", broker.bootstrap());
        properties.put("ashar.issuer", DevelopmentIssuer.NAME);
        properties.put("ashar.jwks", issuer.jwks().toString());
        properties.put("ashar.secret", "a secret for tests, of no less than 32 bytes");
        properties.put("ashar.language", "en");
        properties.put("ashar.ledger.seed", SEED);
        properties.put("ashar.ledger.origin", ORIGIN);
        return properties;
    }

    /**
     * Starts one more on the same store and broker; the address where it listens.
     *
     * @param settings of its own, as {@code --name=value}
     */
    URI start(String... settings) {
        SpringApplication application = new SpringApplication(AccountabilityApplication.class);
        application.setDefaultProperties(properties());
        ConfigurableApplicationContext context =
                application.run(
                        Stream.concat(
                                        Stream.of("--server.port=0", "--server.address=127.0.0.1"),
                                        Stream.of(settings))
                                .toArray(String[]::new));
        contexts.add(context);
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Stops the one that was started first of those that run. */
    void stopFirst() {
        contexts.removeFirst().close();
    }

    /** An operator's token. */
    String operator() {
        return issuer.issue(
                new DevelopmentIssuer.Wish(
                        "tester",
                        List.of(Grant.unbound("operator", "ashar")),
                        Duration.ofHours(1),
                        null),
                Clock.systemUTC().instant());
    }

    /** Streams of events that are open at the one that was started last. */
    int followers() {
        return contexts.getLast().getBean(OpenAnswers.class).count();
    }

    static StreamId stream(String name) {
        return StreamId.derived("commitment", name);
    }

    /** What the service that was started last answers to. */
    RequestMappingHandlerMapping routes() {
        return contexts.getLast()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    /** A token with these grants; where {@code at} is given, its commands are given then. */
    String token(String person, @Nullable Instant at, Grant... grants) {
        return issuer.issue(
                new DevelopmentIssuer.Wish(person, List.of(grants), Duration.ofHours(1), at),
                Clock.systemUTC().instant());
    }

    /** Publishes an event, as a service would. */
    Future<RecordMetadata> publish(StreamId stream, long sequence, String data) {
        return publish(SERVICE, "commitment-published", stream, sequence, data);
    }

    /** Publishes a fact of this service. */
    Future<RecordMetadata> publish(
            String service, String fact, StreamId stream, long sequence, String data) {
        return producer.send(record(service, fact, stream, sequence, data));
    }

    /** The same, compressed: the broker takes what is far over its limit; there when it answers. */
    RecordMetadata publishCompressed(StreamId stream, long sequence, String data) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "compression.type",
                        "gzip",
                        "max.request.size",
                        50_000_000,
                        "buffer.memory",
                        50_000_000L);
        try (KafkaProducer<String, byte[]> compressing =
                new KafkaProducer<>(
                        properties, new StringSerializer(), new ByteArraySerializer())) {
            return now(
                    compressing.send(
                            record(SERVICE, "commitment-published", stream, sequence, data)));
        }
    }

    private static ProducerRecord<String, byte[]> record(
            String service, String fact, StreamId stream, long sequence, String data) {
        return KafkaCloudEvents.toRecord(
                KafkaCloudEvents.topic(service),
                new PublishedEvent(
                        PublishedEvent.idOf(stream, sequence),
                        KafkaCloudEvents.source(INSTALLATION, service),
                        KafkaCloudEvents.type(service, fact, 1),
                        stream,
                        sequence,
                        NOON.plusSeconds(sequence),
                        null,
                        null,
                        data.getBytes(UTF_8)));
    }

    static <T> T now(Future<T> begun) {
        try {
            return begun.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(URI base, String path, String... headers) {
        return get(base, LIMIT, path, headers);
    }

    HttpResponse<byte[]> head(URI base, String path) {
        return send(to(base, LIMIT, path).HEAD());
    }

    HttpResponse<byte[]> get(URI base, Duration within, String path, String... headers) {
        return send(to(base, within, path, headers).GET());
    }

    HttpResponse<byte[]> post(URI base, String path, String body, String... headers) {
        return send(
                to(base, LIMIT, path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder to(
            URI base, Duration within, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(within);
        return headers.length > 0 ? request.headers(headers) : request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String text(URI base, String path) {
        return new String(get(base, path).body(), UTF_8);
    }

    /** The signed checkpoint that is served, its signature verified. */
    Checkpoint checkpoint(URI base) {
        return checkpoint(get(base, "/ledger/checkpoint.latest").body());
    }

    static Checkpoint checkpoint(byte[] note) {
        SignedNote signed = SignedNote.parse(note).orThrow();
        signed.verify(List.of(KEY)).orThrow();
        return Checkpoint.parse(signed.text()).orThrow();
    }

    long size(URI base) {
        HttpResponse<byte[]> answer = get(base, "/ledger/checkpoint.latest");
        return answer.statusCode() == 404 ? 0 : checkpoint(answer.body()).size();
    }

    /** All entries of the log and the tree's edge behind each, read as bundles. */
    Read readAll(URI base) {
        long size = checkpoint(base).size();
        List<byte[]> leaves = new ArrayList<>();
        RightEdge edge = RightEdge.EMPTY;
        List<Hash> roots = new ArrayList<>(List.of(edge.root()));
        for (long tile = 0; tile * Tile.FULL < size; tile++) {
            int width = (int) Math.min(Tile.FULL, size - tile * Tile.FULL);
            byte[] bundle =
                    get(base, "/ledger/" + new Tile(Tile.ENTRIES, tile, width).path()).body();
            for (byte[] leaf : EntryBundle.parse(bundle, width).orThrow()) {
                leaves.add(leaf);
                edge = edge.append(Hash.leaf(leaf), (_, _, _) -> {});
                roots.add(edge.root());
            }
        }
        return new Read(leaves, roots);
    }

    /**
     * A whole log.
     *
     * @param roots of the trees over the first 0, 1, 2, … entries
     */
    record Read(List<byte[]> leaves, List<Hash> roots) {}

    static String header(HttpResponse<?> answer, String name) {
        return Objects.requireNonNull(answer.headers().firstValue(name).orElse(""));
    }

    @Override
    public void close() throws IOException {
        contexts.forEach(ConfigurableApplicationContext::close);
        producer.close(Duration.ofSeconds(5));
        client.close();
        store.close();
        broker.stop();
    }
}
