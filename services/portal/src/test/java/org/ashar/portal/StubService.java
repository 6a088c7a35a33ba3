package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service on a real port that answers as a test tells it, and remembers what it was asked. */
public final class StubService implements AutoCloseable {

    /** What it was asked. */
    public record Asked(String method, String uri, Map<String, List<String>> headers, String body) {

        /** The only value of a header, or null. */
        public @Nullable String header(String name) {
            List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
            return values == null ? null : String.join("|", values);
        }
    }

    /** What it answers. */
    public record Reply(int status, Map<String, String> headers, String body) {}

    /** How it answers; it may wait, or throw to break the connection. */
    @FunctionalInterface
    public interface Behaviour {
        Reply answer(Asked asked) throws Exception;
    }

    private final int port;
    private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour;
    private @Nullable HttpServer server;

    private StubService(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = listen(0);
        port = server.getAddress().getPort();
    }

    public static StubService start(Behaviour behaviour) {
        try {
            return new StubService(behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public void behave(Behaviour changed) {
        behaviour = changed;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public void forget() {
        asked.clear();
    }

    /** Nobody listens on its port any more. */
    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Listens again, on the same port. */
    public void restart() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private HttpServer listen(int wanted) throws IOException {
        HttpServer listening =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
        listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listening.createContext("/", this::handle);
        listening.start();
        return listening;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        Asked question =
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers,
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        asked.add(question);
        try (exchange) {
            Reply reply = behaviour.answer(question);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = reply.body().getBytes(UTF_8);
            boolean hasBody = body.length > 0 && !question.method().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), hasBody ? body.length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the test breaks the connection", e);
        }
    }
}
