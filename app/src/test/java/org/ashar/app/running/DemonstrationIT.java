package org.ashar.app.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ashar.app.demo.Demonstration;
import org.ashar.tlog.WitnessPolicy;
import org.ashar.verifier.Auditor;
import org.ashar.verifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demonstration as people get it: loaded through the public door, killed, and loaded again. */
class DemonstrationIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LOADED = Pattern.compile("The demonstration is (loaded|there)");
    @TempDir Path temporary;

    @Test
    void goes_on_after_a_kill_doubles_nothing_and_counts_what_it_says() throws Exception {
        Path data = temporary.resolve("data");
        try (Instance up = Instance.up(data, "--demo")) {
            up.await(Pattern.compile("  20 %"));
            up.kill();
        }
        try (Instance up = Instance.up(data, "--demo");
                HttpClient client = HttpClient.newHttpClient()) {
            up.await(LOADED);
            counts(client, up.address());
            up.stop();
        }
        try (Instance up = Instance.up(data, "--demo");
                HttpClient client = HttpClient.newHttpClient()) {
            up.await(LOADED);
            counts(client, up.address());
            verified(up.address());
            receiptsLeadToTheLog(client, up.address());
            verifiedByTheJarAlone(up.address());
            up.stop();
        }
    }

    private static void counts(HttpClient client, String address) throws Exception {
        Map<String, Integer> states = new HashMap<>();
        Set<String> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode row : all(client, address + "/api/commitments?limit=200")) {
            ids.add(row.path("id").asString());
            places.add(row.at("/place/code").asString());
            states.merge(row.path("state").asString(), 1, Integer::sum);
        }
        assertThat(ids).hasSize(Demonstration.PUBLISHED);
        assertThat(places).hasSize(Demonstration.AIMAKS);
        assertThat(states)
                .containsEntry("withdrawn", Demonstration.WITHDRAWN)
                .containsEntry("disputed", Demonstration.DISPUTED);
        assertThat(all(client, address + "/api/commitments?overdue=true&limit=200"))
                .hasSize(Demonstration.LATE);
        assertThat(all(client, address + "/api/progress-reports?limit=200"))
                .hasSize(Demonstration.REPORTS);
    }

    /** By an auditor's program, which works the record out from the log alone. */
    private static void verified(String address) throws InterruptedException {
        Auditor.Task task =
                new Auditor.Task(
                        URI.create(address + "/"),
                        null,
                        null,
                        false,
                        new WitnessPolicy(0, List.of()),
                        true,
                        ZoneId.of("Asia/Bishkek"),
                        Duration.ofSeconds(30));
        assertThat(new Auditor(task, Clock.systemUTC()).verify((_, _, _) -> {}))
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        verdict -> {
                            assertThat(verdict.records().commitments())
                                    .isEqualTo(Demonstration.PUBLISHED);
                            assertThat(verdict.records().places()).isEqualTo(Demonstration.AIMAKS);
                        });
    }

    /** By the file that auditors take with them, which is all that they need beside Java. */
    private static void verifiedByTheJarAlone(String address) throws Exception {
        Path jar = Path.of("..", "verifier", "target", "ashar-verify.jar");
        assertThat(jar).as("what the build packages").isRegularFile();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-jar",
                                jar.toString(),
                                "verify",
                                address)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .startsWith("Verified: the log is whole, and the public record")
                .contains(
                        "the records of %d commitments and %d places"
                                .formatted(Demonstration.PUBLISHED, Demonstration.AIMAKS));
    }

    /** Of one promise that was reported on: the record names events, and each can be followed. */
    private static void receiptsLeadToTheLog(HttpClient client, String address) throws Exception {
        String id =
                one(client, address + "/api/progress-reports?limit=1")
                        .at("/items/0/about/commitment")
                        .asString()
                        .replaceFirst("^commitment/", "");
        JsonNode record = one(client, address + "/api/record/commitments/" + id);
        Set<String> logged = new HashSet<>();
        for (JsonNode row : all(client, address + "/api/ledger/entries?commitment=" + id)) {
            logged.add(JSON.readTree(row.path("entry").asString()).path("id").asString());
        }
        List<String> history = record.at("/history/items").findValuesAsString("event");
        assertThat(history).isNotEmpty();
        assertThat(logged).containsAll(history);
        assertThat(record.at("/reports").findValues("receipt")).isNotEmpty();
        for (JsonNode named : record.findParents("receipt")) {
            String event = named.path("event").asString();
            assertThat(named.path("receipt").asString()).isEqualTo("/api/ledger/events/" + event);
            JsonNode receipt = one(client, address + named.path("receipt").asString());
            assertThat(receipt.path("event").asString()).isEqualTo(event);
            assertThat(receipt.path("entry").asString()).contains("\"id\":\"" + event + "\"");
        }
    }

    private static Set<JsonNode> all(HttpClient client, String address) throws Exception {
        Set<JsonNode> all = new HashSet<>();
        String next = "";
        do {
            JsonNode page = one(client, address + (next.isEmpty() ? "" : "&after=" + next));
            page.path("items").forEach(all::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return all;
    }

    private static JsonNode one(HttpClient client, String address) throws Exception {
        HttpResponse<String> answer = Instance.get(client, address);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
