package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.ashar.kernel.AllowedApi;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.SignedNote;

/**
 * A witness over HTTP (C2SP tlog-witness): {@code POST /add-checkpoint}, and who it is at {@code
 * /}. Bodies, connections and the time for a request are bounded.
 */
@AllowedApi("the HTTP server that the JDK documents; a small program needs no other")
final class WitnessServer implements AutoCloseable {

    private static final String PATH = "/add-checkpoint";
    private static final int AT_ONCE = 64;
    private static final int BACKLOG = 64;
    private static final Duration BETWEEN_WORDS = Duration.ofMinutes(1);
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final Witness witness;
    private final Heartbeat heartbeat;
    private final PrintStream log;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicLong told = new AtomicLong(System.nanoTime() - BETWEEN_WORDS.toNanos());

    /**
     * Listens from now on.
     *
     * @param heartbeat hears of what was cosigned
     * @param log hears of what a log did wrong, and of what went wrong here
     */
    WitnessServer(Witness witness, InetSocketAddress address, Heartbeat heartbeat, PrintStream log)
            throws IOException {
        this.witness = witness;
        this.heartbeat = heartbeat;
        this.log = log;
        this.server = HttpServer.create(address, BACKLOG);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** What the JDK's server lets nobody exceed; only before the first server of the process. */
    static void boundConnections() {
        System.setProperty("jdk.httpserver.maxConnections", "256");
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384");
        System.setProperty("sun.net.httpserver.drainAmount", "0");
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/")
                    && exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, PLAIN, witness.told());
            } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, PLAIN, "This is a witness: POST /add-checkpoint\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                answer(exchange, 405, PLAIN, "POST a checkpoint here\n");
            } else {
                byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.LARGEST + 1);
                if (places.tryAcquire()) {
                    try {
                        add(exchange, body);
                    } finally {
                        places.release();
                    }
                } else {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    answer(exchange, 503, PLAIN, "too many at once\n");
                }
            }
        }
    }

    private void add(HttpExchange exchange, byte[] body) throws IOException {
        Answer answer;
        try {
            answer = witness.add(body);
        } catch (IOException e) {
            tell("nothing is cosigned, since it cannot be kept:", e.toString());
            answer(exchange, 503, PLAIN, "what is cosigned cannot be kept now\n");
            return;
        }
        switch (answer) {
            case Answer.Cosigned(var checkpoint, var cosignature) -> {
                heartbeat.cosigned(checkpoint);
                answer(exchange, 200, PLAIN, cosignature.line());
            }
            case Answer.OtherSize(long size) ->
                    answer(exchange, 409, "text/x.tlog.size", size + "\n");
            case Answer.Inconsistent(SignedNote checkpoint) -> {
                tell(
                        "no proof joins this, which the log signed, to what was cosigned:",
                        checkpoint.written());
                answer(exchange, 422, PLAIN, "the proof does not show consistency\n");
            }
            case Answer.Refused(Answer.Reason reason) -> refuse(exchange, reason);
        }
    }

    /** One in a minute: anyone can send what the log signed, with a proof that is none. */
    private void tell(String what, String detail) {
        long now = System.nanoTime();
        long last = told.get();
        if (now - last >= BETWEEN_WORDS.toNanos() && told.compareAndSet(last, now)) {
            log.println("witness: " + what);
            log.println(detail);
        }
    }

    private static void refuse(HttpExchange exchange, Answer.Reason reason) throws IOException {
        switch (reason) {
            case MALFORMED -> answer(exchange, 400, PLAIN, "no add-checkpoint request\n");
            case SHRINKING -> answer(exchange, 400, PLAIN, "the old size is above the new one\n");
            case UNKNOWN_LOG -> answer(exchange, 404, PLAIN, "this log is not witnessed here\n");
            case NOT_SIGNED -> answer(exchange, 403, PLAIN, "not signed by the log\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        // The server waits for the rest of a request before it sends what is left in the buffer.
        exchange.getResponseBody().flush();
    }

    /** Takes no more requests, and lets those that it has end. */
    @Override
    public void close() {
        server.stop(2);
        threads.close();
    }
}
