package org.ashar.accountability.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;

/** A witness that answers whatever a test wants it to. */
final class StubWitness implements AutoCloseable {

    /** Answers a request. */
    interface Behaviour {
        void answer(HttpExchange exchange, AddCheckpoint asked, NoteSigner signer)
                throws IOException;
    }

    private static final AtomicInteger SEEDS = new AtomicInteger(100);

    final NoteSigner signer;
    final AtomicInteger asked = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StubWitness(String name, Behaviour behaviour) throws IOException {
        byte[] seed = new byte[32];
        seed[0] = (byte) SEEDS.getAndIncrement();
        signer = NoteSigner.of(name, Kind.COSIGNATURE, seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/add-checkpoint",
                exchange -> {
                    asked.incrementAndGet();
                    try (exchange) {
                        behaviour.answer(
                                exchange,
                                AddCheckpoint.parse(exchange.getRequestBody().readAllBytes())
                                        .orThrow(),
                                signer);
                    }
                });
        server.start();
    }

    NoteKey key() {
        return signer.key();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
