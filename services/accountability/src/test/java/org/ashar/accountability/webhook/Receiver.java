package org.ashar.accountability.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A real receiver, which answers as it is told and remembers what it was sent. */
public final class Receiver implements AutoCloseable {

    /** How one request is answered. */
    @FunctionalInterface
    interface Manner {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** What was sent, and when it came by {@link System#nanoTime}. */
    record Received(Map<String, String> headers, String body, long at) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        long index() {
            return Long.parseLong(header("ashar-ledger-index"));
        }
    }

    static final Manner FINE = status(204);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Manner manner = FINE;
    private HttpServer server;
    private final int port;

    public Receiver() throws IOException {
        server = listening(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listening(int at) throws IOException {
        HttpServer fresh =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        fresh.setExecutor(threads);
        fresh.createContext("/", this::handle);
        fresh.start();
        return fresh;
    }

    /** Its connections break and its port is closed. */
    void kill() {
        server.stop(0);
    }

    /** Listens again where it did before it was killed. */
    void comeBack() throws IOException {
        server = listening(port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name, String.join(", ", values)));
            Manner now = manner;
            received.add(
                    new Received(
                            headers,
                            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                            System.nanoTime()));
            now.answer(exchange);
        }
    }

    static Manner status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /** A receiver that never has enough of answering. */
    Manner endless(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, 0);
            while (closed.getCount() > 0) {
                exchange.getResponseBody().write(new byte[4096]);
            }
        };
    }

    /** A receiver that says nothing for so long. */
    Manner silent(int seconds) {
        return exchange -> {
            try {
                if (!closed.await(seconds, TimeUnit.SECONDS)) {
                    exchange.sendResponseHeaders(204, -1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    void answers(Manner next) {
        manner = next;
    }

    public String url() {
        return url("127.0.0.1");
    }

    String url(String host) {
        return "http://" + host + ":" + port + "/hook";
    }

    List<Received> received() {
        return received;
    }

    /** The indexes of what came, each once, in the order that it came first. */
    public List<Long> indexes() {
        return received.stream().map(Received::index).distinct().toList();
    }

    /** How long it was from each request to the next one. */
    List<Duration> gaps() {
        List<Received> all = List.copyOf(received);
        return IntStream.range(1, all.size())
                .mapToObj(i -> Duration.ofNanos(all.get(i).at() - all.get(i - 1).at()))
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
