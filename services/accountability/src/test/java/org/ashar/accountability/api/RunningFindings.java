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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ashar.accountability.AccountabilityApplication;
import org.ashar.embedded.EmbeddedBroker;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The service with a store and a broker of its own, and a voice for its neighbours. */
final class RunningFindings implements AutoCloseable {

    static final String PLACE = "soate:41706204810000";
    static final String AUDITEE = "okmotu";
    static final String AUDIT_OFFICE = "chamber-of-accounts";

    private static final String INSTALLATION = "test";
    private static final Instant NOON = Instant.parse("2025-05-04T06:00:00Z");

    private final EmbeddedBroker broker;
    private final EmbeddedStore store;
    private final DevelopmentIssuer issuer;
    private final ConfigurableApplicationContext context;
    private final KafkaProducer<String, byte[]> producer;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningFindings(Path folder) throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        store = EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
        issuer = DevelopmentIssuer.open(folder.resolve("keys"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            now(
                    admin.createTopics(
                                    List.of(topic("budget-commitments"), topic("progress-reports")))
                            .all());
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new StringSerializer(),
                        new ByteArraySerializer());
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
        properties.put("ashar.ledger.seed", "07".repeat(32));
        properties.put("ashar.ledger.origin", "ledger.example.org/ledger");
        SpringApplication application = new SpringApplication(AccountabilityApplication.class);
        application.setDefaultProperties(properties);
        context = application.run("--server.port=0", "--server.address=127.0.0.1");
    }

    /** An answer. */
    record Answer(int status, HttpResponse<byte[]> raw) implements AtOnce.Answer {
        JsonNode json() {
            return AsharJson.strict().readTree(raw.body());
        }

        @Override
        public String text() {
            return new String(raw.body(), UTF_8);
        }

        String code() {
            return json().get("code").asString();
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    RequestMappingHandlerMapping routes() {
        return context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    String auditor() {
        return token("auditor", Grant.unbound("auditor", AUDIT_OFFICE));
    }

    String head() {
        return token("head", Grant.forPlace("head", AUDITEE, PLACE));
    }

    String token(String person, Grant... grants) {
        return tokenAt(person, null, grants);
    }

    /** A token whose commands are given at another time. */
    String tokenAt(String person, @Nullable Instant at, Grant... grants) {
        return issuer.issue(
                new DevelopmentIssuer.Wish(person, List.of(grants), Duration.ofHours(1), at),
                Clock.systemUTC().instant());
    }

    Answer get(String path, String... headers) {
        HttpRequest.Builder request = to(path).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Answer post(String path, String token, String body, String... headers) {
        return postAs(path, token, UUID.randomUUID().toString(), body, headers);
    }

    Answer postAs(String path, String token, String key, String body, String... headers) {
        HttpRequest.Builder request =
                to(path).header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Publishes a neighbour's own example of a fact, about this commitment. */
    void publish(String service, StreamId stream, String fact, StreamId commitment) {
        try {
            Path file =
                    Path.of(
                            "../%s/src/main/resources/contracts/%s/%s.v1.example.json"
                                    .formatted(service, service, fact));
            ObjectNode data = (ObjectNode) AsharJson.lenient().readTree(Files.readString(file));
            ((ObjectNode) data.get("place")).put("code", "41706204810000");
            if (data.has("commitment")) {
                data.put("commitment", commitment.toString());
            }
            now(
                    producer.send(
                            KafkaCloudEvents.toRecord(
                                    KafkaCloudEvents.topic(service),
                                    new PublishedEvent(
                                            PublishedEvent.idOf(stream, 1),
                                            KafkaCloudEvents.source(INSTALLATION, service),
                                            KafkaCloudEvents.type(service, fact, 1),
                                            stream,
                                            1,
                                            NOON,
                                            null,
                                            null,
                                            data.toString().getBytes(UTF_8)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        producer.close(Duration.ofSeconds(5));
        client.close();
        store.close();
        broker.stop();
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder to(String path) {
        Integer port =
                context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static NewTopic topic(String service) {
        return new NewTopic(KafkaCloudEvents.topic(service), 6, (short) 1);
    }

    private static <T> T now(Future<T> begun) {
        try {
            return begun.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
