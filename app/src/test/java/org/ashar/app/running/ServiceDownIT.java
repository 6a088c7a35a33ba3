package org.ashar.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ashar.app.Services;
import org.ashar.app.crash.Village;
import org.ashar.app.launch.Launch;
import org.ashar.standalone.Standalone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the real services is stopped or slow, as the portal sees it: the portal answers for the
 * others, says what is missing, and recovers by itself.
 */
@SuppressWarnings("NullAway.Init")
class ServiceDownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PROMISES = "/api/commitments";
    private static final String RECORD = "/api/record/places/soate/" + Village.CODE;
    private static final String PAGE = "/places/soate/" + Village.CODE;

    @TempDir private static Path folder;

    private static Standalone standalone;
    private static Village village;
    private static Line toBudgetCommitments;
    private static Line toProgressReports;
    private static ConfigurableApplicationContext portal;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        Path data = folder.resolve("data");
        standalone = Launch.inside(data);
        village = new Village(data);
        toBudgetCommitments = new Line(port("budget-commitments"));
        toProgressReports = new Line(port("progress-reports"));
        SpringApplication second = new SpringApplication(Services.FRONT.application());
        second.setRegisterShutdownHook(false);
        portal =
                second.run(
                        "--spring.config.name=" + Services.FRONT.name(),
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--ashar.services.budget-commitments=" + toBudgetCommitments.address(),
                        "--ashar.services.progress-reports=" + toProgressReports.address(),
                        "--ashar.gateway.time-limit=4s",
                        "--ashar.gateway.open-for=1s");
        client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        await().atMost(PATIENCE).until(() -> get(PAGE).statusCode() == 200);
    }

    @AfterAll
    static void stop() throws IOException {
        client.shutdownNow();
        portal.close();
        toProgressReports.close();
        toBudgetCommitments.close();
        standalone.close();
    }

    @AfterEach
    void mend() throws IOException {
        toProgressReports.mend();
        toBudgetCommitments.mend();
    }

    @Test
    void a_stopped_service_is_named_the_others_go_on_and_it_recovers_by_itself() throws Exception {
        toProgressReports.cut();

        isMissing(get(RECORD), "portal.service-stopped", "progress-reports");
        isMissingOnThePage("«progress-reports» кызматы азыр жооп бербей жатат.");
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(get(PROMISES).statusCode()).isEqualTo(200);
        String promise = promised("Made while the record was gone");

        toProgressReports.mend();
        isShown(promise, "Made while the record was gone");
    }

    @Test
    void a_slow_service_is_named_soon_left_alone_and_recovers_by_itself() throws Exception {
        toProgressReports.stall();

        List<CompletableFuture<HttpResponse<String>>> waiting =
                Stream.generate(() -> client.sendAsync(to(RECORD).build(), BodyHandlers.ofString()))
                        .limit(5)
                        .toList();
        isMissingOnThePage("«progress-reports» кызматы убагында жооп берген жок.");
        for (CompletableFuture<HttpResponse<String>> answer : waiting) {
            isMissing(
                    answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                    "portal.service-slow",
                    "progress-reports");
        }
        await().atMost(PATIENCE).until(() -> code(get(RECORD)).equals("portal.service-stopped"));
        assertThat(get(PROMISES).statusCode()).isEqualTo(200);
        String promise = promised("Made while the record was slow");

        toProgressReports.mend();
        isShown(promise, "Made while the record was slow");
    }

    @Test
    void the_record_is_read_while_nothing_can_be_promised() throws Exception {
        String key = UUID.randomUUID().toString();
        String body = Village.draft("Made when promises could be made again");
        toBudgetCommitments.cut();

        isMissing(draft(body, key), "portal.service-stopped", "budget-commitments");
        isMissing(get(PROMISES), "portal.service-stopped", "budget-commitments");
        assertThat(get(RECORD).statusCode()).isEqualTo(200);
        assertThat(get(PAGE).statusCode()).isEqualTo(200);

        toBudgetCommitments.mend();
        await().atMost(PATIENCE).until(() -> draft(body, key).statusCode() == 201);
    }

    private static void isMissing(HttpResponse<String> answer, String code, String service) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(answer, "Retry-After")).matches("[1-9][0-9]*");
        assertThat(code(answer)).isEqualTo(code);
        assertThat(json(answer).path("detail").asString()).contains(service);
    }

    private static void isMissingOnThePage(String reason) throws Exception {
        HttpResponse<String> page = get(PAGE);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Language")).isEqualTo("ky");
        assertThat(header(page, "Retry-After")).matches("[1-9][0-9]*");
        assertThat(page.body()).contains("Бул жердин жазуусун азыр көрсөтүү мүмкүн эмес.", reason);
    }

    private static void isShown(String promise, String title) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            HttpResponse<String> record = get(RECORD);
                            assertThat(record.statusCode()).isEqualTo(200);
                            assertThat(record.body()).contains(promise);
                        });
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            HttpResponse<String> page = get(PAGE);
                            assertThat(page.statusCode()).isEqualTo(200);
                            assertThat(page.body()).contains(title);
                        });
    }

    /** Drafts and publishes a promise. */
    private static String promised(String title) throws Exception {
        HttpResponse<String> drafted = draft(Village.draft(title), UUID.randomUUID().toString());
        assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(201);
        String id = json(drafted).path("id").asString();
        HttpResponse<String> published =
                send(
                        command(PROMISES + "/" + id + "/publish", "head", "{}")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .header("If-Match", "\"1\""));
        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
        return id;
    }

    private static HttpResponse<String> draft(String body, String key) throws Exception {
        return send(command(PROMISES, "officer", body).header("Idempotency-Key", key));
    }

    private static HttpRequest.Builder command(String path, String role, String body) {
        return to(path).header("Authorization", "Bearer " + village.token(role, "any", null))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(to(path));
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:"
                                        + portal.getEnvironment()
                                                .getRequiredProperty("local.server.port")
                                        + path))
                .header("Accept-Language", "ky")
                .timeout(PATIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static int port(String service) {
        return standalone.ports().getOrDefault(service, 0);
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).path("code").asString("");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
