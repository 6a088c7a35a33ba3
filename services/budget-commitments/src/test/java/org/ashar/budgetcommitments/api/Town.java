package org.ashar.budgetcommitments.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ashar.budgetcommitments.BudgetCommitmentsApplication;
import org.ashar.embedded.EmbeddedBroker;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.json.AsharJson;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The service on an embedded store and broker, and the people who use it. */
final class Town implements AutoCloseable {

    static final String PLACE = "soate:41706207804000";
    static final String OTHER_PLACE = "soate:41706207809000";

    final String officer;
    final String head;
    final String finance;
    final String monitor;
    final String facilitator;

    private final EmbeddedStore store;
    private final EmbeddedBroker broker;
    private final DevelopmentIssuer issuer;
    private final ConfigurableApplicationContext service;
    private final HttpClient client = HttpClient.newHttpClient();

    Town(Path data) throws IOException {
        store = EmbeddedStore.open(data.resolve("store"), EmbeddedStoreOptions.defaults());
        broker = EmbeddedBroker.start(data.resolve("kafka"));
        issuer = DevelopmentIssuer.open(data.resolve("keys"));
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.config.name", "budget-commitments");
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("ashar.installation", "test-town");
        properties.put("ashar.mongodb.uri", store.uri());
        properties.put("ashar.kafka.bootstrap", broker.bootstrap());
        properties.put("ashar.issuer", DevelopmentIssuer.NAME);
        properties.put("ashar.jwks", issuer.jwks().toString());
        properties.put("ashar.secret", "a secret for tests, of no less than 32 bytes");
        properties.put("ashar.language", "en");
        SpringApplication application = new SpringApplication(BudgetCommitmentsApplication.class);
        application.setDefaultProperties(properties);
        service = application.run("--server.port=0", "--server.address=127.0.0.1");
        officer = token("officer-1", Grant.forPlace("officer", "okmotu", PLACE));
        head = token("head-1", Grant.forPlace("head", "okmotu", PLACE));
        finance = token("finance-1", Grant.forPlace("finance-officer", "okmotu", PLACE));
        monitor = token("monitor-1", Grant.forPlace("monitor", "monitoring-group", PLACE));
        facilitator = token("facilitator-1", Grant.forPlace("facilitator", "civic-union", PLACE));
    }

    record Answer(int status, HttpResponse<byte[]> raw) implements AtOnce.Answer {

        JsonNode json() {
            return AsharJson.strict().readTree(raw.body());
        }

        @Override
        public String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        String code() {
            return json().path("code").asString("");
        }

        String id() {
            return json().path("id").asString("");
        }

        long version() {
            return json().path("version").asLong(-1);
        }

        @Nullable String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    /** Documents that the store looked at so far, for whatever reason. */
    long documentsRead() {
        return store.documentsRead();
    }

    ConfigurableApplicationContext service() {
        return service;
    }

    String token(String person, Grant... grants) {
        return tokenAt(person, null, grants);
    }

    String tokenAt(String person, @Nullable Instant at, Grant... grants) {
        return issuer.issue(
                new DevelopmentIssuer.Wish(person, List.of(grants), Duration.ofHours(1), at),
                Clock.systemUTC().instant());
    }

    Answer get(String path, @Nullable String token, String... headers) {
        HttpRequest.Builder request = request(path, token).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** A creating command. */
    Answer create(String path, String token, String body) {
        return create(path, token, body, UUID.randomUUID().toString());
    }

    Answer create(String path, String token, String body, String key) {
        return send(
                request(path, token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    /** A command on what is at this version. */
    Answer command(String path, String token, long version, String body) {
        return command(path, token, version, body, UUID.randomUUID().toString());
    }

    Answer command(String path, String token, long version, String body, String key) {
        return send(
                request(path, token)
                        .header("Idempotency-Key", key)
                        .header("If-Match", "\"" + version + "\"")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + service.getEnvironment()
                                                        .getRequiredProperty("local.server.port")
                                                + path))
                        .timeout(Duration.ofSeconds(20));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
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

    @Override
    public void close() throws IOException {
        client.close();
        service.close();
        broker.close();
        store.close();
    }
}
