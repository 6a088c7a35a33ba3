package org.ashar.portal.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ashar.portal.config.PortalSettings;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service behind the portal. Every call to it has a time limit, a place among a bounded number
 * of calls, and a circuit breaker of its own, so that a service that is stopped or slow costs its
 * callers little and other services nothing. It recovers by itself: after a pause a few calls are
 * let through, and when they succeed, all are.
 *
 * <p>An answer is read whole before any of it is passed on, so that a service that dies half-way is
 * an honest 503 and never half a document with status 200.
 */
public final class RoutedService {

    /** Which failures are tried again. */
    public enum Resend {
        /** Any broken connection: reading changes nothing. */
        ON_BROKEN_CONNECTION,
        /** Only when no connection came about, so that nothing can have happened. */
        ON_NO_CONNECTION,
        NEVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(RoutedService.class);

    /** More than any bundle of the log has, which is at most 256 entries of 64 KiB. */
    private static final int MAX_ANSWER = 17 * 1024 * 1024;

    private static final int ATTEMPTS = 3;

    private final String name;
    private final URI base;
    private final HttpClient client;
    private final Duration openFor;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final TimeLimiter limiter;
    private final Retry onBrokenConnection;
    private final Retry onNoConnection;

    public RoutedService(
            String name, URI base, HttpClient client, PortalSettings.Gateway settings) {
        this.name = name;
        this.base = base;
        this.client = client;
        openFor = settings.openFor();
        bulkhead =
                Bulkhead.of(
                        name,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(settings.concurrency())
                                .maxWaitDuration(settings.queueLimit())
                                .writableStackTraceEnabled(false)
                                .build());
        breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(10)
                                .minimumNumberOfCalls(5)
                                .failureRateThreshold(50)
                                .waitDurationInOpenState(openFor)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .maxWaitDurationInHalfOpenState(settings.timeLimit())
                                .recordExceptions(IOException.class, TimeoutException.class)
                                .writableStackTraceEnabled(false)
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(change -> LOG.warn("{}: {}", name, change.getStateTransition()));
        limiter =
                TimeLimiter.of(
                        name,
                        TimeLimiterConfig.custom()
                                .timeoutDuration(settings.timeLimit())
                                .cancelRunningFuture(true)
                                .build());
        onBrokenConnection =
                retry(name, e -> e instanceof IOException && !(e instanceof HttpTimeoutException));
        onNoConnection = retry(name, ConnectException.class::isInstance);
    }

    private static Retry retry(String name, Predicate<Throwable> failure) {
        return Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(ATTEMPTS)
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(
                                        Duration.ofMillis(40), 2, 0.5))
                        .retryOnException(failure)
                        .build());
    }

    public String name() {
        return name;
    }

    /** Where {@code path} (and query, raw) is within this service. */
    public URI at(String pathAndQuery) {
        return base.resolve(pathAndQuery);
    }

    /** Where the service listens. */
    public URI base() {
        return base;
    }

    /**
     * The service's answer, whatever its status. Where there is none within the time limit, ends
     * the request with a 503 that names the service ({@link ProblemException}).
     */
    public HttpResponse<byte[]> call(HttpRequest request, Resend resend) {
        return call(request, resend, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    }

    /**
     * The same for an answer that goes on: it is there with its headers, and the rest is for the
     * caller to read and to close.
     */
    HttpResponse<InputStream> open(HttpRequest request) {
        return call(request, Resend.ON_BROKEN_CONNECTION, BodyHandlers.ofInputStream());
    }

    private <T> HttpResponse<T> call(HttpRequest request, Resend resend, BodyHandler<T> body) {
        CheckedSupplier<HttpResponse<T>> guarded =
                CircuitBreaker.decorateCheckedSupplier(breaker, () -> exchange(request, body));
        CheckedSupplier<HttpResponse<T>> resent =
                switch (resend) {
                    case ON_BROKEN_CONNECTION ->
                            Retry.decorateCheckedSupplier(onBrokenConnection, guarded);
                    case ON_NO_CONNECTION -> Retry.decorateCheckedSupplier(onNoConnection, guarded);
                    case NEVER -> guarded;
                };
        try {
            return Bulkhead.decorateCheckedSupplier(bulkhead, resent).get();
        } catch (BulkheadFullException e) {
            throw noAnswer("portal.service-busy", e);
        } catch (TimeoutException | HttpTimeoutException e) {
            throw noAnswer("portal.service-slow", e);
        } catch (CallNotPermittedException | IOException e) {
            throw noAnswer("portal.service-stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noAnswer("portal.service-busy", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " could not be called", e);
        }
    }

    /**
     * What the service answers to a question of the portal's own: 200, or 404 where there is no
     * such thing. Any other answer ends the request: with what the reader may do about it ({@link
     * ProblemException}), or as a fault of ours.
     */
    public HttpResponse<byte[]> ask(String path, Map<String, String> parameters, String mediaType) {
        String query =
                parameters.entrySet().stream()
                        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        HttpRequest request =
                HttpRequest.newBuilder(at(query.isEmpty() ? path : path + "?" + query))
                        .header("Accept", mediaType)
                        .build();
        HttpResponse<byte[]> answer = call(request, Resend.ON_BROKEN_CONNECTION);
        return switch (answer.statusCode()) {
            case 200, 404 -> answer;
            case 400, 422 -> throw new ProblemException(Problem.of(400, "request.malformed"));
            case 429, 503 -> throw busy();
            case 500 -> throw new ProblemException(Problem.of(500, "service.fault"));
            default ->
                    throw new IllegalStateException(
                            name + " answered " + answer.statusCode() + " to " + path);
        };
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body)
            throws Exception {
        return limiter.executeFutureSupplier(() -> client.sendAsync(request, body));
    }

    /** The 503 that sheds a call which cannot wait. */
    public ProblemException busy() {
        return noAnswer("portal.service-busy", null);
    }

    private ProblemException noAnswer(String code, @Nullable Exception cause) {
        LOG.debug("{}: {}", name, code, cause);
        long seconds = Math.max(1, openFor.plusMillis(999).toSeconds());
        return new ProblemException(
                Problem.of(503, code, Map.of("service", name))
                        .with("Retry-After", Long.toString(seconds)));
    }
}
