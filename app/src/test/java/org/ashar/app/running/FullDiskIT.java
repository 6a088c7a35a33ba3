package org.ashar.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.ashar.app.crash.Village;
import org.ashar.app.launch.Launch;
import org.ashar.standalone.Standalone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The disk takes no more of the store's journal, as a full one: whoever runs Ashar is told so and
 * what to do, and what was acknowledged is there when it goes on.
 */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOLD = "The store cannot write: make room on its disk";

    @TempDir private Path folder;

    @Test
    void it_is_told_with_what_to_do_and_what_was_acknowledged_is_kept() throws Exception {
        Path data = folder.resolve("data");
        List<String> acknowledged = new ArrayList<>();
        List<Path> inTheWay;
        try (Standalone standalone = start(data);
                HttpClient client = HttpClient.newHttpClient()) {
            Village village = new Village(data);
            String commitments = commitments(standalone);
            String readiness =
                    commitments.replace("/api/commitments", "/actuator/health/readiness");
            HttpResponse<String> answer = draft(client, commitments, village);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(Instance.get(client, readiness).statusCode()).isEqualTo(200);

            inTheWay = refuseFurtherJournals(data.resolve("store/data"));
            while (answer.statusCode() == 201) {
                acknowledged.add(JsonMapper.shared().readTree(answer.body()).path("id").asString());
                answer = draft(client, commitments, village);
            }

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            HttpResponse<String> told = Instance.get(client, readiness);
            assertThat(told.statusCode()).isEqualTo(503);
            assertThat(told.body())
                    .contains(TOLD)
                    .doesNotContain(folder.toString(), "Exception", "journal");
            try (Instance status = Instance.command(data, "status")) {
                assertThat(status.status()).as(status.output()).isZero();
                assertThat(status.output())
                        .contains("Ashar is ready, but:")
                        .containsPattern("budget-commitments +not ready \\(503\\)")
                        .containsPattern("portal +ready")
                        .containsOnlyOnce(TOLD);
            }
        }
        for (Path directory : inTheWay) {
            Files.delete(directory);
        }
        try (Standalone standalone = start(data);
                HttpClient client = HttpClient.newHttpClient()) {
            Village village = new Village(data);
            for (String id : acknowledged) {
                HttpRequest.Builder one =
                        HttpRequest.newBuilder(URI.create(commitments(standalone) + "/" + id));
                assertThat(send(client, one, village).statusCode()).as(id).isEqualTo(200);
            }
            HttpResponse<String> answer = draft(client, commitments(standalone), village);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            try (Instance status = Instance.command(data, "status")) {
                assertThat(status.status()).isZero();
                assertThat(status.output()).doesNotContain(TOLD, "not ready");
            }
        }
    }

    /** With a store that begins another journal soon. */
    private static Standalone start(Path data) {
        return Launch.inside(data, Map.of("ASHAR_STORE_MEMTABLE_BYTES", "200000"));
    }

    private static String commitments(Standalone standalone) {
        return "http://127.0.0.1:"
                + standalone.ports().getOrDefault("budget-commitments", 0)
                + "/api/commitments";
    }

    private static HttpResponse<String> draft(HttpClient client, String to, Village village)
            throws Exception {
        return send(
                client,
                HttpRequest.newBuilder(URI.create(to))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(Village.draft("Water for every street"))),
                village);
    }

    private static HttpResponse<String> send(
            HttpClient client, HttpRequest.Builder request, Village village) throws Exception {
        return client.send(
                request.header("Authorization", "Bearer " + village.token("officer", "any", null))
                        .timeout(PATIENCE)
                        .build(),
                BodyHandlers.ofString());
    }

    /** Directories stand where the next journals would be. */
    private static List<Path> refuseFurtherJournals(Path store) throws IOException {
        long newest;
        try (Stream<Path> files = Files.list(store)) {
            newest =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("journal-\\d+\\.log"))
                            .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
                            .max()
                            .orElseThrow();
        }
        List<Path> inTheWay = new ArrayList<>();
        for (long number = newest + 1; inTheWay.size() < 3; number++) {
            String name = String.format(Locale.ROOT, "journal-%012d.log", number);
            try {
                inTheWay.add(Files.createDirectory(store.resolve(name)));
            } catch (FileAlreadyExistsException e) {
                inTheWay.clear(); // it went on meanwhile
            }
        }
        return inTheWay;
    }
}
