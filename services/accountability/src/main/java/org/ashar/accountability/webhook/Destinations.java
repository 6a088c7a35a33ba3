package org.ashar.accountability.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.ashar.kernel.Checked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests may go: to hosts all of whose addresses are public.
 *
 * <p>Guarantee: the addresses that {@link #resolve} answers were all checked in that call. Whoever
 * connects to them, and looks the name up nowhere else, cannot be led to another one by a name that
 * changes.
 *
 * <p>Looking up a name takes as long as its resolver likes and cannot be ended before, so that is
 * done on threads of its own and waited for no longer than {@link #LOOK_UP_WITHIN}; whoever's names
 * are silent has {@value #MOST_OF_ONE} such threads and takes none from others.
 */
final class Destinations implements DnsResolver, AutoCloseable {

    /** How names are looked up. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** What asks for addresses. */
    @FunctionalInterface
    interface Use<T> {
        T get() throws IOException;
    }

    /** A host that leads to where no request may go. */
    static final class NotPublicException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        NotPublicException() {
            super("the host has an address that is not public");
        }
    }

    /** The name was not looked up: too many are at this moment. It says nothing of the host. */
    static final class BusyException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        BusyException() {
            super("too many names are being looked up");
        }
    }

    /** The name was not looked up in time. */
    static final class LateException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        LateException() {
            super("the host was not found in time");
        }
    }

    /** The code of why an address may not be called now, though it may in a moment. */
    static final String BUSY = "webhook.names-busy";

    private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

    /** Less than whoever makes a subscription, or tests one, is kept waiting. */
    private static final Duration LOOK_UP_WITHIN = Duration.ofMillis(2_500);

    /** Look-ups under way for one organisation. */
    private static final int MOST_OF_ONE = 2;

    /** Each holds a thread of the system, of which virtual threads get 256 at most. */
    private static final int MOST_IN_ALL = 128;

    /** So many addresses of a host are tried; all are checked. */
    private static final int MOST_ADDRESSES = 4;

    /** The HTTP client names the host alone when it asks, in the thread that sends. */
    private static final ScopedValue<String> ORGANISATION = ScopedValue.newInstance();

    private final Names names;
    private final boolean allowPrivate;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MOST_IN_ALL);
    private final ExecutorService lookUps =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("webhook-names-", 0).factory());

    /**
     * @param allowPrivate whether requests may go anywhere, for development
     */
    Destinations(Names names, boolean allowPrivate) {
        this.names = names;
        this.allowPrivate = allowPrivate;
    }

    /** An address that has the form of one that may be called, or the code of why not. */
    Checked<Target> form(String text) {
        return Target.parse(text, allowPrivate);
    }

    /** Uses what asks for addresses in this thread, on behalf of this organisation. */
    static <T> T onBehalfOf(String organisation, Use<T> use) throws IOException {
        return ScopedValue.where(ORGANISATION, organisation).call(use::get);
    }

    /**
     * The code of why an organisation may not have an address called; empty where it may. It tells
     * no host that is unknown from one that is not public, so that nobody learns of names within.
     */
    Optional<String> objection(String organisation, Target target) {
        try {
            onBehalfOf(organisation, () -> resolve(target.host()));
            return Optional.empty();
        } catch (BusyException e) {
            return Optional.of(BUSY);
        } catch (IOException e) {
            LOG.info("An address that {} names is not taken: {}", organisation, e.getMessage());
            return Optional.of("webhook.address-not-public");
        }
    }

    /** To be called {@link #onBehalfOf} an organisation. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = addresses(host);
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

    /** An address itself needs no look-up, and none of the places of those who look up. */
    private InetAddress[] addresses(String host) throws UnknownHostException {
        try {
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        } catch (IllegalArgumentException e) {
            return lookUp(host, ORGANISATION.get());
        }
    }

    private InetAddress[] lookUp(String host, String organisation) throws UnknownHostException {
        Future<InetAddress[]> lookUp = begin(host, organisation);
        try {
            return lookUp.get(LOOK_UP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown("the host is not known", e);
        } catch (TimeoutException e) {
            LateException late = new LateException();
            late.initCause(e);
            throw late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("asked to stop", e);
        }
    }

    /** It is never cancelled: until the resolver has answered it counts as under way. */
    private Future<InetAddress[]> begin(String host, String organisation) throws BusyException {
        if (!room.tryAcquire()) {
            throw new BusyException();
        }
        if (underWay.merge(organisation, 1, Integer::sum) > MOST_OF_ONE) {
            end(organisation);
            throw new BusyException();
        }
        return lookUps.submit(
                () -> {
                    try {
                        return names.of(host);
                    } finally {
                        end(organisation);
                    }
                });
    }

    private void end(String organisation) {
        underWay.computeIfPresent(organisation, (_, count) -> count == 1 ? null : count - 1);
        room.release();
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
