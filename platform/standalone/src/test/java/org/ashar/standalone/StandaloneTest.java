package org.ashar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ashar.embedded.journal.Trouble;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StandaloneTest {
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "ASHAR_MONGODB_URI", "mongodb://db.invalid:27017",
                    "ASHAR_KAFKA_BOOTSTRAP", "kafka.invalid:9092");
    private static final Map<String, String> WITHOUT_BROKER =
            Map.of("ASHAR_KAFKA_BOOTSTRAP", "kafka.invalid:9092");
    private static final ServiceDefinition FRONT =
            new ServiceDefinition("front", LampApplication.class);
    private static final ServiceDefinition LAMP =
            new ServiceDefinition("lamp", LampApplication.class);
    @TempDir Path temporary;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void starts_every_service_on_its_port_says_so_and_stops() throws Exception {
        Path data = temporary.resolve("data");
        JsonNode front;
        try (Standalone standalone = Standalone.start(settings(data, 0, LAMP), said::add)) {
            Run run = Run.in(data).orElseThrow();
            assertThat(run.state()).isEqualTo(Run.State.READY);
            assertThat(run.address()).isEqualTo(standalone.address());
            assertThat(run.ports()).isEqualTo(standalone.ports()).containsKeys("front", "lamp");
            assertThat(run.pid()).isEqualTo(ProcessHandle.current().pid());
            front = settingsOf(standalone.address());
            JsonNode lamp = settingsOf("http://127.0.0.1:" + standalone.ports().get("lamp"));
            assertThat(lamp.get("name").stringValue()).isEqualTo("lamp");
            assertThat(front.get("name").stringValue()).isEqualTo("front");
            assertThat(front.get("lamp").stringValue())
                    .isEqualTo("http://127.0.0.1:" + standalone.ports().get("lamp"));
            assertThat(front.get("store").stringValue()).isEqualTo("mongodb://db.invalid:27017");
            assertThat(front.get("issuer").stringValue()).isEqualTo("ashar-development");
            assertThat(Path.of(URI.create(front.get("jwks").stringValue()))).exists();
        }
        assertThat(said).anyMatch(line -> line.contains("lamp") && line.contains("ready"));
        assertThat(said)
                .anyMatch(line -> line.contains("store") && line.contains("db.invalid:27017"));
        assertThat(Run.in(data)).isEmpty();
        try (Standalone again = Standalone.start(settings(data, 0, LAMP), said::add)) {
            assertThat(settingsOf(again.address()).get("installation"))
                    .isEqualTo(front.get("installation"));
        }
    }

    @Test
    void runs_a_store_and_a_broker_inside_which_can_be_stopped_and_started() throws Exception {
        Path data = temporary.resolve("data");
        String store;
        try (Standalone standalone =
                Standalone.start(settings(data, 0, Map.of(), LAMP), said::add)) {
            JsonNode settings = settingsOf(standalone.address());
            store = settings.get("store").stringValue();
            assertThat(store).startsWith("mongodb://127.0.0.1:").isEqualTo(standalone.storeUri());
            Broker.Inside broker = (Broker.Inside) standalone.broker();
            String bootstrap = broker.bootstrap();
            assertThat(settings.get("broker").stringValue()).isEqualTo(bootstrap);
            assertThat(answers(bootstrap)).isTrue();

            broker.stop();
            assertThat(answers(bootstrap)).isFalse();
            assertThat(settingsOf(standalone.address())).isEqualTo(settings);

            broker.start();
            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
            assertThat(answers(bootstrap)).isTrue();
        }
        assertThat(answers(store.substring("mongodb://".length(), store.indexOf("/?")))).isFalse();
        assertThat(said).anyMatch(line -> line.contains("store") && line.contains("on this disk"));
    }

    @Test
    void a_store_that_cannot_write_makes_the_services_on_it_not_ready_and_says_what_to_do()
            throws Exception {
        Path data = temporary.resolve("data");
        try (Standalone standalone =
                        Standalone.start(settings(data, 0, WITHOUT_BROKER, LAMP), said::add);
                MongoClient client = MongoClients.create(standalone.storeUri())) {
            String lamp = "http://127.0.0.1:" + standalone.ports().get("lamp");
            HttpResponse<String> before = get(lamp + "/actuator/health/readiness");
            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(StoreHealth.troubles(before.body())).isEmpty();

            Files.createDirectory(data.resolve("store/data/journal-000000000001.log"));
            MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
            assertThatThrownBy(() -> things.insertOne(new Document("_id", 1)))
                    .isInstanceOf(MongoException.class);

            HttpResponse<String> after = get(lamp + "/actuator/health/readiness");
            assertThat(after.statusCode()).isEqualTo(503);
            assertThat(after.body()).doesNotContain("Exception", "journal", data.toString());
            assertThat(StoreHealth.troubles(after.body()))
                    .singleElement(STRING)
                    .contains("make room", "./ashar stop", "./ashar up");
            assertThat(get(lamp + "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get(standalone.address() + "/actuator/health/readiness").statusCode())
                    .as("what does not run on the store")
                    .isEqualTo(200);
            assertThatThrownBy(() -> RunningService.awaitReady("lamp", lamp, Duration.ofMinutes(2)))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("lamp cannot be ready. The store cannot write");
        }
    }

    @Test
    void a_damaged_part_of_the_store_is_told_and_the_rest_is_served() {
        Health health = new StoreHealth(() -> Set.of(Trouble.DAMAGED)).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails().get("troubles"))
                .asInstanceOf(LIST)
                .singleElement()
                .asString()
                .contains("is damaged", "put a copy of the data folder in its place");
        assertThat(StoreHealth.troubles("<html>not ours</html>")).isEmpty();
    }

    @Test
    void a_store_is_not_opened_with_a_memory_that_is_no_number() {
        assertThatThrownBy(
                        () ->
                                Standalone.start(
                                        settings(
                                                temporary.resolve("data"),
                                                0,
                                                Map.of("ASHAR_STORE_MEMTABLE_BYTES", "much"),
                                                LAMP),
                                        said::add))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("ASHAR_STORE_MEMTABLE_BYTES")
                .hasMessageContaining("much");
    }

    @Test
    void another_issuer_shuts_out_the_development_sign_in() throws Exception {
        Path data = temporary.resolve("data");
        Map<String, String> environment = new java.util.HashMap<>(ELSEWHERE);
        environment.put("ASHAR_ISSUER", "https://id.example");
        assertThatThrownBy(() -> Standalone.start(settings(data, 0, environment, LAMP), said::add))
                .hasMessageContaining("set ASHAR_JWKS");
        environment.put("ASHAR_JWKS", "https://id.example/keys");
        try (Standalone standalone =
                Standalone.start(settings(data, 0, environment, LAMP), said::add)) {
            JsonNode settings = settingsOf(standalone.address());
            assertThat(settings.get("issuer").stringValue()).isEqualTo("https://id.example");
            assertThat(settings.get("jwks").stringValue()).isEqualTo("https://id.example/keys");
            assertThat(data.resolve("keys/development-issuer.json")).doesNotExist();
        }
    }

    @Test
    void how_everybody_reaches_it_is_told_to_what_answers_them() throws Exception {
        Map<String, String> environment = new java.util.HashMap<>(ELSEWHERE);
        environment.put("ASHAR_PUBLIC_URL", "https://ashar.example.org");
        try (Standalone standalone =
                Standalone.start(
                        settings(temporary.resolve("data"), 0, environment, LAMP), said::add)) {
            assertThat(settingsOf(standalone.address()).get("publicUrl").stringValue())
                    .isEqualTo("https://ashar.example.org");
        }
    }

    @Test
    void the_ledger_is_signed_with_the_seed_that_is_given() throws Exception {
        Path data = temporary.resolve("data");
        Map<String, String> environment = new java.util.HashMap<>(ELSEWHERE);
        environment.put("ASHAR_LEDGER_SEED", "0A".repeat(32));
        try (Standalone standalone =
                Standalone.start(settings(data, 0, environment, LAMP), said::add)) {
            assertThat(settingsOf(standalone.address()).get("ledgerSeed").stringValue())
                    .isEqualTo("0A".repeat(32));
            assertThat(data.resolve("keys/ledger-seed")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0a0a", "0x0a0a", "no seed at all"})
    void a_seed_that_is_none_is_refused_before_anything_starts_and_not_repeated(String seed) {
        Map<String, String> environment = new java.util.HashMap<>(ELSEWHERE);
        environment.put("ASHAR_LEDGER_SEED", seed);
        assertThatThrownBy(
                        () ->
                                Standalone.start(
                                        settings(temporary.resolve("data"), 0, environment, LAMP),
                                        said::add))
                .isInstanceOf(StandaloneException.class)
                .hasMessage("ASHAR_LEDGER_SEED is to be 64 hexadecimal digits, which it is not");
        assertThat(said).isEmpty();
    }

    @Test
    void a_service_that_cannot_start_is_named_and_the_folder_is_left() {
        Path data = temporary.resolve("data");

        assertThatThrownBy(
                        () ->
                                Standalone.start(
                                        settings(
                                                data,
                                                0,
                                                LAMP,
                                                new ServiceDefinition(
                                                        "broken", BrokenApplication.class)),
                                        said::add))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("broken failed")
                .hasMessageContaining("the lamp is out");

        assertThat(Run.in(data)).isEmpty();
        DataFolder.delete(data);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void a_taken_port_is_named_and_no_folder_is_left_behind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () ->
                                    Standalone.start(
                                            settings(
                                                    temporary.resolve("data"),
                                                    taken.getLocalPort(),
                                                    LAMP),
                                            said::add))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining(
                            "port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void a_host_that_is_not_ours_is_refused() {
        assertThatThrownBy(() -> Ports.demandFree("192.0.2.1", 18_001))
                .hasMessageContaining("192.0.2.1 is not an address of this machine");
        assertThatThrownBy(() -> Ports.demandFree("no such host.invalid", 18_001))
                .isInstanceOf(StandaloneException.class);
        assertThatThrownBy(() -> settings(temporary, 70_000, LAMP))
                .hasMessageContaining("no port 70000");
    }

    private static StandaloneSettings settings(Path data, int port, ServiceDefinition... services) {
        return settings(data, port, ELSEWHERE, services);
    }

    private static StandaloneSettings settings(
            Path data, int port, Map<String, String> environment, ServiceDefinition... services) {
        return new StandaloneSettings(
                data, "127.0.0.1", port, Clock.systemUTC(), environment, FRONT, List.of(services));
    }

    private static boolean answers(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try (Socket socket =
                new Socket(
                        hostAndPort.substring(0, colon),
                        Integer.parseInt(hostAndPort.substring(colon + 1)))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonNode settingsOf(String address) throws Exception {
        HttpResponse<String> answer = get(address + "/settings");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.builder().build().readTree(answer.body());
    }

    private static HttpResponse<String> get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
