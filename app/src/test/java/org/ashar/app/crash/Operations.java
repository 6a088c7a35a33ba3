package org.ashar.app.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator asks of the services, at their own ports. */
final class Operations {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> RELAYING = List.of("budget-commitments", "progress-reports");

    private final Map<String, Integer> ports;
    private final Village village;

    Operations(Map<String, Integer> ports, Village village) {
        this.ports = ports;
        this.village = village;
    }

    void rebuildTheRecord() throws IOException, InterruptedException {
        answer(
                "progress-reports",
                "/internal/views/record/rebuild",
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** How many commits wait for the broker. */
    int waiting() throws IOException, InterruptedException {
        int waiting = 0;
        for (String service : RELAYING) {
            waiting += relay(service).path("waiting").asInt();
        }
        return waiting;
    }

    /** Whether a service says that it cannot send. */
    boolean isFailing() throws IOException, InterruptedException {
        boolean isFailing = false;
        for (String service : RELAYING) {
            isFailing |= relay(service).path("failingSince").isString();
        }
        return isFailing;
    }

    private JsonNode relay(String service) throws IOException, InterruptedException {
        return answer(service, "/internal/relay", HttpRequest.newBuilder().GET());
    }

    private JsonNode answer(String service, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        int port = ports.getOrDefault(service, 0);
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    http.send(
                            request.uri(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(PATIENCE)
                                    .header(
                                            "Authorization",
                                            "Bearer " + village.token("operator", "any", null))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(
                        path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        }
    }
}
