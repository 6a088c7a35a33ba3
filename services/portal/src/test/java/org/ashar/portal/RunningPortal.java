package org.ashar.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The portal on a free port, in front of stub services. */
public final class RunningPortal implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private RunningPortal(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** Starts it with these services and further {@code name=value} properties. */
    public static RunningPortal start(Map<String, URI> services, String... properties) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
        services.forEach((name, uri) -> arguments.add("--ashar.services." + name + "=" + uri));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new RunningPortal(
                (ServletWebServerApplicationContext)
                        new SpringApplicationBuilder(PortalApplication.class)
                                .properties("spring.config.name=portal")
                                .run(arguments.toArray(String[]::new)));
    }

    public int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(to(path, headers));
    }

    /** The same, for what is no text. */
    public HttpResponse<byte[]> bytes(String path, String... headers) {
        return send(to(path, headers), BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> post(String path, byte[] body, String... headers) {
        return send(to(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder to(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
        return headers.length > 0 ? request.headers(headers) : request;
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
