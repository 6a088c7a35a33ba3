package org.ashar.web.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The wiring of a service, with a store and without a broker. */
class NotesIT {

    @TempDir static Path folder;
    private static EmbeddedStore store;
    private static DevelopmentIssuer issuer;
    private static ConfigurableApplicationContext context;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        store = EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
        issuer = DevelopmentIssuer.open(folder.resolve("keys"));
        context = run(settings());
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        context.close();
        store.close();
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.application.name", "plain-notes");
        settings.put("spring.main.banner-mode", "off");
        settings.put("server.port", "0");
        settings.put("ashar.installation", "test");
        settings.put("ashar.mongodb.uri", store.uri());
        settings.put("ashar.kafka.bootstrap", "127.0.0.1:1");
        settings.put("ashar.issuer", DevelopmentIssuer.NAME);
        settings.put("ashar.jwks", issuer.jwks().toString());
        settings.put("ashar.secret", "a secret for tests, of no less than 32 bytes");
        return settings;
    }

    private static ConfigurableApplicationContext run(Map<String, Object> settings) {
        SpringApplication application = new SpringApplication(NotesApplication.class);
        application.setDefaultProperties(settings);
        return application.run();
    }

    private static HttpRequest.Builder to(String path, String role) {
        String token =
                issuer.issue(
                        new DevelopmentIssuer.Wish(
                                "tester",
                                List.of(Grant.unbound(role, "aimak")),
                                Duration.ofHours(1),
                                null),
                        Clock.systemUTC().instant());
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder command(String path, String key, String text) {
        return to(path, "officer")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void commands_take_effect_once_though_no_broker_answers() throws Exception {
        var first = send(command("/api/notes", "one", "a"));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        var again = send(command("/api/notes", "one", "a"));
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().map().get("etag")).containsExactly("\"1\"");
        assertThat(send(command("/api/notes", "one", "b")).body()).contains("request.key-reused");

        String rewrite = first.headers().firstValue("location").orElseThrow() + "/rewrite";
        var seen = command(rewrite, "two", "b").header("If-Match", "\"1\"");
        assertThat(send(seen).body()).contains("\"version\":2");
        assertThat(send(seen).body())
                .as("a retry whose If-Match is stale")
                .contains("\"version\":2");
        var stale = send(command(rewrite, "three", "c").header("If-Match", "\"1\""));
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.headers().map().get("etag")).containsExactly("\"2\"");
        var refused = send(command(rewrite + "?lang=ru", "four", "b").header("If-Match", "\"2\""));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"code\":\"note.unchanged\"", "Ничего не изменилось");
        var nowhere =
                send(
                        command("/api/notes/aaaaaaaaaaaaaaaaaaaaaaaaaa/rewrite", "five", "b")
                                .header("If-Match", "\"1\""));
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("note.not-found");
    }

    @Test
    void an_operator_sees_that_the_relay_waits() throws Exception {
        assertThat(send(command("/api/notes", "relay", "r")).statusCode()).isEqualTo(201);
        var relay = send(to("/internal/relay", "operator"));
        assertThat(relay.statusCode()).isEqualTo(200);
        assertThat(relay.body()).contains("\"waiting\":");
        assertThat(send(to("/internal/relay", "officer")).statusCode()).isEqualTo(403);
        var meters = context.getBean(MeterRegistry.class);
        assertThat(meters.get("ashar.relay.waiting").gauge().value()).isPositive();
        assertThat(meters.get("ashar.relay.lag").gauge().value()).isNotNegative();
        var republish =
                to("/internal/republish/note/../x", "operator").POST(BodyPublishers.noBody());
        assertThat(send(republish).statusCode()).isEqualTo(404);
    }

    @Test
    void its_database_is_its_own() {
        assertThat(context.getBean(MongoDatabase.class).getName()).isEqualTo("ashar_plain_notes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ashar.installation",
                "ashar.mongodb.uri",
                "ashar.kafka.bootstrap",
                "ashar.issuer",
                "ashar.jwks",
                "ashar.secret"
            })
    void a_missing_setting_stops_the_start_and_is_named(String name) {
        Map<String, Object> settings = settings();
        settings.remove(name);
        assertThatThrownBy(() -> run(settings)).hasStackTraceContaining(name);
    }
}
