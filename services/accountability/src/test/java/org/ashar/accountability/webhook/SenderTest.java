package org.ashar.accountability.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.ashar.accountability.webhook.Answer.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and what answers cannot do to their sender. */
class SenderTest {

    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private Receiver receiver;

    @BeforeEach
    void begin() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void end() {
        receiver.close();
    }

    private static Message.Signed to(String url) {
        Message message = new Message("id_1", 1L, "{}".getBytes(UTF_8));
        return new Message.Signed(URI.create(url), message, 1, "v1,x");
    }

    private static Answer send(Destinations destinations, String url) {
        return send(destinations, DefaultClientTlsStrategy.createDefault(), url);
    }

    private static Answer send(Destinations destinations, TlsSocketStrategy tls, String url) {
        try (destinations;
                Sender sender = new Sender(destinations, tls, WITHIN)) {
            return sender.send("watch", to(url), WITHIN);
        }
    }

    @Test
    void a_name_that_turns_to_loopback_between_check_and_connection_leads_nowhere() {
        List<InetAddress[]> answers =
                new ArrayList<>(
                        List.of(
                                new InetAddress[] {TargetTest.address("93.184.215.14")},
                                new InetAddress[] {LOOPBACK}));
        Destinations destinations = new Destinations(_ -> answers.removeFirst(), false);
        Target target = new Target(URI.create(receiver.url("rebound.example.org")));
        assertThat(destinations.objection("watch", target)).as("at the check").isEmpty();
        assertThat(send(destinations, target.uri().toString()))
                .isEqualTo(Answer.Failed.of(Cause.ADDRESS_NOT_PUBLIC));
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "127.0.0.2"})
    void this_machine_is_not_called_by_any_name(String host) {
        assertThat(send(new Destinations(InetAddress::getAllByName, false), receiver.url(host)))
                .isEqualTo(Answer.Failed.of(Cause.ADDRESS_NOT_PUBLIC));
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_name_is_looked_up_once_and_what_was_checked_is_what_is_connected_to() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Destinations destinations =
                new Destinations(
                        host -> {
                            asked.add(host);
                            return new InetAddress[] {LOOPBACK};
                        },
                        true);
        assertThat(send(destinations, receiver.url("hook.example.org")))
                .isEqualTo(new Answer.Accepted(204));
        assertThat(asked).containsExactly("hook.example.org");
        assertThat(receiver.received().getFirst().header("Host")).startsWith("hook.example.org:");
    }

    @Test
    void a_name_that_nobody_answers_for_is_given_up() {
        CountDownLatch over = new CountDownLatch(1);
        long start = System.nanoTime();
        assertThat(send(silentBut("never", over), receiver.url("slow.example.org")))
                .isEqualTo(Answer.Failed.of(Cause.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        over.countDown();
    }

    @Test
    void nobody_learns_which_names_are_known_inside() {
        Destinations destinations =
                new Destinations(
                        host -> {
                            if (host.equals("inside.example.org")) {
                                return new InetAddress[] {TargetTest.address("10.0.0.1")};
                            }
                            throw new UnknownHostException(host);
                        },
                        false);
        Target inside = new Target(URI.create("https://inside.example.org/"));
        Target nowhere = new Target(URI.create("https://nowhere.example.org/"));
        assertThat(destinations.objection("watch", inside))
                .isPresent()
                .isEqualTo(destinations.objection("watch", nowhere));
        assertThat(Delivery.outcome(Answer.Failed.of(Cause.HOST_UNKNOWN)))
                .isEqualTo(Delivery.outcome(Answer.Failed.of(Cause.ADDRESS_NOT_PUBLIC)));
    }

    @Test
    void names_that_nobody_answers_for_hold_up_their_own_organisation_alone() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Destinations destinations = silentBut("quick.example.org", over);
                Sender sender =
                        new Sender(destinations, DefaultClientTlsStrategy.createDefault(), WITHIN);
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> silent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String url = receiver.url("slow" + i + ".example.org");
                silent.add(others.submit(() -> sender.send("silent", to(url), WITHIN)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : silent) {
                answers.add(one.get(30, TimeUnit.SECONDS));
            }
            assertThat(answers).filteredOn(new Answer.NotTried()::equals).hasSize(18);
            String quick = receiver.url("quick.example.org");
            assertThat(sender.send("silent", to(quick), WITHIN))
                    .as("what is still under way counts, though nobody waits for it any more")
                    .isEqualTo(new Answer.NotTried());
            assertThat(destinations.objection("silent", new Target(URI.create(quick))))
                    .contains(Destinations.BUSY);
            assertThat(sender.send("watch", to(quick), WITHIN)).isEqualTo(new Answer.Accepted(204));
            over.countDown();
            await().until(
                            () ->
                                    sender.send("silent", to(quick), WITHIN)
                                            instanceof Answer.Accepted);
        }
    }

    private static Destinations silentBut(String known, CountDownLatch over) {
        return new Destinations(
                host -> {
                    if (!host.equals(known)) {
                        awaitEnd(over);
                    }
                    return new InetAddress[] {LOOPBACK};
                },
                true);
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void the_name_is_what_tls_asks_for_and_verifies(@TempDir Path folder) throws Exception {
        SSLContext tls = tls(folder, "hook.example.org");
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        parameters.setSSLParameters(getSSLContext().getDefaultSSLParameters());
                    }
                });
        server.createContext(
                "/",
                exchange -> {
                    var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
                    session.getRequestedServerNames().forEach(name -> asked.add(name.toString()));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        try {
            int port = server.getAddress().getPort();
            TlsSocketStrategy trusting = new DefaultClientTlsStrategy(tls);
            assertThat(send(everywhere(), trusting, "https://hook.example.org:" + port + "/"))
                    .isEqualTo(new Answer.Accepted(200));
            assertThat(asked).singleElement().asString().contains("hook.example.org");
            assertThat(send(everywhere(), trusting, "https://other.example.org:" + port + "/"))
                    .as("a certificate of another name")
                    .isEqualTo(Answer.Failed.of(Cause.TLS));
            assertThat(send(everywhere(), "https://hook.example.org:" + port + "/"))
                    .as("a certificate that nobody vouches for")
                    .isEqualTo(Answer.Failed.of(Cause.TLS));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void what_is_no_answer_is_a_failure_within_the_limit() throws Exception {
        assertThat(answerTo("HELLO\r\n\r\n", "")).isEqualTo(Cause.NO_CONNECTION);
        assertThat(answerTo("HTTP/1.1 200 OK\r\nno header\r\n\r\n", ""))
                .isEqualTo(Cause.MALFORMED_ANSWER);
        assertThat(answerTo("HTTP/1.1 200 OK\r\n", "X-Filler: 0123456789\r\n"))
                .as("headers without end")
                .isEqualTo(Cause.MALFORMED_ANSWER);
        assertThat(answerTo("HTTP/1.1 200 OK\r\nX: ", "0123456789"))
                .as("a header without end")
                .isEqualTo(Cause.MALFORMED_ANSWER);
        assertThat(answerTo("", "HTTP/1.1 102 Processing\r\n\r\n"))
                .as("never a last word")
                .isEqualTo(Cause.TIMEOUT);
        assertThat(answerTo("HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n", ""))
                .as("a status that is none")
                .isEqualTo(Cause.MALFORMED_ANSWER);
    }

    @Test
    void what_a_receiver_says_too_much_is_no_answer_to_the_next_delivery() throws Exception {
        String fine = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            Thread.ofVirtual().start(() -> stutter(server, fine + fine));
            try (Destinations destinations = everywhere();
                    Sender sender =
                            new Sender(
                                    destinations,
                                    DefaultClientTlsStrategy.createDefault(),
                                    WITHIN)) {
                assertThat(sender.send("watch", to(url), WITHIN))
                        .isEqualTo(new Answer.Accepted(200));
                assertThat(sender.send("other", to(url), WITHIN))
                        .isEqualTo(Answer.Failed.of(Cause.NO_CONNECTION));
            }
        }
    }

    @Test
    void a_body_that_trickles_does_not_hold_a_sender() {
        receiver.answers(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000_000);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    receiver.silent(60).answer(exchange);
                });
        long start = System.nanoTime();
        assertThat(send(everywhere(), receiver.url())).isEqualTo(new Answer.Accepted(200));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WITHIN.multipliedBy(2));
    }

    @Test
    void a_receiver_is_left_alone_for_as_long_as_it_asks_and_no_longer_than_an_hour() {
        for (Iterator<String> asked = List.of("120", "999999999", "Thu, 01 Jan 2099").iterator();
                asked.hasNext(); ) {
            String header = asked.next();
            receiver.answers(
                    exchange -> {
                        exchange.getResponseHeaders().add("Retry-After", header);
                        exchange.sendResponseHeaders(429, -1);
                    });
            Answer answer = send(everywhere(), receiver.url());
            assertThat(answer)
                    .isEqualTo(
                            new Answer.Failed(
                                    Cause.STATUS,
                                    429,
                                    switch (header) {
                                        case "120" -> Duration.ofMinutes(2);
                                        case "999999999" -> Duration.ofHours(1);
                                        default -> Duration.ZERO;
                                    }));
        }
    }

    @Test
    void nobody_who_listens_is_a_failure() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }
        assertThat(send(everywhere(), "http://127.0.0.1:" + port + "/"))
                .isEqualTo(Answer.Failed.of(Cause.NO_CONNECTION));
    }

    private static Destinations everywhere() {
        return new Destinations(_ -> new InetAddress[] {LOOPBACK}, true);
    }

    /** How a request ends that is answered with {@code first} and then {@code again} for ever. */
    private static Cause answerTo(String first, String again) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            Thread thread = Thread.ofVirtual().start(() -> babble(server, first, again));
            long start = System.nanoTime();
            Answer answer = send(everywhere(), "http://127.0.0.1:" + server.getLocalPort() + "/");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(WITHIN.multipliedBy(2));
            thread.join(Duration.ofSeconds(5));
            return ((Answer.Failed) answer).cause();
        }
    }

    private static void babble(ServerSocket server, String first, String again) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(5_000);
            InputStream in = socket.getInputStream();
            assertThat(in.read(new byte[8192])).isPositive();
            OutputStream out = socket.getOutputStream();
            out.write(first.getBytes(UTF_8));
            while (!again.isEmpty()) {
                out.write(again.getBytes(UTF_8));
            }
        } catch (IOException e) {
            assertThat(e).as("the sender has hung up").isNotNull();
        }
    }

    /** Says more than it was asked for, and keeps the connection; answers no other one. */
    private static void stutter(ServerSocket server, String answers) {
        try (Socket first = server.accept()) {
            assertThat(first.getInputStream().read(new byte[8192])).isPositive();
            first.getOutputStream().write(answers.getBytes(UTF_8));
            server.accept().close();
        } catch (IOException e) {
            assertThat(e).as("the sender has hung up").isNotNull();
        }
    }

    /** A key of its own with a certificate for this name, and trust in that alone. */
    private static SSLContext tls(Path folder, String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "hook",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "SAN=dns:" + name,
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("hook", keys.getCertificate("hook"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
