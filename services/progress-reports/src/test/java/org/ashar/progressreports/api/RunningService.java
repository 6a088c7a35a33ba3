package org.ashar.progressreports.api;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ashar.embedded.EmbeddedBroker;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.ProgressReportsApplication;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The service on a free port with a store and a broker of its own, and a voice for its neighbour.
 */
final class RunningService implements AutoCloseable {

    static final String INSTALLATION = "test";
    static final String CODE = "41706246820000";
    static final String PLACE = "soate:" + CODE;
    static final String ORGANISATION = "okmotu";

    private static final Path EXAMPLES =
            Path.of("../budget-commitments/src/main/resources/contracts/budget-commitments");
    private static final String TOPIC = "ashar.budget-commitments.events";

    private final EmbeddedBroker broker;
    private final EmbeddedStore store;
    private final DevelopmentIssuer issuer;
    private final ConfigurableApplicationContext context;
    private final KafkaProducer<String, byte[]> producer;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningService(Path folder) throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        store = EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
        issuer = DevelopmentIssuer.open(folder.resolve("keys"));
        createTopic();
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new StringSerializer(),
                        new ByteArraySerializer());
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.config.name", "progress-reports");
        properties.put("spring.main.banner-mode", "off");
        properties.put("ashar.installation", INSTALLATION);
        properties.put("ashar.mongodb.uri", store.uri());
        properties.put("ashar.kafka.bootstrap", broker.bootstrap());
        properties.put("ashar.issuer", DevelopmentIssuer.NAME);
        properties.put("ashar.jwks", issuer.jwks().toString());
        properties.put("ashar.secret", "a secret for tests, of no less than 32 bytes");
        properties.put("ashar.language", "en");
        SpringApplication application = new SpringApplication(ProgressReportsApplication.class);
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

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Documents that the store looked at so far, for whatever reason. */
    long documentsRead() {
        return store.documentsRead();
    }

    String officer() {
        return token(Grant.forPlace("officer", ORGANISATION, PLACE));
    }

    String head() {
        return token(Grant.forPlace("head", ORGANISATION, PLACE));
    }

    String operator() {
        return token(Grant.unbound("operator", "ashar"));
    }

    String token(Grant... grants) {
        return issuer.issue(
                new DevelopmentIssuer.Wish("tester", List.of(grants), Duration.ofHours(1), null),
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

    Answer send(HttpRequest.Builder request) {
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

    HttpRequest.Builder to(String path) {
        Integer port =
                context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** The neighbour's own example of a fact's data, moved to a place that there is. */
    static ObjectNode example(String fact) {
        try {
            ObjectNode example =
                    (ObjectNode)
                            AsharJson.lenient()
                                    .readTree(
                                            Files.readString(
                                                    EXAMPLES.resolve(fact + ".v1.example.json")));
            ((ObjectNode) example.get("place")).put("code", CODE);
            return example;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event of the neighbour, as it would publish it. */
    static ProducerRecord<String, byte[]> event(
            StreamId stream, long sequence, String fact, Instant time, byte[] data) {
        return KafkaCloudEvents.toRecord(
                TOPIC,
                new PublishedEvent(
                        PublishedEvent.idOf(stream, sequence),
                        KafkaCloudEvents.source(INSTALLATION, "budget-commitments"),
                        KafkaCloudEvents.type("budget-commitments", fact, 1),
                        stream,
                        sequence,
                        time,
                        null,
                        null,
                        data));
    }

    void tell(ProducerRecord<String, byte[]> event) {
        try {
            producer.send(event).get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
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

    private void createTopic() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 6, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
