package org.ashar.accountability.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends signed messages by HTTP/1.1, to checked addresses alone.
 *
 * <p>Guarantee: a connection is made to an address that {@link Destinations} answered for it and to
 * no other, under the host's own name in TLS and in the Host header; no redirect is followed, no
 * proxy used, no cookie kept. Each attempt has a connection of its own: what a receiver says too
 * much is never taken for an answer to the next. It is over within its time limit, whatever the
 * receiver does; no more than {@value #MOST_OF_BODY} bytes of an answer's body are read, and none
 * is kept.
 */
final class Sender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final ContentType EVENT = ContentType.create("application/cloudevents+json");
    private static final int MOST_OF_BODY = 16 * 1024;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_TO_ONE_HOST = 100;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor cutter;

    /**
     * @param longest any attempt takes
     */
    Sender(Destinations destinations, TlsSocketStrategy tls, Duration longest) {
        Timeout limit = Timeout.of(longest);
        this.client =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDnsResolver(destinations)
                                        .setTlsSocketStrategy(tls)
                                        .setConnectionFactory(boundedAnswers())
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(limit)
                                                        .setSocketTimeout(limit)
                                                        .build())
                                        .setMaxConnTotal(MOST_CONNECTIONS)
                                        .setMaxConnPerRoute(MOST_TO_ONE_HOST)
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(limit)
                                        .setResponseTimeout(limit)
                                        .setProtocolUpgradeEnabled(false)
                                        .build())
                        .setRoutePlanner(
                                new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                        .setUserAgent("Ashar-Webhooks")
                        .setConnectionReuseStrategy((_, _, _) -> false)
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .build();
        this.cutter =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("webhook-limits").factory());
        cutter.setRemoveOnCancelPolicy(true);
    }

    private static ManagedHttpClientConnectionFactory boundedAnswers() {
        return ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                        Http1Config.custom()
                                .setMaxLineLength(8 * 1024)
                                .setMaxHeaderCount(100)
                                .build())
                .build();
    }

    /**
     * One attempt.
     *
     * @param organisation on whose behalf
     * @param within how long it may take as a whole
     */
    Answer send(String organisation, Message.Signed signed, Duration within) {
        Message message = signed.message();
        HttpPost post = new HttpPost(signed.to());
        post.setEntity(new ByteArrayEntity(message.body(), EVENT));
        post.setHeader("Connection", "close");
        post.setHeader("webhook-id", message.id());
        post.setHeader("webhook-timestamp", signed.timestamp());
        post.setHeader("webhook-signature", signed.signatures());
        if (message.index() != null) {
            post.setHeader("Ashar-Ledger-Index", message.index());
        }
        ScheduledFuture<?> cut =
                cutter.schedule(post::cancel, within.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return Destinations.onBehalfOf(organisation, () -> send(post));
        } catch (Destinations.NotPublicException e) {
            return Answer.Failed.of(Answer.Cause.ADDRESS_NOT_PUBLIC);
        } catch (Destinations.BusyException e) {
            return new Answer.NotTried();
        } catch (Destinations.LateException e) {
            return Answer.Failed.of(Answer.Cause.TIMEOUT);
        } catch (UnknownHostException e) {
            return Answer.Failed.of(Answer.Cause.HOST_UNKNOWN);
        } catch (IOException e) {
            LOG.debug("{} was not delivered", message.id(), e);
            return Answer.Failed.of(cause(e, post.isCancelled()));
        } finally {
            cut.cancel(false);
        }
    }

    private Answer send(HttpPost post) throws IOException {
        ClassicHttpResponse response;
        try {
            response = client.executeOpen(null, post, null);
        } catch (IllegalArgumentException e) { // so a status that no status can be is refused
            LOG.warn("An answer to {} cannot be read", post.getFirstHeader("webhook-id"), e);
            throw new ClientProtocolException(e);
        }
        // A body that is read to its end has let its connection go; no other one is waited for.
        if (!isRead(response)) {
            post.cancel();
        }
        return answer(response);
    }

    /** Whether the body is read to its end, so that the connection is let go. */
    private static boolean isRead(ClassicHttpResponse response) {
        if (response.getEntity() == null) {
            return true;
        }
        try {
            InputStream body = response.getEntity().getContent();
            return body.readNBytes(MOST_OF_BODY).length < MOST_OF_BODY;
        } catch (IOException e) {
            LOG.debug("The body of an answer was not read to its end", e);
            return false;
        }
    }

    private static Answer answer(ClassicHttpResponse response) {
        int status = response.getCode();
        if (status / 100 == 2) {
            return new Answer.Accepted(status);
        }
        return status == 410
                ? new Answer.Gone()
                : new Answer.Failed(Answer.Cause.STATUS, status, retryAfter(response));
    }

    /** Where it is in seconds; a date says too little of the receiver's clock. */
    private static Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        if (header == null || !header.getValue().matches("[0-9]{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header.getValue()));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }

    private static Answer.Cause cause(IOException e, boolean isCut) {
        if (isCut || e instanceof InterruptedIOException) {
            return Answer.Cause.TIMEOUT;
        }
        return switch (e) {
            case SSLException _ -> Answer.Cause.TLS;
            case ClientProtocolException _, MessageConstraintException _ ->
                    Answer.Cause.MALFORMED_ANSWER;
            default -> Answer.Cause.NO_CONNECTION;
        };
    }

    @Override
    public void close() {
        cutter.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
