package org.ashar.accountability.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.ashar.kernel.Checked;

/**
 * Where requests may go: to hosts all of whose addresses are public.
 *
 * <p>Guarantee: the addresses that {@link #resolve} answers were all checked in that call. Whoever
 * connects to them, and looks the name up nowhere else, cannot be led to another one by a name that
 * changes.
 *
 * <p>Looking up a name holds a thread of the system for as long as its resolver likes, so that is
 * done on a few threads of its own, and waited for no longer than {@link #LOOK_UP_WITHIN}.
 */
final class Destinations implements DnsResolver, AutoCloseable {

    /** How names are looked up. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** A host that leads to where no request may go. */
    static final class NotPublicException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        NotPublicException() {
            super("the host has an address that is not public");
        }
    }

    private static final Duration LOOK_UP_WITHIN = Duration.ofSeconds(5);
    private static final int THREADS = 8;
    private static final int WAITING = 256;

    /** So many addresses of a host are tried; all are checked. */
    private static final int MOST_ADDRESSES = 4;

    private final Names names;
    private final boolean allowPrivate;
    private final ThreadPoolExecutor lookUps;

    /**
     * @param allowPrivate whether requests may go anywhere, for development
     */
    Destinations(Names names, boolean allowPrivate) {
        this.names = names;
        this.allowPrivate = allowPrivate;
        this.lookUps =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("webhook-names-", 0).factory());
        lookUps.allowCoreThreadTimeOut(true);
    }

    /** An address that has the form of one that may be called, or the code of why not. */
    Checked<Target> form(String text) {
        return Target.parse(text, allowPrivate);
    }

    /** The code of why an address may not be called now; empty where it may. */
    Optional<String> objection(Target target) {
        try {
            resolve(target.host());
            return Optional.empty();
        } catch (NotPublicException e) {
            return Optional.of("webhook.address-not-public");
        } catch (UnknownHostException e) {
            return Optional.of("webhook.host-unknown");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = lookUp(host);
        if (found.length == 0) {
            throw new UnknownHostException("the host has no address");
        }
        if (!allowPrivate && !List.of(found).stream().allMatch(PublicAddresses::includes)) {
            throw new NotPublicException();
        }
        return Arrays.copyOf(found, Math.min(found.length, MOST_ADDRESSES));
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> lookUp;
        try {
            lookUp = lookUps.submit(() -> names.of(host));
        } catch (RejectedExecutionException e) {
            throw unknown("too many names are being looked up", e);
        }
        try {
            return lookUp.get(LOOK_UP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown("the host is not known", e);
        } catch (TimeoutException e) {
            lookUp.cancel(true);
            throw unknown("the host was not found in time", e);
        } catch (InterruptedException e) {
            lookUp.cancel(true);
            Thread.currentThread().interrupt();
            throw unknown("asked to stop", e);
        }
    }

    private static UnknownHostException unknown(String reason, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(reason);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
    }
}
