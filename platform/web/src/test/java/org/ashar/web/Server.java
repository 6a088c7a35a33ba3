package org.ashar.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ashar.json.AsharJson;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The small service on a free port, and a client for it. */
final class Server implements AutoCloseable {

    static final String PLACE = "soate:41706";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final DevelopmentIssuer issuer;

    Server(Path keys, Map<String, Object> properties) {
        this(ThingsApplication.class, keys, properties);
    }

    Server(Class<?> application, Path keys, Map<String, Object> properties) {
        context = ThingsApplication.start(application, keys, properties);
        issuer = DevelopmentIssuer.open(keys);
    }

    /** An answer with its body as JSON, where it is. */
    record Answer(int status, HttpResponse<byte[]> raw) {
        JsonNode json() {
            return AsharJson.strict().readTree(raw.body());
        }

        String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        @Nullable String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }

        String code() {
            return json().get("code").stringValue();
        }
    }

    int port() {
        return ThingsApplication.port(context);
    }

    Things things() {
        return context.getBean(Things.class);
    }

    Messages messages() {
        return context.getBean(Messages.class);
    }

    String token(Grant... grants) {
        return token(null, grants);
    }

    String token(@Nullable Instant at, Grant... grants) {
        return issuer.issue(
                new DevelopmentIssuer.Wish("tester", List.of(grants), Duration.ofHours(1), at),
                java.time.Clock.systemUTC().instant());
    }

    String officer() {
        return token(Grant.forPlace("officer", "aimak", PLACE));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder command(String path, String body) {
        return to(path).header("Authorization", "Bearer " + officer())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }

    /** Sends these bytes as they are and answers all that comes back until the server closes. */
    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        context.close();
        client.close();
    }
}
