package org.ashar.accountability.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ashar.accountability.AccountabilityApplication;
import org.ashar.accountability.ledger.LedgerStand;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.json.AsharJson;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Subscriptions over HTTP, with a store and without a broker. */
class SubscriptionsIT {

    private static final String PATH = "/api/subscriptions";
    private static final String SECRET = "a secret for tests, of no less than 32 bytes";

    @TempDir static Path folder;
    private static EmbeddedStore store;
    private static DevelopmentIssuer issuer;
    private static ConfigurableApplicationContext open;
    private static ConfigurableApplicationContext strict;
    private static HttpServer receiver;
    private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();
    private static HttpClient client;
    private static int keys;

    @BeforeAll
    static void start() throws IOException {
        store = EmbeddedStore.open(folder.resolve("store"), EmbeddedStoreOptions.defaults());
        issuer = DevelopmentIssuer.open(folder.resolve("keys"));
        open = run("accountability", true);
        strict = run("strict", false);
        new LedgerStand(open.getBean(MongoDatabase.class)).append(4);
        client = HttpClient.newHttpClient();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    RECEIVED.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
        client.close();
        open.close();
        strict.close();
        store.close();
    }

    private static ConfigurableApplicationContext run(String name, boolean allowPrivate) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.application.name", name);
        settings.put("spring.main.banner-mode", "off");
        settings.put("server.port", "0");
        settings.put("ashar.installation", "test");
        settings.put("ashar.mongodb.uri", store.uri());
        settings.put("ashar.kafka.bootstrap", "127.0.0.1:1");
        settings.put("ashar.issuer", DevelopmentIssuer.NAME);
        settings.put("ashar.jwks", issuer.jwks().toString());
        settings.put("ashar.secret", SECRET);
        settings.put("ashar.ledger.seed", "00".repeat(32));
        settings.put("ashar.ledger.origin", "ledger.example.org/ledger");
        settings.put("ashar.webhooks.allow-private", allowPrivate);
        settings.put("ashar.webhooks.most-of-organisation", 3);
        SpringApplication application = new SpringApplication(AccountabilityApplication.class);
        application.setDefaultProperties(settings);
        return application.run();
    }

    private record Answer(int status, Map<String, List<String>> headers, JsonNode body) {

        String text(String pointer) {
            return body.at(pointer).asString("");
        }

        String header(String name) {
            return Objects.requireNonNull(headers.get(name), name).getFirst();
        }

        String etag() {
            return header("etag");
        }
    }

    private static Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                client.send(
                        request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(),
                answer.headers().map(),
                AsharJson.strict().readTree(answer.body()));
    }

    private static HttpRequest.Builder to(
            ConfigurableApplicationContext service, String path, Grant... grants) {
        String token =
                issuer.issue(
                        new DevelopmentIssuer.Wish(
                                "tester", List.of(grants), Duration.ofHours(1), null),
                        Clock.systemUTC().instant());
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder command(
            ConfigurableApplicationContext service,
            String path,
            String key,
            String body,
            Grant... grants) {
        return to(service, path, grants)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static Answer give(String path, String version, String body, Grant... grants)
            throws Exception {
        return send(command(open, path, "key" + keys++, body, grants).header("If-Match", version));
    }

    private static Grant auditor(String organisation) {
        return Grant.unbound("auditor", organisation);
    }

    private static String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    @Test
    void a_subscription_lives_from_its_making_to_its_end() throws Exception {
        Grant watch = auditor("watch");
        String wish = "{\"url\":\"" + url() + "\",\"from\":0}";
        Answer made = send(command(open, PATH, "make", wish, watch));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.text("/secret")).startsWith("whsec_");
        assertThat(made.headers().get("cache-control")).containsExactly("private, no-store");
        assertThat(send(command(open, PATH, "make", wish, watch)).body())
                .as("a retry")
                .isEqualTo(made.body());
        Answer reused = send(command(open, PATH, "make", "{\"url\":\"" + url() + "\"}", watch));
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.text("/code")).isEqualTo("request.key-reused");

        String own = made.header("location");
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                send(to(open, own + "/deliveries", watch))
                                                .body()
                                                .get("next")
                                                .asLong()
                                        == 4);
        assertThat(RECEIVED).hasSizeGreaterThanOrEqualTo(4);
        Answer read = send(to(open, own, watch));
        assertThat(read.etag()).isEqualTo("\"1\"");
        assertThat(read.text("/state/name")).isEqualTo("active");
        assertThat(read.text("/url")).isEqualTo(url());
        Answer deliveries = send(to(open, own + "/deliveries", watch));
        assertThat(deliveries.body().get("deliveries")).hasSize(4);
        assertThat(deliveries.text("/deliveries/0/outcome")).isEqualTo("delivered");
        for (Answer any : List.of(read, deliveries, send(to(open, PATH, watch)))) {
            assertThat(any.body().toString()).doesNotContain("whsec_", "sealed", "secret");
        }

        Answer paused = give(own + "/pause", "\"1\"", "{}", watch);
        assertThat(paused.etag()).isEqualTo("\"2\"");
        assertThat(give(own + "/pause", "\"1\"", "{}", watch).status()).isEqualTo(412);
        assertThat(give(own + "/pause", "\"2\"", "{}", watch).text("/code"))
                .isEqualTo("subscription.already-paused");
        assertThat(give(own + "/resume", "\"2\"", "{\"from\":5}", watch).text("/errors/0/pointer"))
                .isEqualTo("/from");
        assertThat(give(own + "/resume", "\"2\"", "{\"from\":1}", watch).status()).isEqualTo(200);
        Answer rotated =
                give(own + "/rotate-secret", "\"3\"", "{\"signature\":\"ed25519\"}", watch);
        assertThat(rotated.text("/publicKey")).startsWith("whpk_");
        assertThat(rotated.body().has("secret")).isFalse();
        assertThat(send(to(open, own, watch)).text("/signature/previousUntil")).isNotEmpty();
        Answer again = give(own + "/rotate-secret?lang=en", "\"4\"", "{}", watch);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/code")).isEqualTo("subscription.overlap-under-way");
        assertThat(again.text("/detail")).as("there is a text").contains("overlapHours");
        Answer tested = give(own + "/test", "\"4\"", "{}", watch);
        assertThat(tested.text("/outcome")).as(tested.body().toString()).isEqualTo("delivered");
        Answer tooSoon = give(own + "/test", "\"4\"", "{}", watch);
        assertThat(tooSoon.status()).isEqualTo(429);
        assertThat(tooSoon.headers()).containsKey("retry-after");
        assertThat(give(own + "/disable", "\"4\"", "{}", watch).status()).isEqualTo(200);
        assertThat(give(own + "/resume", "\"5\"", "{}", watch).text("/code"))
                .isEqualTo("subscription.disabled");
        assertThat(give(own + "/test", "\"5\"", "{}", watch).text("/code"))
                .isEqualTo("subscription.disabled");
        assertThat(send(to(open, own, watch)).text("/state/by")).isEqualTo("owner");
    }

    @Test
    void nothing_of_another_organisation_is_known() throws Exception {
        Answer made =
                send(command(open, PATH, "other", "{\"url\":\"" + url() + "\"}", auditor("first")));
        String own = made.header("location");
        Grant other = auditor("second");
        for (String address : List.of(own, own + "/deliveries")) {
            assertThat(send(to(open, address, other)).status()).isEqualTo(404);
            assertThat(send(to(open, address, Grant.unbound("officer", "first"))).status())
                    .isEqualTo(403);
            assertThat(
                            send(HttpRequest.newBuilder(to(open, address, other).build().uri()))
                                    .status())
                    .isEqualTo(401);
        }
        for (String command : List.of("pause", "resume", "rotate-secret", "disable", "test")) {
            assertThat(give(own + "/" + command, "\"1\"", "{}", other).status())
                    .as(command)
                    .isEqualTo(404);
        }
        assertThat(send(to(open, PATH, other)).body().get("items")).isEmpty();
        assertThat(send(to(open, PATH, auditor("first"))).body().get("items")).hasSize(1);
        assertThat(send(to(open, PATH, Grant.unbound("officer", "first"))).status()).isEqualTo(403);
        assertThat(
                        send(command(
                                        open,
                                        PATH,
                                        "officer",
                                        "{\"url\":\"" + url() + "\"}",
                                        Grant.unbound("officer", "first")))
                                .status())
                .isEqualTo(403);
    }

    @Test
    void an_organisation_has_so_many_and_no_more() throws Exception {
        Grant many = auditor("many");
        String wish = "{\"url\":\"" + url() + "\"}";
        String last = "";
        for (int i = 0; i < 3; i++) {
            Answer made = send(command(open, PATH, "many" + i, wish, many));
            assertThat(made.status()).isEqualTo(201);
            last = made.header("location");
        }
        Answer refused = send(command(open, PATH, "many3", wish, many));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("subscription.too-many");
        assertThat(refused.text("/detail")).contains("3");
        Answer page = send(to(open, PATH + "?limit=2", many));
        assertThat(page.body().get("items")).hasSize(2);
        assertThat(
                        send(to(open, PATH + "?limit=2&after=" + page.text("/next"), many))
                                .body()
                                .get("items"))
                .hasSize(1);
        assertThat(give(last + "/disable", "\"1\"", "{}", many).status()).isEqualTo(200);
        assertThat(send(command(open, PATH, "many4", wish, many)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/, webhook.address-not-public",
        "http://localhost/, webhook.address-not-public",
        "http://169.254.169.254/latest, webhook.address-not-public",
        "http://[::ffff:10.0.0.1]/, webhook.address-not-public",
        "http://[64:ff9b::a00:1]/, webhook.address-not-public",
        "http://2130706433/, webhook.malformed-address",
        "http://0177.0.0.1/, webhook.malformed-address",
        "http://user@example.org/, webhook.names-a-user",
        "http://93.184.215.14:22/, webhook.port-not-allowed",
        "ftp://example.org/, webhook.not-http",
        "http://no-such-host.invalid/, webhook.address-not-public"
    })
    void what_may_not_be_called_is_refused_by_the_name_of_its_field(String url, String code)
            throws Exception {
        Answer refused =
                send(
                        command(
                                strict,
                                PATH + "?lang=en",
                                "refused" + keys++,
                                "{\"url\":\"" + url + "\"}",
                                auditor("watch")));
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/url");
        assertThat(refused.text("/errors/0/code")).isEqualTo(code);
        assertThat(refused.text("/errors/0/message")).as("there is a text").isNotEqualTo(code);
        assertThat(refused.body().toString()).as("what was sent is not echoed").doesNotContain(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":1}",
                "{\"url\":\"https://example.org/\",\"extra\":1}",
                "{\"url\":\"https://example.org/\",\"from\":-1}",
                "{\"url\":\"https://example.org/\",\"from\":\"0\"}",
                "{\"url\":\"https://example.org/\",\"signature\":\"none\"}",
                "{\"url\":\"https://example.org/\",\"filter\":{\"type\":\"any\"}}",
                "{\"url\":\"https://example.org/\",\"filter\":{\"other\":\"any\"}}"
            })
    void a_body_that_is_not_what_it_is_to_be_is_refused(String body) throws Exception {
        Answer refused = send(command(strict, PATH, "malformed" + keys++, body, auditor("watch")));
        assertThat(refused.status()).as(refused.body().toString()).isIn(400, 422);
        assertThat(refused.body().get("errors")).hasSize(1);
    }

    @Test
    void whatever_place_and_organisation_events_can_be_of_can_be_selected() throws Exception {
        String wish = "{\"url\":\"%s\",\"filter\":{\"place\":\"%s\",\"organisation\":\"%s\"}}";
        Answer made =
                send(
                        command(
                                open,
                                PATH,
                                "widest",
                                String.format(
                                        Locale.ROOT,
                                        wish,
                                        url(),
                                        "iso3166-2/KG.1-b",
                                        "o".repeat(120)),
                                auditor("widest")));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        for (String[] wrong :
                new String[][] {
                    {"iso/.1", "o"}, {"iso/-1", "o"}, {"iso/", "o"}, {"iso/1", "o".repeat(121)}
                }) {
            String body = String.format(Locale.ROOT, wish, url(), wrong[0], wrong[1]);
            assertThat(send(command(open, PATH, "wide" + keys++, body, auditor("widest"))).status())
                    .as(body)
                    .isEqualTo(422);
        }
    }

    @Test
    void no_secret_lies_open_in_the_store() throws Exception {
        Answer made =
                send(
                        command(
                                open,
                                PATH,
                                "sealed",
                                "{\"url\":\"" + url() + "\"}",
                                auditor("sealed")));
        String secret = made.text("/secret").substring("whsec_".length());
        for (Document stored :
                open.getBean(MongoDatabase.class).getCollection("subscriptions").find()) {
            assertThat(stored.toJson()).doesNotContain(secret);
        }
    }
}
